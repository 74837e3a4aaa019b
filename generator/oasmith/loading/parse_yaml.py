"""Parses YAML 1.2 straight from libyaml's events into a tree as JSON has it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NoReturn

from ..document import is_array, is_object
from ..text import Text
from .collector import collector_paused
from .extent import MOST_LEVELS, measure
from .problem import Malformed, Problem, too_deep
from .scalars import CORE_TAG, BadScalar, read_plain, read_tagged, unknown_tag
from .yaml_events import (
    NULL_KEYS,
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    is_merge,
    key_of,
    offset_of,
    open_events,
    refusals_told,
)
from .yaml_places import find_duplicates

_MOST_NODES = 10_000_000
"""Nodes of a tree with its aliases written out; GitHub's description has a million."""

_MOST_MERGED = 1_000_000
"""Members that "<<" may copy: unlike what an alias stands for, they take memory."""

_NOT_JUST_A_STRING = "nNtTfF~+-.0123456789"
"""What a plain scalar begins with when it may be something else than a string."""

_KEYS_WITH_A_MEANING = NULL_KEYS | {"<<"}

_OPEN = object()
"""Stands for an anchor whose node has not ended yet."""


def parse_yaml(text: Text) -> Any:
    """The tree that a YAML text stands for; its keys are strings, as they are written.

    What aliases stand for is shared, not copied.

    Raises:
        Malformed: It is not YAML, or means what JSON can't say.
    """
    with refusals_told(text), collector_paused():
        return _Reader(text).read_stream()


class _Reader:
    def __init__(self, text: Text) -> None:
        self._text = text
        self._next = open_events(text)
        self._read_plain = cache(read_plain)
        self._problems: list[Problem] = []
        self._anchors: dict[str, Any] = {}
        self._first_alias: AliasEvent | None = None
        self._members_merged = 0
        self._has_duplicates = False
        self._readers: dict[type[Event | None], Callable[[Any, int], Any]] = {
            MappingStartEvent: self._read_mapping,
            SequenceStartEvent: self._read_sequence,
            ScalarEvent: self._read_scalar,
            AliasEvent: self._read_alias,
        }

    def read_stream(self) -> Any:
        self._next()
        if type(self._next()) is not DocumentStartEvent:
            raise Malformed([Problem("empty-file", "there is nothing in it", 0)])
        root = self._read(self._next(), 0)
        self._next()
        if type(event := self._next()) is DocumentStartEvent:
            message = "a second document begins here; a description is one"
            self._complain("several-documents", message, event)
        if self._has_duplicates:
            self._problems.extend(find_duplicates(self._text))
        if self._first_alias is not None:
            self._check_extent(root, self._first_alias)
        if self._problems:
            raise Malformed(self._problems)
        return root

    def _read(self, event: Event | None, depth: int) -> Any:
        return self._readers[type(event)](event, depth)

    def _read_mapping(self, start: MappingStartEvent, depth: int) -> dict[str, Any]:
        # Most of the time is spent here: a key that only names a member and a value
        # that can only be a string are read without a call.
        self._begin(start, depth)
        next_event, readers = self._next, self._readers
        members: dict[str, Any] = {}
        merge: ScalarEvent | None = None
        while type(event := next_event()) is not MappingEndEvent:
            if (
                type(event) is ScalarEvent
                and event.value not in _KEYS_WITH_A_MEANING
                and event.tag is None
                and event.anchor is None
            ):
                key = event.value
            else:
                key = self._read_key(event, depth)
                if type(event) is ScalarEvent and is_merge(event):
                    merge = event
            if key in members:
                self._has_duplicates = True
            event = next_event()
            if (
                type(event) is ScalarEvent
                and (event.style or event.value[:1] not in _NOT_JUST_A_STRING)
                and event.tag is None
                and event.anchor is None
            ):
                members[key] = event.value
            else:
                members[key] = readers[type(event)](event, depth + 1)
        if merge is not None:
            members = self._merge(members, merge)
        self._name(start.anchor, members)
        return members

    def _read_sequence(self, start: SequenceStartEvent, depth: int) -> list[Any]:
        self._begin(start, depth)
        next_event, readers = self._next, self._readers
        items: list[Any] = []
        while type(event := next_event()) is not SequenceEndEvent:
            items.append(readers[type(event)](event, depth + 1))
        self._name(start.anchor, items)
        return items

    def _read_scalar(self, event: ScalarEvent, depth: int) -> Any:
        try:
            if event.tag is not None:
                value = read_tagged(event.tag, event.value)
            else:
                value = event.value if event.style else self._read_plain(event.value)
        except BadScalar as bad:
            self._complain(bad.code, bad.message, event)
            value = None
        self._name(event.anchor, value)
        return value

    def _read_alias(self, event: AliasEvent, depth: int) -> Any:
        name = event.anchor or ""
        self._first_alias = self._first_alias or event
        if name not in self._anchors:
            self._complain("unknown-alias", f'nothing is called "&{name}" yet', event)
            return None
        if (value := self._anchors[name]) is _OPEN:
            message = f'"*{name}" stands inside of what it stands for'
            self._complain("recursive-alias", message, event)
            return None
        return value

    def _read_key(self, event: Event | None, depth: int) -> str:
        if type(event) is not ScalarEvent:
            self._read(event, depth + 1)
            self._complain("complex-key", "only a scalar can be a key", event)
            return ""
        if event.tag is not None:
            try:
                read_tagged(event.tag, event.value)
            except BadScalar as bad:
                self._complain(bad.code, bad.message, event)
        key = key_of(event)
        self._name(event.anchor, key)
        return key

    def _merge(self, members: dict[str, Any], merge: ScalarEvent) -> dict[str, Any]:
        """Put what "<<" stands for below the members (yaml.org/type/merge.html)."""
        merged: object = members.pop("<<")
        parts = merged if is_array(merged) else [merged]
        inherited: dict[str, Any] = {}
        for part in parts:
            if not is_object(part):
                message = '"<<" takes an object or a list of objects'
                self._complain("bad-merge", message, merge)
                return members
            self._members_merged += 1 + len(part)
            if self._members_merged > _MOST_MERGED:
                message = f'"<<" copies more than {_MOST_MERGED:,} members in all'
                self._give_up(Problem("alias-bomb", message, offset_of(merge)))
            for key, value in part.items():
                inherited.setdefault(key, value)
        return inherited | members

    def _begin(self, start: MappingStartEvent | SequenceStartEvent, depth: int) -> None:
        if depth >= MOST_LEVELS:
            self._give_up(too_deep(offset_of(start)))
        if start.anchor is not None:
            self._anchors[start.anchor] = _OPEN
        if start.tag is not None:
            kind = "map" if type(start) is MappingStartEvent else "seq"
            if start.tag not in ("!", CORE_TAG + kind):
                bad = unknown_tag(start.tag)
                self._complain(bad.code, bad.message, start)

    def _name(self, anchor: str | None, value: Any) -> None:
        if anchor is not None:
            self._anchors[anchor] = value

    def _check_extent(self, root: Any, first_alias: AliasEvent) -> None:
        extent = measure(root, _MOST_NODES)
        if extent.levels > MOST_LEVELS:
            self._problems.append(too_deep(offset_of(first_alias)))
        if extent.nodes > _MOST_NODES:
            message = f"aliases make this a tree of more than {_MOST_NODES:,} nodes"
            self._complain("alias-bomb", message, first_alias)

    def _complain(self, code: str, message: str, event: Event | None) -> None:
        self._problems.append(Problem(code, message, offset_of(event)))

    def _give_up(self, problem: Problem) -> NoReturn:
        raise Malformed([*self._problems, problem])
