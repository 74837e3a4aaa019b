"""Generates the clients of a project while it is built."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..check_client import check_client
from ..config import ClientConfig, read_clients
from ..deliver import deliver
from ..diagnostics import Diagnostics, File, Stopped
from ..library import Failed
from ..listing import format_diagnostic, split_repetitive
from ..output.compare import tell_drift
from ..output.lock import LOCK_NAME, read_lock
from ..pipeline import make_package
from ..prerequisites import files_read
from ..unchanged import is_unchanged
from ..wording import count, summarise

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
    for client in clients:
        try:
            _build(client, tell, diagnostics, only_check)
        except Stopped:
            continue
    if diagnostics.has_errors:
        raise Failed(tuple(diagnostics))
    for text in _told(diagnostics):
        tell(text)
    return tuple(each for client in clients for each in _built(client, root))


def _build(
    client: ClientConfig, tell: Tell, diagnostics: Diagnostics, only_check: bool
) -> None:
    found = Diagnostics()
    try:
        done = _check(client, found) if only_check else _generate(client, found)
        if done:
            tell(f"{client.output_path}: {done}")
    finally:
        for diagnostic in found:
            diagnostics.add(diagnostic)


def _check(client: ClientConfig, diagnostics: Diagnostics) -> str | None:
    drift = check_client(client, diagnostics)
    tell_drift(client.output_path, drift, diagnostics)
    return None if drift else "up to date"


def _generate(client: ClientConfig, diagnostics: Diagnostics) -> str:
    if is_unchanged(client):
        return "up to date"
    made = make_package(client, diagnostics, is_offline=True)
    return summarise(deliver(client, made, diagnostics))


def _told(diagnostics: Diagnostics) -> Iterator[str]:
    told, more = split_repetitive(diagnostics)
    yield from map(format_diagnostic, told)
    for code, number in more.items():
        yield f"warning[{code}]: {count(number, 'more warning')} of this kind"


def _built(client: ClientConfig, root: str) -> Iterator[Built]:
    """The package of a client, and the runtime that it shares, if it does."""
    above = Path(root).resolve()
    inside = [
        path.relative_to(above).as_posix()
        for path in (Path(os.path.abspath(name)) for name in files_read([client]))
        if path.is_relative_to(above)
    ]
    for path in filter(None, (client.output_path, client.runtime_path)):
        lock = read_lock(path, Diagnostics())
        files = {LOCK_NAME, *(lock.files if lock else ())}
        folder = os.path.relpath(path, root).replace(os.sep, "/")
        yield Built(folder, tuple(sorted(files)), tuple(inside))
