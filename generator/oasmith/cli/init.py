"""Adds a client to pyproject.toml."""

from __future__ import annotations

import click

from ..diagnostics import Diagnostics
from . import options
from .options import Asked
from .running import run_command


@click.command()
@options.spec
@click.option(
    "-o", "--output", metavar="DIR", help="The folder that is to become the package."
)
@options.asking
def init(spec: str, output: str | None, asked: Asked) -> None:
    """Add a client to pyproject.toml, so that "oasmith generate" makes it."""
    from ..add_client import add_client

    def run(diagnostics: Diagnostics) -> None:
        pyproject, table = add_client(spec, output, diagnostics, **asked._asdict())
        click.echo(f"{pyproject}: added\n\n{table}", nl=False)

    run_command(run)
