"""What users say of answers: what they are wrapped in, and how they go on.

It is said in pyproject.toml; how an operation's answers go on also in the description.
A run that finds nothing to do pays for this module's imports, so it has named tuples.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from .config_table import (
    ConfigPlace,
    Table,
    is_array,
    is_table,
    read_text,
    read_texts,
    refuse_unknown_keys,
)

if TYPE_CHECKING:
    from .diagnostics import Diagnostics, Place

Style = Literal["page", "offset", "cursor", "link", "next-url"]

KEYS: Mapping[Style, tuple[str, ...]] = {
    "page": ("parameter", "items", "total", "total-pages", "has-more"),
    "offset": ("parameter", "items", "total", "has-more"),
    "cursor": ("parameter", "items", "next", "has-more"),
    "link": ("items",),
    "next-url": ("items", "next"),
}
"""What may be said of each style; all but "parameter" are JSON pointers."""

_STYLE_HELP = "say " + ", ".join(f'"{style}"' for style in KEYS)
_STYLES: Mapping[str, Style] = {style: style for style in KEYS}


class EnvelopeRule(NamedTuple):
    """The members of an object that results are wrapped in."""

    result: str
    success: str | None = None
    errors: str | None = None
    place: Place | None = None

    @property
    def inputs(self) -> tuple[str, ...]:
        """What is said, as the lock records it."""
        named = zip(("result", "success", "errors"), self[:3], strict=True)
        return tuple(f"{key} = {name}" for key, name in named if name is not None)

    def place_of(self, key: str) -> Place | None:
        """Where the rule says a thing, or else where it stands."""
        return _place_of(self.place, key)


class PaginationRule(NamedTuple):
    """How the answers of some operations go on.

    None stands for what is to be found by convention; a pointer leads to a member of
    the answer.
    """

    style: Style
    operations: tuple[str, ...] = ()
    parameter: str | None = None
    """The query parameter that tells the page."""

    items: str | None = None
    next: str | None = None
    """The pointer to the next cursor or URL."""

    total: str | None = None
    """The pointer to the number of items on all pages."""

    total_pages: str | None = None
    has_more: str | None = None
    next_operation: str | None = None
    """The operationId of what gives the next page, if that is another operation."""

    place: Place | None = None

    @property
    def inputs(self) -> str:
        """What is said, as the lock records it."""
        said = self._replace(place=None)._asdict()
        return json.dumps({key: said[key] for key in said if said[key] is not None})

    def place_of(self, key: str) -> Place | None:
        """Where the rule says a thing, or else where it stands."""
        return _place_of(self.place, key)


def _place_of(place: Place | None, key: str) -> Place | None:
    return place.place_of(key) if isinstance(place, ConfigPlace) else place


class NamedRule(NamedTuple):
    """A rule for an operation."""

    rule: PaginationRule
    must_fit: bool
    """Whether the rule names it, and not just many as it may be."""


PageRules = Mapping[tuple[str, str], tuple[NamedRule, ...]]
"""The rules for each operation, by its method and path; the first that fits counts."""


class AnswerRules(NamedTuple):
    """All that is said of the answers of a client."""

    envelope: EnvelopeRule | None = None
    pagination: tuple[PaginationRule, ...] = ()
    chosen: PageRules = MappingProxyType({})


NO_RULES = AnswerRules()


class BadRule(Exception):
    """What is said of how answers go on can't be.

    Args:
        key: The setting that is at fault.
        problem: What is wrong with it.
        help: What may be said.
    """

    def __init__(self, key: str, problem: str, help: str | None = None) -> None:
        super().__init__(key, problem, help)
        self.key = key
        self.problem = problem
        self.help = help


def make_rule(
    style: object, said: Mapping[str, object], operations: Sequence[str] = ()
) -> PaginationRule:
    """A rule of what is said by the names in ``KEYS``.

    Raises:
        BadRule: It can't be said.
    """
    known = _STYLES.get(style) if isinstance(style, str) else None
    if known is None:
        problem = f'"{style}" is no style of pagination'
        raise BadRule("style", problem, _nearest(str(style), KEYS) or _STYLE_HELP)
    texts = {key: _check(known, key, value) for key, value in said.items()}
    return PaginationRule(
        style=known,
        operations=tuple(operations),
        parameter=texts.get("parameter"),
        items=texts.get("items"),
        next=texts.get("next"),
        total=texts.get("total"),
        total_pages=texts.get("total-pages"),
        has_more=texts.get("has-more"),
    )


def _check(style: Style, key: str, value: object) -> str:
    if key not in KEYS[style]:
        problem = f'"{key}" says nothing of the style "{style}"'
        raise BadRule(key, problem, _keys_help(style, key))
    if not isinstance(value, str):
        raise BadRule(key, f'"{key}" must be a text')
    if key == "parameter" and not value:
        raise BadRule(key, f'"{key}" must be the name of a query parameter')
    if key != "parameter" and value and not value.startswith("/"):
        raise BadRule(key, f'"{key}" must be a JSON pointer into the answer: "/data"')
    return value


def _keys_help(style: Style, key: str) -> str:
    """What may be said of a style in place of a key."""
    keys = KEYS[style]
    near = _nearest(key, ("operations", *keys))
    others = [f'"{other}"' for other in KEYS if key in KEYS[other]]
    of = f"; it does of {' and '.join(others)}" if others else ""
    return near or f"say {', '.join(keys)}{of}"


def _nearest(written: str, known: Iterable[str]) -> str | None:
    # Most runs have nothing to look for.
    from difflib import get_close_matches

    near = get_close_matches(written.replace("_", "-"), known, n=1, cutoff=0.75)
    return f'did you mean "{near[0]}"' if near else None


def read_envelope(table: Table) -> EnvelopeRule | None:
    """Read the table of a client that names the members of its envelopes."""
    raw = table.raw.get("envelope")
    if raw is None:
        return None
    if not is_table(raw):
        table.error("wrong-type", '"envelope" must be a table', "envelope")
        return None
    inner = table.below("envelope", raw)
    refuse_unknown_keys(inner, ("result", "success", "errors"))
    result = read_text(inner, "result", is_required=True)
    success, errors = read_text(inner, "success"), read_text(inner, "errors")
    if result is None:
        return None
    return EnvelopeRule(result, success, errors, inner.place)


def read_pagination(table: Table) -> tuple[PaginationRule, ...]:
    """Read the tables of a client that say how answers go on."""
    written = table.raw.get("pagination", [])
    if not (is_array(written) and all(map(is_table, written))):
        message = '"pagination" must be an array of tables'
        help = "write [[tool.oasmith.client.pagination]]"
        table.error("wrong-type", message, "pagination", help)
        return ()
    tables = (
        table.below("pagination", raw, index)
        for index, raw in enumerate(filter(is_table, written))
    )
    return tuple(rule for each in tables if (rule := _read_rule(each)))


def _read_rule(table: Table) -> PaginationRule | None:
    operations = read_texts(table, "operations")
    if not table.raw.get("operations"):
        message = '"operations" is missing, or names none'
        table.error("missing-key", message, "operations")
    style = table.raw.get("style")
    if style is None:
        table.error("missing-key", '"style" is missing', "style", _STYLE_HELP)
        return None
    said = {
        key: value
        for key, value in table.raw.items()
        if key not in ("operations", "style")
    }
    try:
        rule = make_rule(style, said, operations)
    except BadRule as bad:
        table.error("bad-pagination", bad.problem, bad.key, bad.help)
        return None
    return rule._replace(place=table.place)


def rules_of(
    envelope: Mapping[str, object] | None,
    pagination: Sequence[Mapping[str, object]],
    diagnostics: Diagnostics,
) -> tuple[EnvelopeRule | None, tuple[PaginationRule, ...]]:
    """Read what arguments say in the same way as tables."""
    raw: dict[str, object] = {"pagination": [dict(each) for each in pagination]}
    if envelope is not None:
        raw["envelope"] = dict(envelope)
    table = Table(raw, None, diagnostics)
    return read_envelope(table), read_pagination(table)
