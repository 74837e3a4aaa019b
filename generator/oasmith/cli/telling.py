"""Tells what a command found out: as text, as JSON, or as GitHub's annotations."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, assert_never

import click

from ..diagnostics import Diagnostic, Diagnostics
from ..listing import paint_diagnostic, split_repetitive
from ..wording import count

Format = Literal["text", "github", "json"]


class Report(NamedTuple):
    """What a command found out about a client, besides the diagnostics."""

    text: str
    """For standard output, where JSON is not asked for; whole lines."""

    members: Mapping[str, object]
    """The same for JSON."""


class Outcome(NamedTuple):
    """What became of a command for one client."""

    spec: str | None
    """The path of its description; None while no client is known."""

    report: Report | None
    """None where the diagnostics have errors, or all has been said."""

    diagnostics: Diagnostics


def tell(outcome: Outcome, form: Format) -> None:
    """Print an outcome, as far as it can be told by itself."""
    match form:
        case "text":
            _print_text(outcome)
            _print_diagnostics(outcome.diagnostics)
        case "github":
            _print_text(outcome)
            _print_annotations(outcome.diagnostics)
        case "json":
            pass  # It is one object for all of them.
        case _:
            assert_never(form)


def tell_all(command: str, outcomes: Iterable[Outcome], form: Format) -> None:
    """Print the outcomes for all clients, as far as they can be told only together.

    Args:
        command: Its name.
    """
    if form != "json":
        return
    clients: list[dict[str, object]] = []
    general: list[dict[str, object]] = []
    for spec, report, diagnostics in outcomes:
        told = list(map(_diagnostic_members, diagnostics))
        if spec is None:
            general += told
        else:
            members: Mapping[str, object] = report.members if report else {}
            clients.append({"spec": spec, **members, "diagnostics": told})
    # In ASCII: what a description says must not reach a terminal as it is.
    page = {command: 1, "clients": clients, "diagnostics": general}
    click.echo(json.dumps(page, indent=2))


def _print_text(outcome: Outcome) -> None:
    if outcome.report is not None:
        click.echo(outcome.report.text, nl=False)


def _print_diagnostics(diagnostics: Diagnostics) -> None:
    """Print the diagnostics; of warnings of one kind no more than a few."""
    told, more = split_repetitive(diagnostics)
    for diagnostic in told:
        click.echo(paint_diagnostic(diagnostic), err=True)
    for line in _say_more(more):
        click.echo(line, err=True)


def _print_annotations(diagnostics: Diagnostics) -> None:
    from .annotations import annotate_diagnostic

    told, more = split_repetitive(diagnostics)
    for diagnostic in told:
        click.echo(annotate_diagnostic(diagnostic), nl=False)
    for line in _say_more(more):
        click.echo(line)


def _say_more(more: Mapping[str, int]) -> Iterable[str]:
    for code, number in more.items():
        yield f"warning[{code}]: {count(number, 'more warning')} of this kind"


def _diagnostic_members(diagnostic: Diagnostic) -> dict[str, object]:
    location = diagnostic.place.locate() if diagnostic.place else None
    return {
        "severity": diagnostic.severity,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "file": location.file if location else None,
        "line": location.line or None if location else None,
        "column": location.column or None if location else None,
        "help": diagnostic.help,
    }
