"""Loads files from other hosts: from the copies beside the description, or by HTTP."""

from __future__ import annotations

import os
from hashlib import sha256

from ..diagnostics import Diagnostics, File, Stopped
from ..document import Document, Node
from .access import Access
from .addresses import BadAddress, address_of, authority_of, copy_path
from .load import parse_document, read_file
from .problem import Broken


class RemoteFiles:
    """The files from other hosts that were read so far.

    Args:
        spec: The path of the description, which copies stand beside.
        diagnostics: Gets a warning where files are not what they were.
    """

    def __init__(self, spec: str, access: Access, diagnostics: Diagnostics) -> None:
        self._spec = spec
        self._access = access
        self._diagnostics = diagnostics
        self._loaded: dict[str, Document | Broken] = {}
        self._failed: dict[str, str] = {}
        self.contents: dict[str, bytes | None] = {}
        """Of each file asked for, by its URL; None where there is none."""

    def load(self, uri: str, referrer: Document, place: Node) -> Document | Broken:
        """The file that a reference to another host names.

        Args:
            uri: Without a fragment; relative to the file that refers.
            place: Of the reference, for what is wrong with that.
        """
        told = Diagnostics()
        try:
            url = address_of(uri, referrer.source.name)
        except BadAddress as bad:
            told.error("remote-reference", f'"{uri}" {bad}, and is not read', place)
            return Broken(tuple(told))
        host = authority_of(url)
        if host not in self._access.hosts:
            told.error(
                "remote-reference",
                f'"{url}" is on another host, and is not fetched',
                place,
                help=f'say --allow-remote {host}, or allow-remote = ["{host}"] in '
                "pyproject.toml; or save what it refers to in a file",
            )
            return Broken(tuple(told))
        if url not in self._loaded:
            content = self._read(url, place, told)
            if content is None:
                self.contents[url] = None
                return Broken(tuple(told))
            self.contents[url] = content
            self._loaded[url] = _parse(url, content)
        return self._loaded[url]

    def _read(self, url: str, place: Node, told: Diagnostics) -> bytes | None:
        path = copy_path(self._spec, url)
        recorded = self._access.recorded.get(os.path.abspath(path))
        if os.path.exists(path):
            return self._read_copy(url, path, recorded, told)
        if self._access.is_offline:
            told.error(
                "copy-missing",
                f'there is no copy of "{url}", and nothing is fetched to check',
                place,
                help=f'run "oasmith generate", and keep what it puts in "{path}"',
            )
            return None
        content = self._fetch(url, place, told)
        if content and recorded and recorded != sha256(content).hexdigest():
            self._diagnostics.warning(
                "remote-changed",
                f'"{url}" has changed since it was fetched before',
                place,
                help=f'look at what changes in "{path}"',
            )
        return content

    def _read_copy(
        self, url: str, path: str, recorded: str | None, told: Diagnostics
    ) -> bytes | None:
        try:
            content = read_file(path, told)
        except Stopped:
            return None
        if recorded and recorded != sha256(content).hexdigest():
            self._diagnostics.warning(
                "copy-changed",
                f'this copy of "{url}" is not the one that oasmith.lock records',
                File(path),
                help="it is taken as it is; delete it to have the file fetched again",
            )
        return content

    def _fetch(self, url: str, place: Node, told: Diagnostics) -> bytes | None:
        # Only who fetches has to wait for this import.
        from .fetch import NotFetched, fetch

        if url not in self._failed:
            try:
                return fetch(url)
            except NotFetched as error:
                self._failed[url] = str(error)
        message = f'"{url}" can\'t be fetched: {self._failed[url]}'
        told.error("not-fetched", message, place)
        return None


def _parse(url: str, content: bytes) -> Document | Broken:
    told = Diagnostics()
    try:
        return parse_document(url, content, told)
    except Stopped:
        return Broken(tuple(told))
