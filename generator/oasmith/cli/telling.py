"""Tells what a command found out: as text, as JSON, or as GitHub's annotations."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
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


class Told(NamedTuple):
    """What is left to be told of a client, with all others."""

    spec: str | None
    """The path of its description; None while no client is known."""

    members: Mapping[str, object]
    diagnostics: Sequence[Mapping[str, object]]


def tell(
    spec: str | None,
    reports: Sequence[Report],
    diagnostics: Diagnostics,
    form: Format,
) -> Told:
    """Print what became of a command, as far as it can be told by itself.

    Args:
        spec: The path of the client's description, once there is a client.
        reports: One, unless the command stopped or has said all by itself.
    """
    match form:
        case "text":
            _print_texts(reports)
            _print_diagnostics(diagnostics)
        case "github":
            _print_texts(reports)
            _print_annotations(diagnostics)
        case "json":
            members = {key: it for each in reports for key, it in each.members.items()}
            return Told(spec, members, [*map(_diagnostic_members, diagnostics)])
        case _:
            assert_never(form)
    return Told(spec, {}, [])


def tell_all(command: str, every: Iterable[Told], form: Format) -> None:
    """Print what is told of all clients, as far as it can be told only together.

    Args:
        command: Its name.
    """
    if form != "json":
        return
    clients: list[dict[str, object]] = []
    general: list[Mapping[str, object]] = []
    for spec, members, diagnostics in every:
        if spec is None:
            general += diagnostics
        else:
            clients.append({"spec": spec, **members, "diagnostics": diagnostics})
    # In ASCII: what a description says must not reach a terminal as it is.
    page = {command: 1, "clients": clients, "diagnostics": general}
    click.echo(json.dumps(page, indent=2))


def _print_texts(reports: Iterable[Report]) -> None:
    for report in reports:
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
