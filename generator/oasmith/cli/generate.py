"""Generates clients."""

from __future__ import annotations

import click

from ..diagnostics import Diagnostics
from ..progress import show_progress
from ..wording import summarise
from . import options
from .options import Asked
from .running import Source, end, run_for_each

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..comparing.change import Comparison
    from ..config import ClientConfig
    from ..layout.package import Package
    from ..output.lock import Lock


@click.command()
@options.optional_spec
@options.output
@options.asking
@options.lenient
@click.option(
    "--report", metavar="FILE", help="Write what became of every part of it, as JSON."
)
def generate(
    spec: str | None,
    output: str | None,
    asked: Asked,
    lenient: bool,
    report: str | None,
) -> None:
    """Generate clients.

    Without arguments: every client in the pyproject.toml of this folder, or of the
    nearest one above it. Only files that change are written; files that are not
    oasmith's are never touched.
    """
    from ..pipeline import make_package

    def run(client: ClientConfig, diagnostics: Diagnostics) -> None:
        compared: list[Comparison] = []

        def compare(package: Package, previous: Lock | None) -> None:
            from ..compare_descriptions import compare_with_previous

            compared.extend(compare_with_previous(client, package, previous))

        with show_progress(f"generating {client.output_path}"):
            made = make_package(client, diagnostics, meanwhile=compare)
            from ..deliver import deliver
            from ..ledger import ledger_text, make_ledger

            written = deliver(client, made, diagnostics)
        ledger = make_ledger(made.package.api, made.left_out, diagnostics)
        click.echo(f"{client.output_path}: {summarise(written)}; {ledger.summary}")
        for comparison in compared:
            click.echo(comparison.summary)
        if report is not None:
            from ..output.write_text import write_text

            write_text(report, ledger_text(ledger), diagnostics)

    if report is not None and spec is None:
        raise click.UsageError("--report goes with a SPEC")
    end(run_for_each(Source(spec, output, asked, lenient), run).succeeded)
