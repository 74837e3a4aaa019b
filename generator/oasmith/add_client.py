"""Adds a client to pyproject.toml."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from .config import find_pyproject, read_clients
from .config_arguments import make_client
from .config_text import pyproject_table
from .diagnostics import Diagnostics, File
from .layout.names import snake_case, split_words
from .output.write_text import read_text, write_text
from .pipeline import load_description, take_slice


def add_client(
    spec: str,
    output: str | None,
    diagnostics: Diagnostics,
    *,
    include: Iterable[str] = (),
    overlays: Iterable[str] = (),
    allow: Iterable[str] = (),
    allow_remote: Iterable[str] = (),
) -> tuple[str, str]:
    """Add the table of a client to the nearest pyproject.toml, or to a new one here.

    Args:
        output: The folder of the package; below "generated" by default.

    Returns:
        The path of pyproject.toml, and the table.

    Raises:
        Stopped: The description can't be read or has nothing of what is included, or
            another client has the folder.
    """
    name = snake_case(split_words(Path(spec).name.partition(".")[0]), "client")
    target = output or os.path.join("generated", name)
    asked = make_client(
        spec,
        target,
        diagnostics,
        include=include,
        overlays=overlays,
        allow=allow,
        allow_remote=allow_remote,
    )
    take_slice(load_description(asked, diagnostics), asked, diagnostics)
    pyproject = find_pyproject(os.curdir)
    others = read_clients(pyproject, diagnostics) if pyproject else ()
    diagnostics.stop_on_errors()
    pyproject = pyproject or "pyproject.toml"
    folder = os.path.dirname(pyproject) or os.curdir
    client = make_client(
        os.path.relpath(spec, folder),
        os.path.relpath(target, folder),
        diagnostics,
        include=include,
        overlays=[os.path.relpath(path, folder) for path in overlays],
        allow=[os.path.relpath(path, folder) for path in allow],
        allow_remote=allow_remote,
    )
    if any(os.path.normpath(other.output) == client.output for other in others):
        message = f'there is a client in "{target}" already'
        diagnostics.fatal("same-output", message, File(pyproject))
    existing = read_text(pyproject)
    gap = "\n" if existing else ""
    table = pyproject_table(client)
    write_text(pyproject, f"{existing}{gap}{table}", diagnostics)
    return pyproject, table
