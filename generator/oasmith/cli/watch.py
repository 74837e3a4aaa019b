"""Generates again whenever an input changes, and tells so."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from contextlib import suppress

import click

from ..config import find_pyproject
from ..crash import report_crash
from ..dependencies import Dependency, dependencies_of
from ..watching import watch
from .running import Source


def run_while_watching(source: Source, run: Callable[[], object]) -> None:
    """Run, and again after each change of an input, until Ctrl-C.

    Returns only where there is nothing to watch.
    """
    pyproject = find_pyproject(os.curdir) if source.spec is None else None
    if source.spec is None and pyproject is None:
        return

    def run_on() -> None:
        try:
            run()
        except click.UsageError:
            raise
        except Exception as error:  # The edge: a bug of ours; an edit may avoid it.
            report_crash(error)

    def find_files() -> set[Dependency]:
        found = set[Dependency]()
        if pyproject:
            found.add(Dependency(pyproject, "content"))
        for client in source.find_readable():
            found.add(Dependency(client.spec_path, "content"))
            # A bug that is met here is one that the run has told.
            with suppress(Exception):
                found |= {*dependencies_of(client)}
        return found

    click.echo("watching; Ctrl-C ends it", err=True)
    watch(run_on, find_files, _tell)


def _tell(changed: Collection[str]) -> None:
    for path in changed:
        click.echo(f"{path} changed", err=True)
