# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Pages that would go on for ever: some come again, and others have nothing in them."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from .errors import DecodeError
from .model import Model
from .page import Page

MOST_EMPTY = 1000
"""How many pages in a row may be without items, and say that there are more."""


class EmptyPages:
    """Counts the pages without items that came one after the other."""

    def __init__(self) -> None:
        self._count = 0

    def go_past(self, page: Page) -> None:
        """Note a page behind which there are more.

        Raises:
            DecodeError: It and too many before it have no items.
        """
        self._count = 0 if page.items else self._count + 1
        if self._count > MOST_EMPTY:
            told = f"more than {MOST_EMPTY} pages in a row without any"
            raise DecodeError("items, as there are more", told)


class SeenPages:
    """The pages that were there: a server that goes on with these never ends."""

    def __init__(self) -> None:
        self._digests: set[bytes] = set()
        self._before: Sequence[object] = ()

    def add(self, page: Page, *, has_end: bool) -> None:
        """Note a page, unless it has no items.

        Args:
            has_end: Whether the page tells how many there are. Then plain values may be
                those of another page, as two pages of a measurement are.

        Raises:
            DecodeError: It was there before.
        """
        if not page.items:
            return
        digest = sha256(page.response.content).digest()
        is_again = digest in self._digests or page.items == self._before
        if is_again and not (has_end and _are_plain(page.items)):
            page.is_again = True
            raise DecodeError("another page", "one that was there before")
        self._digests.add(digest)
        self._before = page.items


def _are_plain(items: Sequence[object]) -> bool:
    return not any(isinstance(each, Model | dict | list | tuple) for each in items)
