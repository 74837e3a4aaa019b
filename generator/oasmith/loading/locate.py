"""Finds where the parts of a document stand in the text that it was read from."""

from __future__ import annotations

from typing import Protocol

from ..diagnostics import Location
from ..document import Pointer, split_pointer
from ..text import Text


class Places(Protocol):
    """What can be found in a text."""

    def find(self, keys: list[str]) -> int:
        """The offset of what the keys lead to, as far as they lead anywhere.

        A member of an object stands at its key, an item of a list at itself.
        """
        ...


class TextSource:
    """The source of a document that was read from one text."""

    def __init__(self, text: Text, places: Places) -> None:
        self._text = text
        self._places = places

    def __repr__(self) -> str:
        return f"TextSource({self.name!r})"

    @property
    def name(self) -> str:
        """The file as the user named it."""
        return self._text.name

    @property
    def content(self) -> bytes:
        return self._text.content

    def locate(self, pointer: Pointer) -> Location:
        """Find where a pointer stands, or the nearest thing above it that exists."""
        return self._text.location_at(self._places.find(split_pointer(pointer)))
