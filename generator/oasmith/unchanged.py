"""Finds out at little cost that a run has nothing to do.

Reading the lock and hashing files takes a few milliseconds; importing what a run
needs takes a hundred.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from .config import ClientConfig, find_pyproject, read_clients
from .config_arguments import make_client
from .diagnostics import Diagnostics, Stopped
from .targets import folders_of, group_clients, is_client_current


def tell_unchanged(arguments: Sequence[str]) -> bool:
    """Say so for each target of a command, if it has nothing to do for any client.

    Args:
        arguments: Of the command line, the command's name included. What is said in
            another way than is usual is left to the command itself.
    """
    clients = _clients_of(arguments)
    if not clients or not all(map(is_unchanged, clients)):
        return False
    for group in group_clients(clients):
        for folder in folders_of(group):
            sys.stdout.write(f"{folder}: up to date\n")
    return True


def _clients_of(arguments: Sequence[str]) -> Sequence[ClientConfig]:
    match arguments:
        case ["generate" | "check"]:
            pyproject, told = find_pyproject(os.curdir), Diagnostics()
            clients = read_clients(pyproject, told) if pyproject else ()
            # What there is to tell of it is told by the command line.
            return () if any(told) else clients
        case ["generate" | "check", spec, "-o", output] if spec[:1] != "-":
            try:
                return [make_client(spec, output, Diagnostics())]
            except Stopped:
                return ()
        case _:
            return ()


def is_unchanged(client: ClientConfig) -> bool:
    """Whether the lock proves that a run for a client would change nothing.

    Never where what is left out has to be told each time.
    """
    if client.is_lenient or not is_installed():
        return False
    return is_client_current(client)


def is_installed() -> bool:
    """Whether this is an installed release: a checkout changes without its version."""
    return os.path.isdir(os.path.join(os.path.dirname(__file__), "templates"))
