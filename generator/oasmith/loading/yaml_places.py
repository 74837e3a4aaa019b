"""Finds where the nodes of a YAML text stand, aliases and "<<" followed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..text import Text
from .collector import collector_paused
from .problem import Problem, duplicate_key
from .yaml_events import (
    AliasEvent,
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

_Members = dict[str, "_Place"]


@dataclass(frozen=True, slots=True)
class _Place:
    offset: int
    """Of a member its key, of an item the item itself."""

    members: _Members


class YamlPlaces:
    """The places of one text: all are found when one is first asked for."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._root: _Place | None = None

    def find(self, keys: list[str]) -> int:
        """Where the keys lead, as far as they lead anywhere."""
        if self._root is None:
            self._root = _Indexer(self._text).read_stream()
        place = self._root
        for key in keys:
            if key not in place.members:
                break
            place = place.members[key]
        return place.offset


def find_duplicates(text: Text) -> list[Problem]:
    """Each key that stands a second time in its object."""
    indexer = _Indexer(text)
    indexer.read_stream()
    return indexer.duplicates


class _Indexer:
    """Reads a text that was parsed before, so little can be wrong with it."""

    def __init__(self, text: Text) -> None:
        self.duplicates: list[Problem] = []
        self._text = text
        self._next = open_events(text)
        self._anchors: dict[str, _Members] = {}
        self._readers: dict[type[Event | None], Callable[[Any], _Members]] = {
            MappingStartEvent: self._read_mapping,
            SequenceStartEvent: self._read_sequence,
            ScalarEvent: self._read_scalar,
            AliasEvent: self._read_alias,
        }

    def read_stream(self) -> _Place:
        with refusals_told(self._text), collector_paused():
            self._next()
            self._next()
            return self._read_place(self._next())

    def _read_place(self, event: Event | None) -> _Place:
        return _Place(offset_of(event), self._readers[type(event)](event))

    def _read_mapping(self, start: MappingStartEvent) -> _Members:
        members: _Members = {}
        merged: list[_Place] = []
        while type(event := self._next()) is not MappingEndEvent:
            if type(event) is not ScalarEvent:
                self._readers[type(event)](event)
                self._read_place(self._next())
                continue
            value = self._next()
            below = self._readers[type(value)](value)
            place = _Place(offset_of(event), below)
            self._add(members, key_of(event), place)
            if is_merge(event):
                parts = (
                    below.values() if type(value) is SequenceStartEvent else (place,)
                )
                merged.extend(parts)
        for part in merged:
            for key, place in part.members.items():
                members.setdefault(key, place)
        return self._named(start.anchor, members)

    def _add(self, members: _Members, key: str, place: _Place) -> None:
        first = members.setdefault(key, place)
        if first is not place:
            self.duplicates.append(
                duplicate_key(self._text, key, first.offset, place.offset)
            )

    def _read_sequence(self, start: SequenceStartEvent) -> _Members:
        items: _Members = {}
        while type(event := self._next()) is not SequenceEndEvent:
            items[str(len(items))] = self._read_place(event)
        return self._named(start.anchor, items)

    def _read_scalar(self, event: ScalarEvent) -> _Members:
        return self._named(event.anchor, {})

    def _read_alias(self, event: AliasEvent) -> _Members:
        return self._anchors.get(event.anchor or "", {})

    def _named(self, anchor: str | None, members: _Members) -> _Members:
        if anchor is not None:
            self._anchors[anchor] = members
        return members
