"""Runs a command for the clients that it is asked for, and tells how that went."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from typing import Generic, NamedTuple, NoReturn, TypeVar

import click

from ..diagnostics import Diagnostics, Stopped
from .options import Asked
from .telling import Finding, Format, Report, tell, tell_all

# The rest is imported by the commands that need it: --help must not wait for it.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..config import ClientConfig

T = TypeVar("T")

NO_PACKAGE = "client"
"""What a package would be called that is not asked for."""


class Source(NamedTuple):
    """Where the arguments of a command say that clients come from."""

    spec: str | None
    output: str | None
    asked: Asked
    lenient: bool = False

    def find_clients(self, diagnostics: Diagnostics) -> Sequence[ClientConfig]:
        """The client that the arguments describe, or all those in pyproject.toml."""
        from ..config import configured_clients

        if self.spec is None:
            if self.output is not None or any(self.asked) or self.lenient:
                raise click.UsageError("these options go with a SPEC")
            return configured_clients(diagnostics)
        if self.output is None:
            raise click.UsageError("say with -o where the package is to go")
        return [
            asked_client(diagnostics, self.spec, self.asked, self.output, self.lenient)
        ]

    def find_readable(self) -> Sequence[ClientConfig]:
        """As far as they can be read: where something is wrong with them, too."""
        from ..config import find_pyproject, read_clients

        if self.spec is None:
            pyproject = find_pyproject(os.curdir)
            return read_clients(pyproject, Diagnostics()) if pyproject else ()
        found, _ = _try(self.find_clients)
        return found or ()


def asked_client(
    diagnostics: Diagnostics,
    spec: str,
    asked: Asked,
    output: str = NO_PACKAGE,
    lenient: bool = False,
) -> ClientConfig:
    """The client that arguments describe."""
    from ..config_arguments import make_client

    return make_client(spec, output, diagnostics, **asked._asdict(), lenient=lenient)


class Outcome(NamedTuple, Generic[T]):
    """What a command found out for a client."""

    client: ClientConfig
    result: T | None
    """None where it stopped."""

    diagnostics: Diagnostics


class Ran(NamedTuple, Generic[T]):
    """What became of a command."""

    succeeded: bool
    """Whether there was no error."""

    results: Sequence[T]
    """What it gave for the clients for which it did not stop."""


def run_for_each(
    source: Source,
    command: Callable[[ClientConfig, Diagnostics], T],
    form: Format = "text",
) -> Ran[T]:
    """Run a command for each client; one that fails does not keep the others.

    Several clients are worked for at once, and told of one after another.

    Args:
        command: Gives what is to be told, as a Report, or a result of another kind.
    """

    def find(group: Sequence[Outcome[T]]) -> Iterator[Finding]:
        for client, result, diagnostics in group:
            report = result if isinstance(result, Report) else None
            yield Finding(client.spec_path, report, diagnostics)

    return _run(source, command, find, lambda clients: [[it] for it in clients], form)


def run_in_groups(
    source: Source,
    command: Callable[[ClientConfig, Diagnostics], T],
    find: Callable[[Sequence[Outcome[T]]], Iterable[Finding]],
    form: Format = "text",
) -> Ran[T]:
    """Run a command for each client, and go on with those that share a runtime.

    Args:
        command: Is called in a process for each, several at once.
        find: Is called here, with all clients that share a runtime, as soon as the
            command has run for these; gives what is to be told.
    """
    from ..targets import group_clients

    return _run(source, command, find, group_clients, form)


def find_failures(group: Iterable[Outcome[T]]) -> Iterator[Finding]:
    """What there is to say of the clients of a group that nothing could be made for."""
    for client, result, diagnostics in group:
        if result is None:
            yield Finding(client.spec_path, None, diagnostics)


def try_command(command: Callable[[Diagnostics], None]) -> bool:
    """Run a command and tell what it has to say; whether it succeeded."""
    _, diagnostics = _try(command)
    tell(Finding(None, None, diagnostics), "text")
    return not diagnostics.has_errors


def run_command(command: Callable[[Diagnostics], None]) -> NoReturn:
    """Run a command, tell what it has to say, and set the exit code."""
    end(try_command(command))


def end(succeeded: bool) -> NoReturn:
    """Set the exit code."""
    sys.exit(0 if succeeded else 1)


def _run(
    source: Source,
    command: Callable[[ClientConfig, Diagnostics], T],
    find: Callable[[Sequence[Outcome[T]]], Iterable[Finding]],
    group: Callable[[Sequence[ClientConfig]], Sequence[Sequence[ClientConfig]]],
    form: Format,
) -> Ran[T]:
    clients, diagnostics = _try(source.find_clients)
    findings = [Finding(None, None, diagnostics)]
    tell(findings[0], form)
    results: list[T] = []
    # Whatever happens here ends the processes, too.
    with closing(_run_for_all(command, clients or ())) as running:
        for outcomes in _gather(running, group(clients or ())):
            results += [it.result for it in outcomes if it.result is not None]
            for finding in find(outcomes):
                tell(finding, form)
                findings.append(finding)
    tell_all(click.get_current_context().info_name or "", findings, form)
    return Ran(not any(it.diagnostics.has_errors for it in findings), results)


def _try(command: Callable[[Diagnostics], T]) -> tuple[T | None, Diagnostics]:
    """Run a command as far as it goes; what it gives, and has to say."""
    diagnostics = Diagnostics()
    try:
        return command(diagnostics), diagnostics
    except Stopped:
        return None, diagnostics


def _gather(
    outcomes: Iterator[Outcome[T]], groups: Sequence[Sequence[ClientConfig]]
) -> Iterator[list[Outcome[T]]]:
    """The outcomes for each group, as soon as there are all of them."""
    found: dict[str, Outcome[T]] = {}
    for group in groups:
        folders = [client.output_path for client in group]
        while not found.keys() >= {*folders}:
            outcome = next(outcomes)
            found[outcome.client.output_path] = outcome
        yield [found.pop(folder) for folder in folders]


def _run_for_all(
    command: Callable[[ClientConfig, Diagnostics], T], clients: Sequence[ClientConfig]
) -> Generator[Outcome[T]]:
    """Run something for clients, if there are several in processes."""

    def run(client: ClientConfig) -> Outcome[T]:
        return Outcome(client, *_try(partial(command, client)))

    if clients[1:]:
        yield from _run_at_once(run, clients)
    else:
        yield from map(run, clients)


def _run_at_once(
    run: Callable[[ClientConfig], Outcome[T]], clients: Sequence[ClientConfig]
) -> Iterator[Outcome[T]]:
    from ..output.processes import cores_granted, count_cores
    from ..progress import show_progress
    from ..recording import recorded
    from ..several import call_several

    cores = count_cores()
    most = min(cores, len(clients))
    if most < 2:
        yield from map(run, clients)
        return

    def record(client: ClientConfig) -> tuple[Sequence[tuple[bool, str]], Outcome[T]]:
        with recorded() as said, cores_granted(cores // most):
            outcome = run(client)
        # The document that places stand in stays where it is.
        return said, outcome._replace(diagnostics=outcome.diagnostics.located())

    outcomes = call_several(record, clients, most)
    for _ in clients:
        with show_progress(f"working for {len(clients)} clients"):
            said, outcome = next(outcomes)
        for is_error, text in said:
            stream = sys.stderr if is_error else sys.stdout
            stream.write(text)
            stream.flush()
        yield outcome
