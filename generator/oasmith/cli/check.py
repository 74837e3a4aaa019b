"""Tells whether generated code is up to date."""

from __future__ import annotations

import os

import click

from ..diagnostics import Diagnostics, Location
from ..progress import show_progress
from . import options
from .annotations import annotate, group_output
from .options import Asked
from .running import Source, end, run_for_each
from .telling import Format, Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..config import ClientConfig
    from ..output.drift import Drift


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
    from ..check_client import check_client

    def run(client: ClientConfig, diagnostics: Diagnostics) -> Report:
        folder = client.output_path
        with show_progress(f"checking {folder}"):
            drift = check_client(client, diagnostics)
        if drift:
            from ..output.compare import tell_drift

            tell_drift(folder, drift, diagnostics)
        return Report(_write(folder, drift, form), _members(folder, drift))

    end(run_for_each(Source(spec, output, asked, lenient), run, form).succeeded)


def _write(folder: str, drift: Drift, form: Format) -> str:
    if not drift:
        return f"{folder}: up to date\n"
    return _annotate(folder, drift) if form == "github" else drift.patch


def _members(folder: str, drift: Drift) -> dict[str, object]:
    files = [each._asdict() for each in drift.files]
    return {"output": folder, **drift._asdict(), "files": files}


def _annotate(folder: str, drift: Drift) -> str:
    """An annotation for each file but the edited ones, which have diagnostics."""
    from ..output.drift import describe

    told = "".join(
        annotate(
            "error",
            "oasmith: drift",
            [f"not as generated: {describe(each.kind)}"],
            Location(os.path.join(folder, each.path), each.line, min(1, each.line)),
        )
        for each in drift.files
        if each.kind != "edited"
    )
    return told + group_output(f"patch of {folder}", drift.patch)
