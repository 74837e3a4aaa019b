"""Tells what a change of a description means for callers."""

from __future__ import annotations

from typing import Literal

import click

from ..diagnostics import Diagnostics
from ..progress import show_progress
from . import options
from .options import Asked
from .running import NO_PACKAGE, Source, end, run_for_each

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..comparing.change import Comparison
    from ..config import ClientConfig


@click.command()
@click.argument("old", required=False)
@click.argument("new", required=False)
@options.output
@options.asking
@options.lenient
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
)
@click.option(
    "--fail-on",
    type=click.Choice(["breaking", "risky", "never"]),
    default="breaking",
    help="Of which grade a change sets the exit code to 1.",
)
def diff(
    old: str | None,
    new: str | None,
    output: str | None,
    asked: Asked,
    lenient: bool,
    form: str,
    fail_on: Literal["breaking", "risky", "never"],
) -> None:
    """Tell what a new description changes for callers of the old one.

    OLD and NEW are files, or "git:REV:PATH" for what git keeps of one; "git:REV" is for
    the path of the other. Without NEW, each client in pyproject.toml is compared with
    what it was; without both, with what it was in git:HEAD.
    """
    from ..compare_descriptions import Sides, compare_descriptions, is_revision
    from ..comparing.reports import REPORTS

    if old is not None and new is None and not is_revision(old):
        raise click.UsageError("say which description is NEW")
    sides = Sides(old or "git:HEAD", new)

    def run(client: ClientConfig, diagnostics: Diagnostics) -> Comparison:
        with show_progress(f"comparing {client.spec_path}"):
            return compare_descriptions(client, sides, output, diagnostics)

    folder = output if sides.path is None else output or NO_PACKAGE
    ran = run_for_each(Source(sides.path, folder, asked, lenient), run)
    click.echo(REPORTS[form](ran.results), nl=False)
    failed = fail_on != "never" and any(it.is_as_bad_as(fail_on) for it in ran.results)
    end(ran.succeeded and not failed)
