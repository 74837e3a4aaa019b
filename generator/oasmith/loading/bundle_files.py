"""Loads the files that a description refers to, each once, and none from elsewhere."""

from __future__ import annotations

import os
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from ..diagnostics import Diagnostics, Stopped
from ..document import Document, Node
from .load import load_document


class Files:
    """The files read so far, by where they really are.

    Args:
        root: The description itself, which files may refer back to.
        allowed: Folders that files may come from besides the description's own.
    """

    def __init__(
        self, root: Document, diagnostics: Diagnostics, allowed: Sequence[str]
    ) -> None:
        name = root.source.name
        real = os.path.realpath(name)
        self._diagnostics = diagnostics
        self._loaded: dict[str, Document | None] = {real: root}
        # A build may stand links to files together that are kept apart, or a link
        # may stand for a description with all that is around it.
        folders = (os.path.dirname(name) or os.curdir, os.path.dirname(real), *allowed)
        self._folders = [os.path.realpath(folder) for folder in folders]

    def load(self, uri: str, referrer: Document, place: Node) -> Document | None:
        """The file that a reference names, relative to the file that refers.

        Args:
            uri: Without a fragment, percent-encoded (RFC 3986 section 2.1).
            place: Of the reference, for what is wrong with that.

        Returns:
            None when there is none, which is told.
        """
        parts = urlsplit(uri)
        if parts.scheme or parts.netloc:
            self._diagnostics.error(
                "remote-reference",
                f'"{uri}" is not a file beside this one, and is not fetched',
                place,
                help="save what it refers to in a file, and refer to that",
            )
            return None
        folder = os.path.dirname(referrer.source.name)
        name = os.path.normpath(os.path.join(folder, unquote(uri)))
        # No file's name has a null character, and some calls don't even take one.
        real = os.path.realpath(name.replace("\0", ""))
        if not self._is_inside(real):
            self._diagnostics.error(
                "reference-outside",
                f'"{uri}" is outside of the folder of the description',
                place,
                help="move the description up, or what it refers to down beside it",
            )
            return None
        if "\0" in name or not os.path.isfile(real):
            message = f'"{uri}" refers to a file that does not exist'
            self._diagnostics.error("unresolved-reference", message, place)
            return None
        if real not in self._loaded:
            self._loaded[real] = self._load(name)
        return self._loaded[real]

    def _is_inside(self, real: str) -> bool:
        return any(
            real.startswith(os.path.join(folder, "")) for folder in self._folders
        )

    def _load(self, name: str) -> Document | None:
        try:
            return load_document(name, self._diagnostics)
        except Stopped:
            # What is wrong is told; there may be more wrong elsewhere.
            return None
