"""Tells whether generated code is up to date."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

import click

from ..diagnostics import Diagnostics, Location
from ..progress import show_progress
from . import options
from .annotations import annotate, group_output
from .options import Asked
from .running import Outcome, Source, end, find_failures, run_in_groups
from .telling import Finding, Format, Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..config import ClientConfig
    from ..output.drift import Drift
    from ..product import Product


@click.command()
@options.optional_spec
@options.output
@options.asking
@options.lenient
@options.form
def check(
    spec: str | None, output: str | None, asked: Asked, lenient: bool, form: Format
) -> None:
    """Tell whether generated code is what would be generated now.

    Takes what generate takes; writes and fetches nothing. When something differs, a
    patch is printed that "git apply" takes, what was edited by hand is named, and the
    exit code is 1.
    """
    from ..make_product import make_product

    def run(client: ClientConfig, diagnostics: Diagnostics) -> Product:
        with show_progress(f"checking {client.output_path}"):
            return make_product(client, diagnostics)

    def find(group: Sequence[Outcome[Product]]) -> Iterator[Finding]:
        return _find_drift(group, form)

    ran = run_in_groups(Source(spec, output, asked, lenient), run, find, form)
    end(ran.succeeded)


def _find_drift(group: Sequence[Outcome[Product]], form: Format) -> Iterator[Finding]:
    from ..deliver import compare
    from ..output.compare import tell_drift

    made = [each.result for each in group if each.result is not None]
    told = {each.client.output_path: each.diagnostics for each in group}
    for target, client, drift, found in compare(made):
        folder = target.folder
        diagnostics = told[folder] if client is not None else found
        diagnostics.add_all(found)
        tell_drift(folder, drift, diagnostics)
        report = Report(_write(folder, drift, form), _members(folder, drift))
        yield Finding(client.spec_path if client else None, report, diagnostics)
    yield from find_failures(group)


def _write(folder: str, drift: Drift, form: Format) -> str:
    if not drift:
        return f"{folder}: up to date\n"
    return _annotate(folder, drift) if form == "github" else drift.patch


def _members(folder: str, drift: Drift) -> dict[str, object]:
    files = [each._asdict() for each in drift.files]
    return {"output": folder, **drift._asdict(), "files": files}


def _annotate(folder: str, drift: Drift) -> str:
    """An annotation for each file but those of which a diagnostic tells."""
    from ..output.drift import describe

    told = "".join(
        annotate(
            "error",
            "oasmith: drift",
            [f"not as generated: {describe(each.kind)}"],
            Location(os.path.join(folder, each.path), each.line, min(1, each.line)),
        )
        for each in drift.files
        if each.kind not in ("edited", "blocked")
    )
    return told + group_output(f"patch of {folder}", drift.patch)
