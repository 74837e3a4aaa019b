"""Runs a command for the clients that it is asked for, and tells how that went."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import Generic, NamedTuple, NoReturn, TypeVar

import click

from ..diagnostics import Diagnostics, Stopped
from .options import Asked
from .telling import Format, Report, Told, tell, tell_all

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


class Ran(NamedTuple, Generic[T]):
    """What became of a command."""

    succeeded: bool
    """Whether there was no error."""

    results: Sequence[T]
    """What it gave, unless it stopped."""

    told: Sequence[Told]


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
    found = _tell_of(source.find_clients, None, form)
    clients = [client for clients in found.results for client in clients]

    def run(client: ClientConfig) -> Ran[T]:
        return _tell_of(partial(command, client), client.spec_path, form)

    every: list[Ran[T]] = []
    every += _run_at_once(run, clients) if clients[1:] else map(run, clients)
    told = [*found.told, *(each for ran in every for each in ran.told)]
    tell_all(click.get_current_context().info_name or "", told, form)
    return Ran(
        found.succeeded and all(each.succeeded for each in every),
        [result for each in every for result in each.results],
        told,
    )


def _run_at_once(
    run: Callable[[ClientConfig], Ran[T]], clients: Sequence[ClientConfig]
) -> Iterator[Ran[T]]:
    """Run something for clients in processes, and print what each of them prints."""
    from ..output.processes import cores_granted, count_cores
    from ..progress import show_progress
    from ..recording import recorded
    from ..several import call_several

    cores = count_cores()
    most = min(cores, len(clients))
    if most < 2:
        yield from map(run, clients)
        return

    def record(client: ClientConfig) -> tuple[Sequence[tuple[bool, str]], Ran[T]]:
        with recorded() as said, cores_granted(cores // most):
            return said, run(client)

    outcomes = call_several(record, clients, most)
    for _ in clients:
        with show_progress(f"working for {len(clients)} clients"):
            said, ran = next(outcomes)
        for is_error, text in said:
            stream = sys.stderr if is_error else sys.stdout
            stream.write(text)
            stream.flush()
        yield ran


def try_command(command: Callable[[Diagnostics], None]) -> bool:
    """Run a command and tell what it has to say; whether it succeeded."""
    return _tell_of(command, None, "text").succeeded


def run_command(command: Callable[[Diagnostics], None]) -> NoReturn:
    """Run a command, tell what it has to say, and set the exit code."""
    end(try_command(command))


def end(succeeded: bool) -> NoReturn:
    """Set the exit code."""
    sys.exit(0 if succeeded else 1)


def _tell_of(
    command: Callable[[Diagnostics], T], spec: str | None, form: Format
) -> Ran[T]:
    """Run a command and tell what it has to say."""
    diagnostics = Diagnostics()
    results: list[T] = []
    with suppress(Stopped):
        results.append(command(diagnostics))
    reports = [each for each in results if isinstance(each, Report)]
    told = tell(spec, reports, diagnostics, form)
    return Ran(not diagnostics.has_errors, results, [told])
