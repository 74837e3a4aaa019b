"""Tells what is wrong with a description."""

from __future__ import annotations

import click

from ..diagnostics import Diagnostics
from ..progress import show_progress
from ..wording import count
from . import options
from .options import Asked
from .running import asked_client, run_command


@click.command()
@options.spec
@options.asking
@options.lenient
def validate(spec: str, asked: Asked, lenient: bool) -> None:
    """Tell what is wrong with a description, and generate nothing."""
    from ..pipeline import make_package

    def run(diagnostics: Diagnostics) -> None:
        client = asked_client(diagnostics, spec, asked, lenient=lenient)
        with show_progress(f"validating {spec}"):
            made = make_package(client, diagnostics, is_strict=True)
        every = made.package.api.operations
        operations = sum(each.variant is None for each in every)
        outcome = "sound in part" if made.left_out else "valid"
        click.echo(f"{spec}: {outcome}, {count(operations, 'operation')}")

    run_command(run)
