"""Names the components that come from other files, whatever order they are found in."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from ..document import Document, Pointer, find_object, join_pointer, split_pointer
from ..grammar import Kind
from .addresses import is_remote

SECTIONS_2_0: Mapping[Kind, Pointer] = {
    "Schema": "/definitions",
    "Parameter": "/parameters",
    "Response": "/responses",
}

SECTIONS: Mapping[Kind, Pointer] = {
    "Schema": "/components/schemas",
    "Response": "/components/responses",
    "Parameter": "/components/parameters",
    "Example": "/components/examples",
    "RequestBody": "/components/requestBodies",
    "Header": "/components/headers",
    "SecurityScheme": "/components/securitySchemes",
    "Link": "/components/links",
    "Callback": "/components/callbacks",
}
"""Where what kinds of objects are kept that can be referred to."""


class Origin(NamedTuple):
    """What is to be a component: the section it goes to, its file, its place there."""

    section: Pointer
    file: str
    pointer: Pointer


class ComponentNames:
    """The names given so far, in the sections of a document.

    Args:
        settled: Names for origins that are known already.
    """

    def __init__(
        self,
        document: Document,
        sections: Iterable[Pointer],
        settled: Mapping[Origin, str],
    ) -> None:
        self._folder = os.path.dirname(document.source.name)
        self._own = {
            section: frozenset(find_object(document, section) or ())
            for section in sections
        }
        self._given: dict[Origin, str] = dict(settled)

    def allot(self, origin: Origin) -> Pointer:
        """A pointer in the section that nothing else has.

        It is the final one when the name is settled.
        """
        if origin not in self._given:
            taken = self._own[origin.section] | {*self._given.values()}
            name = next(_spellings(origin, self._folder))
            self._given[origin] = _first_free(name, taken)
        return join_pointer(origin.section, self._given[origin])

    def settle(self) -> dict[Origin, str]:
        """The names by which all can be told apart, in whatever order they came.

        What is alone is called as where it stands; of twins, and where the document
        has the name itself, all say their file too.
        """
        names: dict[Origin, str] = {}
        for section, own in self._own.items():
            by_name: dict[str, list[Origin]] = {}
            for origin in sorted(
                each for each in self._given if each.section == section
            ):
                name = next(_spellings(origin, self._folder))
                by_name.setdefault(name, []).append(origin)
            taken = {*own}
            # Those that are alone go first, as nothing may take their names.
            for group in sorted(by_name.values(), key=len):
                for origin, name in self._tell_apart(group, own).items():
                    names[origin] = _first_free(name, taken)
                    taken.add(names[origin])
        return names

    def is_settled(self) -> bool:
        return self.settle() == self._given

    def _tell_apart(
        self, group: list[Origin], own: Iterable[str]
    ) -> Mapping[Origin, str]:
        spelled = [list(_spellings(origin, self._folder)) for origin in group]
        names: tuple[str, ...] = ()
        for names in zip(*spelled, strict=True):
            if len({*names}) == len(group) and {*names}.isdisjoint(own):
                break
        return dict(zip(group, names, strict=True))


def _spellings(origin: Origin, folder: str) -> Iterator[str]:
    """Names for what stands somewhere, each of which says more of where that is."""
    if is_remote(origin.file):
        url = urlsplit(origin.file)
        path = [url.netloc, *url.path.split("/")]
    else:
        path = os.path.relpath(origin.file, folder or os.curdir).split(os.sep)
    path[-1] = os.path.splitext(path[-1])[0] or path[-1]
    files = [part for part in path if part not in ("", os.curdir, os.pardir)] or ["_"]
    keys = split_pointer(origin.pointer)
    if keys:
        own, around = keys[-1:], keys[:-1]
    else:
        own, around, files = files[-1:], [], files[:-1]
    for words in (own, files[-1:] + own, files + own, files + around + own):
        yield "_".join(re.sub(r"[^A-Za-z0-9._-]+", "_", word) or "_" for word in words)


def _first_free(name: str, taken: Iterable[str]) -> str:
    candidate, number = name, 1
    while candidate in taken:
        number += 1
        candidate = f"{name}{number}"
    return candidate
