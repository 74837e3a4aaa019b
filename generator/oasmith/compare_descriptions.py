"""Compares two descriptions of a client, each a file or what git keeps of one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from .comparing.change import Comparison
from .comparing.compare import compare_packages
from .config import ClientConfig
from .diagnostics import Diagnostics, Stopped
from .document import Document
from .layout.package import Kept, Names, Package
from .loading.access import Access
from .loading.revisions import (
    Moved,
    Naming,
    Revision,
    find_revision,
    load_revision,
)
from .output.lock import Lock, has_sources, read_lock
from .output.states import ABSENT, PRESENT, hash_of, is_folder
from .pipeline import MISSED, access_of, design_package, kept_for, load_description

Side = str | Revision
"""A description: the path of a file, or what git keeps of one."""

_GIT = "git:"


@dataclass(frozen=True, slots=True)
class Sides:
    """What a command line asks to have compared."""

    old: str
    new: str | None
    """None for the description that the client has now."""

    @property
    def path(self) -> str | None:
        """Where the description is, if either side says so."""
        for side in filter(None, (self.new, self.old)):
            if path := _path_of(side):
                return path
        return None

    def of(self, path: str) -> tuple[Side, Side]:
        """Both sides; a path serves where a revision has none of its own."""
        return _parse(self.old, path), _parse(self.new or path, path)


def compare_descriptions(
    client: ClientConfig, sides: Sides, output: str | None, diagnostics: Diagnostics
) -> Comparison:
    """Tell what the new description of a client changes for callers of the old one.

    Nothing is written or fetched. Warnings are not told: they are no changes.

    Args:
        output: The folder whose lock keeps names; none means the client's, where the
            sides leave it to the client which description is meant.

    Raises:
        Stopped: A description is at fault.
    """
    folder = output or (client.output_path if sides.path is None else None)
    lock = read_lock(folder, diagnostics) if folder is not None else None
    kept = kept_for(client, lock)
    old, new = sides.of(client.spec_path)
    missed, missed_too = Diagnostics(), Diagnostics()
    # What was just chosen for things that had a name is a change like any other.
    had = Kept(_merge(kept.chosen, kept.names))
    before = _design(client, old, had, missed, diagnostics)
    kept = replace(kept, names=_merge(kept.names, before.names), shapes=before.shapes)
    after = _design(client, new, kept, missed_too, diagnostics)
    _tell_missed(missed, missed_too, diagnostics)
    changes = compare_packages(before, after)
    return Comparison(folder or client.spec_path, str(old), str(new), changes)


def compare_with_previous(
    client: ClientConfig, package: Package, previous: Lock
) -> Iterator[Comparison]:
    """Tell what a package changes for callers of the one that it replaces.

    The lock has hashes of what that was made of. Where git has a description of this
    hash it is compared; where it has none, or nothing changed, there is no comparison.
    """
    folder = client.output_path
    if has_sources(folder, previous):
        return
    known = {
        os.path.normpath(os.path.join(folder, path)): digest
        for path, digest in previous.sources.items()
        if digest != PRESENT and not is_folder(path)
    }

    def is_wanted(path: str, content: bytes | None) -> bool:
        return known.get(path) == (ABSENT if content is None else hash_of(content))

    # Where the description was then; it may have been moved since.
    spec = os.path.normpath(os.path.join(folder, previous.spec))
    others = [path for path in known if path != spec]
    found = find_revision(spec, others, is_wanted)
    if found is None:
        return

    def load(told: Diagnostics) -> Document:
        return _load_revision(client, found, told)[0]

    try:
        told = Diagnostics()
        kept = Kept(previous.names)
        before = design_package(client, load, kept, told, is_valid=True)
    except Stopped:
        return
    changes = compare_packages(before, package)
    yield Comparison(folder, str(found), client.spec_path, changes)


def is_revision(side: str) -> bool:
    return side.startswith(_GIT)


def _path_of(side: str) -> str:
    """The path that a side names, if it does."""
    if not is_revision(side):
        return side
    return side.removeprefix(_GIT).partition(":")[2]


def _parse(side: str, path: str) -> Side:
    if not is_revision(side):
        return side
    revision, _, own = side.removeprefix(_GIT).partition(":")
    return Revision(revision, own or path)


def _merge(names: Names, others: Names) -> dict[str, Mapping[str, str]]:
    """Names of both; what the others say counts."""
    scopes = dict.fromkeys([*names, *others])
    return {
        scope: {**names.get(scope, {}), **others.get(scope, {})} for scope in scopes
    }


def _design(
    client: ClientConfig,
    side: Side,
    kept: Kept,
    missed: Diagnostics,
    diagnostics: Diagnostics,
) -> Package:
    """Lay out what a side describes.

    Args:
        missed: Gets what is asked for and not there.
        diagnostics: Gets the errors, and what is said of schemas with other names.
    """
    told = Diagnostics()
    named: list[Naming] = []

    def load(told: Diagnostics) -> Document:
        match side:
            case str():
                at = _at(client, side)
                access = access_of(at, None, is_offline=True)
                return load_description(at, told, access)
            case Revision():
                document, naming = _load_revision(client, side, told)
                named.append(naming)
                return document

    try:
        return design_package(client, load, kept, told)
    finally:
        for each in told:
            for naming in named:
                each = naming.rename(each)
            if each.severity == "error" or each.code == "renamed-schema":
                diagnostics.add(each)
            elif each.code in MISSED:
                missed.add(each)


def _tell_missed(old: Diagnostics, new: Diagnostics, diagnostics: Diagnostics) -> None:
    """Tell what is asked for and in neither description; in one of them is enough.

    Raises:
        Stopped: There is any.
    """
    gone = {each.message for each in old}
    for each in new:
        if each.message in gone:
            diagnostics.add(each._replace(severity="error"))
            raise Stopped


def _load_revision(
    client: ClientConfig, revision: Revision, diagnostics: Diagnostics
) -> tuple[Document, Naming]:
    """Load what git keeps; it comes from there with its overlays, as far as any are."""

    def load(path: str, moved: Moved, diagnostics: Diagnostics) -> Document:
        overlays = [moved(each) for each in client.overlay_paths]
        there = tuple(each for each in overlays if os.path.exists(each))
        at = _at(client, path)._replace(overlays=there)
        folders = tuple(map(moved, client.allowed_paths))
        access = Access(folders, client.allow_remote, is_offline=True)
        return load_description(at, diagnostics, access)

    return load_revision(revision, load, diagnostics, beside=client.overlay_paths)


def _at(client: ClientConfig, path: str) -> ClientConfig:
    """A client whose description is elsewhere."""
    if not os.path.isabs(path):
        path = os.path.relpath(path, client.folder or os.curdir)
    return client._replace(spec=path)
