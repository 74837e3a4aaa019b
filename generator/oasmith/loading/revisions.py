"""Loads a description as it was in a revision of git, with the files it refers to."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import NamedTuple

from ..diagnostics import Diagnostic, Diagnostics, File, Location, Place, Stopped
from ..document import Document
from .addresses import copy_path, is_remote

Moved = Callable[[str], str]
"""Where a path of the working tree has got to."""


_MOST_REVISIONS = 10
"""Of a description that are looked at for the one that a package was made of."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A description that git keeps."""

    revision: str
    """As the user wrote it: "HEAD", "v1.2", "origin/main~3"."""

    path: str
    """From the working directory."""

    def __str__(self) -> str:
        return f"git:{self.revision}:{self.path}"


@dataclass(frozen=True, slots=True)
class Naming:
    """What files are called that were taken out of git, into a folder that is gone."""

    folder: str
    revision: str

    def rename(self, diagnostic: Diagnostic) -> Diagnostic:
        """A diagnostic with files named as git knows them: "git:HEAD:specs/a.yaml"."""
        before, after = self.folder + os.sep, f"git:{self.revision}:"
        place, help = diagnostic.place, diagnostic.help
        return diagnostic._replace(
            message=diagnostic.message.replace(before, after),
            help=help and help.replace(before, after),
            place=place and _Renamed(place, before, after),
        )


def load_revision(
    wanted: Revision,
    load: Callable[[str, Moved, Diagnostics], Document],
    diagnostics: Diagnostics,
    *,
    beside: Iterable[str] = (),
) -> tuple[Document, Naming]:
    """Load a description from git; the working tree is neither read nor changed.

    Only what the description refers to is taken out of git, when it is missed.

    Args:
        load: Loads what is at a path.
        beside: Paths of files that are taken, too, if they are there.

    Raises:
        Stopped: There is no such revision or file, or the description is at fault.
    """
    repository = _open_repository(wanted, diagnostics)
    main = repository.relative(wanted.path)
    with TemporaryDirectory(prefix="oasmith-") as folder:
        # Folders are compared with links followed, and a temporary one may be a link.
        root = os.path.realpath(folder)
        naming = Naming(root, wanted.revision)

        def moved(path: str) -> str:
            return os.path.join(root, repository.relative(path))

        if not repository.take(main, root):
            message = f'there is no file "{wanted.path}" in "{wanted.revision}"'
            diagnostics.fatal("no-such-file", message, File(str(wanted)))
        repository.take_all(map(moved, beside), root)
        spec = os.path.join(root, main)
        told = Diagnostics()
        try:
            document = load(spec, moved, told)
            # Each round gets a reference further; what git has not stays missing.
            while repository.take_all(_missing(document, spec), root):
                document = load(spec, moved, told)
        except Stopped:
            for each in told:
                diagnostics.add(naming.rename(each))
            raise
    return document, naming


def find_revision(
    path: str, others: Iterable[str], is_wanted: Callable[[str, bytes | None], bool]
) -> Revision | None:
    """The latest revision in which a description and other files are as wanted.

    Args:
        others: Paths of files besides the description.
        is_wanted: Whether a path may have a content, where None is for no file.
    """
    try:
        repository = _open_repository(Revision("HEAD", path), Diagnostics())
    except Stopped:
        return None
    files = {each: repository.relative(each) for each in (path, *others)}
    inside = [each for each in files.values() if not each.startswith(os.pardir)]
    count = f"-{_MOST_REVISIONS}"
    listed = _run_git(repository.top, "log", count, "--format=%H", "--", *inside)
    for commit in (listed or b"").decode().split():
        there = _Repository(repository.top, commit)
        if all(is_wanted(each, there.read(below)) for each, below in files.items()):
            return Revision(commit, path)
    return None


class _Renamed(NamedTuple):
    """A place in a file that has another name for the user."""

    place: Place
    before: str
    after: str

    def locate(self) -> Location:
        found = self.place.locate()
        return found._replace(file=found.file.replace(self.before, self.after))


@dataclass(frozen=True, slots=True)
class _Repository:
    top: str
    """Where the working tree is, links followed."""

    revision: str
    """A commit, by its hash."""

    def relative(self, path: str) -> str:
        """A path of the working tree, from its top."""
        return os.path.relpath(os.path.realpath(path), self.top)

    def read(self, path: str) -> bytes | None:
        """The content of a file, if there is one at a path from the top."""
        if path.startswith(os.pardir):
            return None
        named = f"{self.revision}:{path.replace(os.sep, '/')}"
        return _run_git(self.top, "cat-file", "blob", named)

    def take_all(self, paths: Iterable[str], folder: str) -> bool:
        """Put files into a folder, by their paths there; whether there was any."""
        below = [os.path.relpath(path, folder) for path in paths]
        # All of them: any() would stop at the first.
        return True in [self.take(path, folder) for path in below]

    def take(self, path: str, folder: str) -> bool:
        """Put a file into a folder, if there is one at a path from the top."""
        content = self.read(path)
        if content is None:
            return False
        target = os.path.join(folder, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as file:
            file.write(content)
        return True


def _open_repository(wanted: Revision, diagnostics: Diagnostics) -> _Repository:
    place = File(str(wanted))
    folder = os.path.dirname(os.path.realpath(wanted.path))
    while not os.path.isdir(folder):
        # The file may be one that is gone, and its folder with it.
        folder = os.path.dirname(folder)
    top = _run_git(folder, "rev-parse", "--show-toplevel")
    if top is None:
        message = f'"{wanted.path}" is in no repository of git, or there is no git'
        diagnostics.fatal("no-repository", message, place)
    named = f"{wanted.revision}^{{commit}}"
    commit = _run_git(folder, "rev-parse", "--verify", "--end-of-options", named)
    if commit is None:
        message = f'git knows no revision "{wanted.revision}"'
        diagnostics.fatal("no-such-revision", message, place)
    root = os.path.realpath(os.fsdecode(top).rstrip("\n"))
    return _Repository(root, commit.decode().split()[-1])


def _run_git(folder: str, *arguments: str) -> bytes | None:
    """What git says; None where it fails, or is not there."""
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=folder, capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout


def _missing(document: Document, spec: str) -> Iterator[str]:
    """The files that are referred to and are not there."""
    for name, content in document.files.items():
        if content is None:
            yield copy_path(spec, name) if is_remote(name) else name
