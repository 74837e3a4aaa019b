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
    """What a command found out, besides the diagnostics."""

    text: str
    """For standard output, where JSON is not asked for; whole lines."""

    members: Mapping[str, object]
    """The same for JSON."""


class Finding(NamedTuple):
    """What is told at a time: of a client, of a runtime, or of neither."""

    spec: str | None
    """The path of the client's description."""

    report: Report | None
    """None where a command stopped, or has nothing to say."""

    diagnostics: Diagnostics


def tell(finding: Finding, form: Format) -> None:
    """Print what a command found out, as far as it can be told by itself."""
    match form:
        case "text":
            _print_text(finding.report)
            _print_diagnostics(finding.diagnostics)
        case "github":
            _print_text(finding.report)
            _print_annotations(finding.diagnostics)
        case "json":
            pass
        case _:
            assert_never(form)


def tell_all(command: str, findings: Iterable[Finding], form: Format) -> None:
    """Print what was found out, as far as it can be told only together.

    Args:
        command: Its name.
    """
    if form != "json":
        return
    clients: list[dict[str, object]] = []
    runtimes: list[dict[str, object]] = []
    general: list[Mapping[str, object]] = []
    for spec, report, diagnostics in findings:
        told = [*map(_diagnostic_members, diagnostics)]
        members: Mapping[str, object] = report.members if report else {}
        if spec is not None:
            clients.append({"spec": spec, **members, "diagnostics": told})
        elif report is not None:
            runtimes.append({**members, "diagnostics": told})
        else:
            general += told
    page: dict[str, object] = {command: 1, "clients": clients}
    if runtimes:
        page["runtimes"] = runtimes
    # In ASCII: what a description says must not reach a terminal as it is.
    click.echo(json.dumps({**page, "diagnostics": general}, indent=2))


def _print_text(report: Report | None) -> None:
    if report is not None:
        click.echo(report.text, nl=False)


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
