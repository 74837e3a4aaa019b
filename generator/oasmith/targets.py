"""The folders that oasmith owns: packages, and runtimes that packages share.

A run that finds nothing to do pays for this module's imports.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from . import __version__
from .config import ClientConfig
from .diagnostics import Diagnostics
from .inputs import inputs_of
from .output.formatter import makes_the_same
from .output.lock import Inputs, is_current, read_lock


class Target(NamedTuple):
    """A folder with files of ours, and a lock that says what these were made of."""

    folder: str
    """Its path from the working directory."""

    inputs: Inputs


def targets_of(client: ClientConfig) -> tuple[Target, ...]:
    """What is to be up to date for a client; what others import comes first."""
    package = Target(client.output_path, inputs_of(client))
    if client.runtime_path is None:
        return (package,)
    return Target(client.runtime_path, Inputs(__version__)), package


def is_client_current(client: ClientConfig) -> bool:
    """Whether the locks prove that all of a client is what a run would write."""
    return all(map(_is_current, targets_of(client)))


def group_clients(clients: Sequence[ClientConfig]) -> list[list[ClientConfig]]:
    """The clients that share a runtime, together; each of the others by itself.

    In the order in which the groups are complete, if one client is made after another.
    """
    groups: dict[str, list[ClientConfig]] = {}
    for client in clients:
        shared = client.runtime_path
        key = identify(client.output_path if shared is None else shared)
        groups[key] = [*groups.pop(key, []), client]
    return list(groups.values())


def folders_of(clients: Iterable[ClientConfig]) -> list[str]:
    """The folders of all their targets, each once, and runtimes first."""
    targets = [target for client in clients for target in targets_of(client)]
    targets.sort(key=lambda target: target.inputs.spec != "")
    return [*{identify(each.folder): each.folder for each in targets}.values()]


def identify(folder: str) -> str:
    """What tells a folder from others, however it is written."""
    return os.path.realpath(folder)


def _is_current(target: Target) -> bool:
    told = Diagnostics()
    lock = read_lock(target.folder, told)
    if lock is None or any(told):
        return False
    inputs = target.inputs
    if makes_the_same(lock, inputs.formatter):
        inputs = inputs._replace(formatter=lock.formatter)
    return is_current(target.folder, lock, inputs)
