"""Loads the files that a description refers to, each once, and none without leave."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from urllib.parse import unquote

from ..diagnostics import Diagnostics, Stopped
from ..document import Document, Node
from ..suggestions import suggest_reference
from .access import Access
from .addresses import is_remote
from .load import load_document
from .problem import Broken, leads_nowhere
from .remote_files import RemoteFiles

_HAS_HOST = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
"""How a URI begins that is no path (RFC 3986 section 4.2)."""


class Files:
    """The files read so far, by where they really are.

    Args:
        root: The description itself, which files may refer back to.
        access: Where files may come from besides the description's own folder.
        diagnostics: Gets a warning where files are not what they were.
    """

    def __init__(
        self, root: Document, access: Access, diagnostics: Diagnostics
    ) -> None:
        name = root.source.name
        real = os.path.realpath(name)
        self._remote = RemoteFiles(name, access, diagnostics)
        self._contents: dict[str, bytes | None] = {}
        self._real, self.root = real, root
        self._loaded: dict[str, Document | Broken] = {}
        # A build may stand links to files together that are kept apart, or a link
        # may stand for a description with all that is around it.
        folders = (os.path.dirname(name) or os.curdir, os.path.dirname(real))
        self._folders = [
            os.path.realpath(folder) for folder in (*folders, *access.folders)
        ]

    @property
    def contents(self) -> Mapping[str, bytes | None]:
        """Of each file asked for, by its name; None where there is none."""
        return {**self._contents, **self._remote.contents}

    def load(self, uri: str, referrer: Document, place: Node) -> Document | Broken:
        """The file that a reference names, relative to the file that refers.

        Args:
            uri: Without a fragment, percent-encoded (RFC 3986 section 2.1).
            place: Of the reference, for what is wrong with that.
        """
        if is_remote(referrer.source.name) or _HAS_HOST.match(uri):
            return self._remote.load(uri, referrer, place)
        told = Diagnostics()
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
            self._contents.setdefault(name.replace("\0", ""), None)
            message = f'"{uri}" refers to a file that does not exist'
            return leads_nowhere(message, place, suggest_reference(referrer, uri))
        if real == self._real:
            return self.root
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
            self._contents[name] = _read(name)
            return Broken(tuple(told))
        self._contents[name] = document.source.content
        return document


def _read(name: str) -> bytes | None:
    """The content of a file, whatever is wrong with it."""
    try:
        with open(name, "rb") as file:
            return file.read()
    except OSError:
        return None
