"""Loads the files that a description refers to, each once, and none from elsewhere."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from ..diagnostics import Diagnostic, Diagnostics, Stopped
from ..document import Document, Node
from .load import load_document


class Broken(NamedTuple):
    """Why a reference can't be followed; nobody was told yet."""

    reasons: tuple[Diagnostic, ...]


def leads_nowhere(message: str, place: Node) -> Broken:
    """A reference that has nothing at its end, or nothing that fits."""
    told = Diagnostics()
    told.error("unresolved-reference", message, place)
    return Broken(tuple(told))


class Files:
    """The files read so far, by where they really are.

    Args:
        root: The description itself, which files may refer back to.
        allowed: Folders that files may come from besides the description's own.
    """

    def __init__(self, root: Document, allowed: Sequence[str]) -> None:
        name = root.source.name
        real = os.path.realpath(name)
        self.contents: dict[str, bytes | None] = {}
        """Of each file asked for, by its name; None where there is none."""

        self._loaded: dict[str, Document | Broken] = {real: root}
        # A build may stand links to files together that are kept apart, or a link
        # may stand for a description with all that is around it.
        folders = (os.path.dirname(name) or os.curdir, os.path.dirname(real), *allowed)
        self._folders = [os.path.realpath(folder) for folder in folders]

    def load(self, uri: str, referrer: Document, place: Node) -> Document | Broken:
        """The file that a reference names, relative to the file that refers.

        Args:
            uri: Without a fragment, percent-encoded (RFC 3986 section 2.1).
            place: Of the reference, for what is wrong with that.
        """
        told = Diagnostics()
        parts = urlsplit(uri)
        if parts.scheme or parts.netloc:
            told.error(
                "remote-reference",
                f'"{uri}" is not a file beside this one, and is not fetched',
                place,
                help="save what it refers to in a file, and refer to that",
            )
            return Broken(tuple(told))
        folder = os.path.dirname(referrer.source.name)
        name = os.path.normpath(os.path.join(folder, unquote(uri)))
        # No file's name has a null character, and some calls don't even take one.
        real = os.path.realpath(name.replace("\0", ""))
        if not self._is_inside(real):
            told.error(
                "reference-outside",
                f'"{uri}" is outside of the folder of the description',
                place,
                help="move the description up, or what it refers to down beside it",
            )
            return Broken(tuple(told))
        if "\0" in name or not os.path.isfile(real):
            self.contents.setdefault(name.replace("\0", ""), None)
            return leads_nowhere(f'"{uri}" refers to a file that does not exist', place)
        if real not in self._loaded:
            self._loaded[real] = self._load(name)
        return self._loaded[real]

    def _is_inside(self, real: str) -> bool:
        return any(
            real.startswith(os.path.join(folder, "")) for folder in self._folders
        )

    def _load(self, name: str) -> Document | Broken:
        told = Diagnostics()
        try:
            document = load_document(name, told)
        except Stopped:
            self.contents[name] = _read(name)
            return Broken(tuple(told))
        self.contents[name] = document.source.content
        return document


def _read(name: str) -> bytes | None:
    """The content of a file, whatever is wrong with it."""
    try:
        with open(name, "rb") as file:
            return file.read()
    except OSError:
        return None
