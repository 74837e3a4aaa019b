"""Generates clients."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import NamedTuple

import click

from ..diagnostics import Diagnostics, Stopped
from ..product import Product, product_of
from ..progress import show_progress
from ..wording import summarise
from . import options
from .options import Asked
from .running import (
    Outcome,
    Source,
    end,
    find_failures,
    run_in_groups,
    try_command,
)
from .telling import Finding, Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..comparing.change import Comparison
    from ..config import ClientConfig
    from ..layout.package import Package
    from ..output.lock import Lock
    from ..output.write import Written


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

    def run(client: ClientConfig, diagnostics: Diagnostics) -> _Product:
        if report is None and is_unchanged(client):
            return _Product(Product(client))
        with show_progress(f"generating {client.output_path}"):
            return _make(client, diagnostics, has_report=report is not None)

    def find(group: Sequence[Outcome[_Product]]) -> Iterator[Finding]:
        return _write(group, report)

    if report is not None and spec is None:
        raise click.UsageError("--report goes with a SPEC")
    source = Source(spec, output, asked, lenient)

    def run_all() -> bool:
        started = time.time_ns()
        if not run_in_groups(source, run, find).succeeded:
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


class _Product(NamedTuple):
    """What was made for a client, and what there is to say of it."""

    product: Product
    summary: str = ""
    changes: Sequence[str] = ()
    """What they are for callers, a line for each package that was there."""

    ledger: str = ""
    """What became of every part of the description, where that is asked for."""


def _make(
    client: ClientConfig, diagnostics: Diagnostics, *, has_report: bool
) -> _Product:
    from ..pipeline import make_package

    compared: list[Comparison] = []

    def compare(package: Package, previous: Lock) -> None:
        from ..compare_descriptions import compare_with_previous

        compared.extend(compare_with_previous(client, package, previous))

    made = make_package(client, diagnostics, meanwhile=compare)
    from ..ledger import ledger_text, make_ledger

    ledger = make_ledger(made.package.api, made.left_out, diagnostics)
    return _Product(
        product_of(client, made),
        ledger.summary,
        [comparison.summary for comparison in compared],
        ledger_text(ledger) if has_report else "",
    )


def _write(group: Sequence[Outcome[_Product]], report: str | None) -> Iterator[Finding]:
    """Write what was made for clients that share a runtime, and say so."""
    from ..deliver import deliver

    failed = [each.client for each in group if each.result is None]
    made = {each.client.output_path: each for each in group}
    products = [each.result.product for each in group if each.result is not None]
    for target, client, written, told, is_current in deliver(products, failed):
        if client is None:
            text = _say(target.folder, written, is_current)
            yield Finding(None, Report(text, {}), told)
            continue
        _, product, diagnostics = made[client.output_path]
        assert product is not None
        diagnostics.add_all(told)
        text = _say(target.folder, written, is_current, product)
        if report is not None and written is not None:
            from ..output.write_text import write_text

            with suppress(Stopped):
                write_text(report, product.ledger, diagnostics)
        yield Finding(client.spec_path, Report(text, {}), diagnostics)
    yield from find_failures(group)


def _say(
    folder: str,
    written: Written | None,
    is_current: bool,
    product: _Product | None = None,
) -> str:
    """What became of a target, in whole lines."""
    if is_current:
        return f"{folder}: up to date\n"
    if written is None:
        return ""
    line = f"{folder}: {summarise(written)}"
    if product is None:
        return f"{line}\n"
    lines = [f"{line}; {product.summary}", *product.changes]
    return "".join(f"{each}\n" for each in lines)
