"""A table of pyproject.toml that is being read, and the places in it.

A run that finds nothing to do pays for this module's imports, so it has named tuples
in place of dataclasses (whose import costs as much as starting Python).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

if TYPE_CHECKING:
    from .diagnostics import Diagnostics, Location


class ConfigPlace(NamedTuple):
    """A place in pyproject.toml."""

    file: str
    text: str
    offset: int | None = None
    """In characters; none for the whole file."""

    def locate(self) -> Location:
        # Imported here for the sake of the runs that have nothing to say.
        from .diagnostics import Location
        from .text import Text

        if self.offset is None:
            return Location(self.file, 0, 0)
        text = Text(self.file, self.text.encode(), self.text)
        return text.location_at(self.offset)

    def find_key(self, key: str) -> ConfigPlace:
        """Where a key stands in quotes behind this place, or else this place."""
        for quoted in (quote_toml(key), f"'{key}'"):
            if (found := self.text.find(quoted, self.offset or 0)) >= 0:
                return self._replace(offset=found)
        return self

    def place_of(self, key: str) -> ConfigPlace:
        """Where a key of the table stands whose head is here, or else this place."""
        if self.offset is None:
            return self
        start = self.text.find("\n", self.offset)
        head = re.compile(rf'^[ \t]*"?{re.escape(key)}"?[ \t]*[.=]|^\[', re.MULTILINE)
        found = head.search(self.text, start) if start > 0 else None
        if found is None or found[0] == "[":
            return self
        return self._replace(offset=found.start())


class Table(NamedTuple):
    """A table that is being read."""

    raw: dict[str, object]
    place: ConfigPlace | None
    """None for what arguments say."""

    diagnostics: Diagnostics

    def error(self, code: str, message: str, key: str, help: str | None = None) -> None:
        self.diagnostics.error(code, message, self.place_of(key), help=help)

    def below(self, name: str, raw: dict[str, object], index: int = 0) -> Table:
        """A table inside of this one, or the one of this index in an array."""
        place = self.place_of(name)
        if place is not None and place.offset is not None:
            head = re.compile(rf"^[ \t]*\[+[^]\n]*\b{name}[ \t\"]*\]", re.MULTILINE)
            heads = list(head.finditer(place.text, place.offset))[: index + 1]
            if place == self.place and len(heads) == index + 1:
                place = place._replace(offset=heads[index].start())
        return Table(raw, place, self.diagnostics)

    def place_of(self, key: str) -> ConfigPlace | None:
        """Where a key stands, or else the table's head."""
        return self.place.place_of(key) if self.place is not None else None


def read_flag(table: Table, key: str) -> bool:
    value = table.raw.get(key, False)
    if not isinstance(value, bool):
        table.error("wrong-type", f'"{key}" must be true or false', key)
    return value is True


def refuse_unknown_keys(table: Table, known: Sequence[str]) -> None:
    for key in table.raw:
        if key not in known:
            # Imported here: it is not needed in a run without faults.
            from difflib import get_close_matches

            near = get_close_matches(key.replace("_", "-"), known, n=1)
            help = (
                f'did you mean "{near[0]}"'
                if near
                else f"known keys: {', '.join(known)}"
            )
            table.error("unknown-key", f'"{key}" is no setting', key, help)


def read_text(table: Table, key: str, *, is_required: bool = False) -> str | None:
    value = table.raw.get(key)
    if value is None and is_required:
        table.error("missing-key", f'"{key}" is missing', key)
    elif value is not None and not (isinstance(value, str) and value):
        table.error("wrong-type", f'"{key}" must be a text', key)
    return value if isinstance(value, str) and value else None


def read_texts(table: Table, key: str) -> tuple[str, ...]:
    value = table.raw.get(key, [])
    if is_array(value):
        texts = tuple(item for item in value if isinstance(item, str))
        if len(texts) == len(value):
            return texts
    table.error("wrong-type", f'"{key}" must be a list of texts', key)
    return ()


class ChosenName(NamedTuple):
    """What a thing is to be called."""

    kind: str
    """Of names, as oasmith.lock has them."""

    key: str
    """As oasmith.lock has it."""

    name: str


NAME_KINDS = (
    "arguments",
    "credentials",
    "fields",
    "groups",
    "header_classes",
    "headers",
    "models",
    "operations",
    "server_variables",
)


def read_names(table: Table, key: str) -> tuple[ChosenName, ...]:
    """Names by kind, and in it by key."""
    written = table.raw.get(key, {})
    chosen: list[ChosenName] = []
    kinds = written if is_table(written) else {}
    for kind, names in kinds.items():
        if kind not in NAME_KINDS:
            help = f"the kinds are {', '.join(NAME_KINDS)}"
            table.error("unknown-key", f'"{kind}" is no kind of names', key, help)
        elif is_table(names) and all(isinstance(it, str) for it in names.values()):
            chosen += [ChosenName(kind, each, str(names[each])) for each in names]
        else:
            table.error("wrong-type", f'"{key}.{kind}" must be a table of texts', key)
    if not is_table(written):
        table.error("wrong-type", f'"{key}" must be a table', key)
    return tuple(chosen)


def quote_toml(text: str) -> str:
    """A basic string of TOML: JSON's, but for DEL, which needs an escape here."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def is_table(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)
