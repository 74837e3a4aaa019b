"""Writes a part of a description."""

from __future__ import annotations

import os

import click

from ..diagnostics import Diagnostics
from . import options
from .options import Asked
from .running import asked_client, run_command


@click.command(name="slice")
@options.spec
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    help="The file to write, .yaml or .json.",
)
@options.asking
def slice_(spec: str, output: str, asked: Asked) -> None:
    """Write a description of the included operations alone, with what they reach."""
    from ..write_slice import write_slice

    def run(diagnostics: Diagnostics) -> None:
        client = asked_client(diagnostics, spec, asked)
        write_slice(client, output, diagnostics)
        click.echo(f"{output}: {os.path.getsize(output):,} bytes")

    run_command(run)
