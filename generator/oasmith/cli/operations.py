"""Lists what a description offers."""

from __future__ import annotations

import click

from ..diagnostics import Diagnostics
from ..escape import escape_unsafe
from ..wording import list_in_columns
from . import options
from .options import Asked
from .running import asked_client, run_command


@click.command()
@options.spec
@options.asking
def operations(spec: str, asked: Asked) -> None:
    """List the operations of a description, by what they can be included with."""
    from ..pipeline import find_operations

    def run(diagnostics: Diagnostics) -> None:
        client = asked_client(diagnostics, spec, asked)
        found = find_operations(client, diagnostics)
        for line in list_in_columns(found):
            click.echo(escape_unsafe(line))

    run_command(run)
