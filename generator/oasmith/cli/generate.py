"""Generates clients."""

from __future__ import annotations

import time
from functools import partial

import click

from ..diagnostics import Diagnostics
from ..progress import show_progress
from ..wording import summarise
from . import options
from .options import Asked
from .running import Source, end, run_for_each, try_command

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
@click.option(
    "--depfile", metavar="FILE", help="Write what it depends on, for Make and Ninja."
)
@click.option("--watch", is_flag=True, help="Generate again when a file changes.")
def generate(
    spec: str | None,
    output: str | None,
    asked: Asked,
    lenient: bool,
    report: str | None,
    depfile: str | None,
    watch: bool,
) -> None:
    """Generate clients.

    Without arguments: every client in the pyproject.toml of this folder, or of the
    nearest one above it. Only files that change are written; files that are not
    oasmith's are never touched.
    """
    from ..unchanged import is_unchanged

    def run(client: ClientConfig, diagnostics: Diagnostics) -> None:
        if report is None and is_unchanged(client):
            click.echo(f"{client.output_path}: up to date")
            return
        from ..pipeline import make_package

        compared: list[Comparison] = []

        def compare(package: Package, previous: Lock) -> None:
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
    source = Source(spec, output, asked, lenient)

    def run_all() -> bool:
        started = time.time_ns()
        if not run_for_each(source, run).succeeded:
            return False
        if depfile is None:
            return True
        from ..write_depfile import write_depfile

        write = partial(write_depfile, depfile, source.find_clients, started)
        return try_command(write)

    if watch:
        from .watch import run_while_watching

        run_while_watching(source, run_all)
    end(run_all())
