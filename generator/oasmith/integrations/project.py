"""Generates the clients of a project while it is built."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ..config import ClientConfig, read_clients
from ..deliver import compare, deliver
from ..dependencies import dependencies_of
from ..diagnostics import Diagnostics, File, Stopped
from ..library import Failed
from ..listing import format_diagnostic, split_repetitive
from ..make_product import make_product
from ..output.compare import tell_drift
from ..output.lock import LOCK_NAME, read_lock
from ..product import Product
from ..targets import folders_of, group_clients, targets_of
from ..wording import count, summarise
from .unpacked import (
    are_as_shipped,
    is_unpacked,
    lack_sources,
    tell_of_sources,
)

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """A package that is up to date; paths have slashes and start at the project."""

    folder: str
    files: tuple[str, ...]
    """The paths of what oasmith wrote, from the folder."""

    sources: tuple[str, ...]
    """What it was made of, as far as that is in the project."""


def build_clients(
    root: str, tell: Tell, *, only_check: bool = False
) -> tuple[Built, ...]:
    """Bring the packages that a project's pyproject.toml asks for up to date.

    Nothing is fetched: a build takes the copies that are there.

    Args:
        root: The folder of pyproject.toml.
        tell: Gets what there is to say, a line or several at a time.
        only_check: Write nothing, and fail where something would be written.

    Raises:
        Failed: A package can't be made, or is out of date and is only checked.
    """
    diagnostics = Diagnostics()
    pyproject = os.path.relpath(os.path.join(root, "pyproject.toml"))
    clients = read_clients(pyproject, diagnostics)
    if not clients and not diagnostics.has_errors:
        message = 'there is no "[[tool.oasmith.client]]" in it'
        help = 'run "oasmith init SPEC"'
        diagnostics.error("no-config", message, File(pyproject), help=help)
    if diagnostics.has_errors:
        raise Failed(tuple(diagnostics))
    for group in group_clients(clients):
        if is_unpacked(root) and lack_sources(group, root):
            _take(group, root, tell, diagnostics)
        else:
            _build(group, tell, diagnostics, only_check)
    if diagnostics.has_errors:
        raise Failed(tuple(diagnostics))
    for text in _told(diagnostics):
        tell(text)
    return tuple(each for client in clients for each in _built(client, root))


def _take(
    group: Sequence[ClientConfig], root: str, tell: Tell, diagnostics: Diagnostics
) -> None:
    """Take what an sdist has of clients that can't be made in it."""
    if not are_as_shipped(group, root):
        tell_of_sources(group, root, diagnostics)
        return
    for folder in folders_of(group):
        tell(f"{folder}: taken as the sdist has it")


def _build(
    group: Sequence[ClientConfig],
    tell: Tell,
    diagnostics: Diagnostics,
    only_check: bool,
) -> None:
    """Bring the packages of clients up to date that share a runtime, or check them."""
    made: list[Product] = []
    failed: list[ClientConfig] = []
    for client in group:
        found = Diagnostics()
        try:
            made.append(make_product(client, found))
        except Stopped:
            failed.append(client)
        diagnostics.add_all(found)
    done = _check(made) if only_check else _write(made, failed)
    for folder, text, found in done:
        diagnostics.add_all(found)
        if text:
            tell(f"{folder}: {text}")


def _check(made: Sequence[Product]) -> Iterator[_Done]:
    for target, _, drift, told in compare(made):
        tell_drift(target.folder, drift, told)
        yield _Done(target.folder, "" if drift else "up to date", told)


def _write(made: Sequence[Product], failed: Sequence[ClientConfig]) -> Iterator[_Done]:
    for target, _, written, told, is_current in deliver(made, failed):
        text = summarise(written) if written is not None else ""
        yield _Done(target.folder, "up to date" if is_current else text, told)


class _Done(NamedTuple):
    """What became of a target."""

    folder: str
    text: str
    """Nothing where the diagnostics say it."""

    diagnostics: Diagnostics


def _told(diagnostics: Diagnostics) -> Iterator[str]:
    told, more = split_repetitive(diagnostics)
    yield from map(format_diagnostic, told)
    for code, number in more.items():
        yield f"warning[{code}]: {count(number, 'more warning')} of this kind"


def _built(client: ClientConfig, root: str) -> Iterator[Built]:
    """The package of a client, and the runtime that it shares, if it does."""
    above = Path(root).resolve()
    files = [each.path for each in dependencies_of(client) if each.need != "names"]
    inside = [
        path.relative_to(above).as_posix()
        for path in (Path(os.path.abspath(name)) for name in files)
        if path.is_file() and path.is_relative_to(above)
    ]
    for target in targets_of(client):
        path = target.folder
        lock = read_lock(path, Diagnostics())
        written = {LOCK_NAME, *(lock.files if lock else ())}
        folder = os.path.relpath(path, root).replace(os.sep, "/")
        yield Built(folder, tuple(sorted(written)), tuple(inside))
