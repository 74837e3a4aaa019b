"""Tells whether generated code is up to date."""

from __future__ import annotations

import click

from ..diagnostics import Diagnostics
from ..progress import show_progress
from . import options
from .options import Asked
from .running import Source, end, run_for_each

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..config import ClientConfig


@click.command()
@options.optional_spec
@options.output
@options.asking
@options.lenient
def check(spec: str | None, output: str | None, asked: Asked, lenient: bool) -> None:
    """Tell whether generated code is what would be generated now.

    Takes what generate takes; writes and fetches nothing. When something differs, a
    patch is printed that "git apply" takes, and the exit code is 1.
    """
    from ..deliver import compare_with_delivered
    from ..output.compare import tell_drift
    from ..pipeline import make_package

    def run(client: ClientConfig, diagnostics: Diagnostics) -> None:
        with show_progress(f"checking {client.output_path}"):
            made = make_package(client, diagnostics, is_offline=True)
            drift = compare_with_delivered(client, made, diagnostics)
        if not drift:
            click.echo(f"{client.output_path}: up to date")
            return
        click.echo(drift.patch, nl=False)
        tell_drift(client.output_path, drift, diagnostics)

    end(run_for_each(Source(spec, output, asked, lenient), run).succeeded)
