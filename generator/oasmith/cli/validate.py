"""Tells what is wrong with a description."""

from __future__ import annotations

import click

from ..diagnostics import Diagnostics
from ..progress import show_progress
from ..wording import count
from . import options
from .options import Asked
from .running import NO_PACKAGE, Source, end, run_for_each
from .telling import Format, Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..config import ClientConfig


@click.command()
@options.spec
@options.asking
@options.lenient
@options.form
def validate(spec: str, asked: Asked, lenient: bool, form: Format) -> None:
    """Tell what is wrong with a description, and generate nothing."""
    from ..pipeline import make_package

    def run(client: ClientConfig, diagnostics: Diagnostics) -> Report:
        with show_progress(f"validating {spec}"):
            made = make_package(client, diagnostics, is_strict=True)
        every = made.package.api.operations
        operations = sum(each.variant is None for each in every)
        outcome = "sound in part" if made.left_out else "valid"
        text = f"{spec}: {outcome}, {count(operations, 'operation')}\n"
        return Report(text, {"operations": operations, "left_out": len(made.left_out)})

    end(run_for_each(Source(spec, NO_PACKAGE, asked, lenient), run, form).succeeded)
