"""Packages in an sdist that is unpacked, which may lack what they were made of.

An sdist has nothing that stands outside of its project: "../specs/pets.yaml" stays
behind. What stands there where it is unpacked is another project's.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from ..config import ClientConfig
from ..diagnostics import Diagnostics, File
from ..output.lock import has_sources, is_made_for, read_lock
from ..targets import Target, targets_of


def is_unpacked(root: str) -> bool:
    """Whether a folder is that of an sdist (PEP 643), and no work tree."""
    return os.path.isfile(os.path.join(root, "PKG-INFO"))


def lack_sources(clients: Sequence[ClientConfig], root: str) -> bool:
    """Whether some of them are made of files that an sdist can't have."""
    return any(any(_sources_outside(client, root)) for client in clients)


def are_as_shipped(clients: Sequence[ClientConfig], root: str) -> bool:
    """Whether all that is there of clients is what was made for the sdist.

    Another oasmith may have made it: it can't be made again.
    """
    targets = [target for client in clients for target in targets_of(client)]
    return all(_is_as_shipped(target, root) for target in targets)


def tell_of_sources(
    clients: Sequence[ClientConfig], root: str, diagnostics: Diagnostics
) -> None:
    """Tell why clients can't be made in an sdist."""
    for client in clients:
        for path in _sources_outside(client, root):
            message = f'"{path}" stands outside of the project, so no sdist has it'
            help = (
                "build from the project itself, or move it into the project; "
                f'"{client.output_path}" is not as its lock says, or not for this table'
            )
            diagnostics.error("source-outside", message, File(path), help=help)


def _sources_outside(client: ClientConfig, root: str) -> Iterator[str]:
    lock = read_lock(client.output_path, Diagnostics())
    recorded = lock.sources if lock is not None else ()
    paths = [os.path.join(client.output_path, path) for path in recorded]
    named = client.spec_path, *client.overlay_paths
    for path in dict.fromkeys(map(os.path.normpath, (*named, *paths))):
        if _is_outside(path, root):
            yield path


def _is_as_shipped(target: Target, root: str) -> bool:
    told = Diagnostics()
    lock = read_lock(target.folder, told)
    if lock is None or any(told):
        return False
    inside = {
        path: known
        for path, known in lock.sources.items()
        if not _is_outside(os.path.join(target.folder, path), root)
    }
    return is_made_for(target.folder, lock, target.inputs) and has_sources(
        target.folder, lock._replace(sources=inside)
    )


def _is_outside(path: str, root: str) -> bool:
    above = os.path.join(os.path.abspath(root), "")
    return not os.path.abspath(path).startswith(above)
