"""Runs a command for the clients that it is asked for, and tells how that went."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import NamedTuple, NoReturn

import click

from ..diagnostics import Diagnostics, Stopped
from .options import Asked
from .telling import Format, Outcome, Report, tell, tell_all

# The rest is imported by the commands that need it: --help must not wait for it.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..config import ClientConfig

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
    from ..config import make_client

    return make_client(spec, output, diagnostics, **asked._asdict(), lenient=lenient)


def run_for_each(
    source: Source,
    command: Callable[[ClientConfig, Diagnostics], Report | None],
    form: Format = "text",
) -> bool:
    """Run a command for each client; one that fails does not keep the others.

    Args:
        command: Gives what is to be told; nothing, if it has told it by itself.

    Returns:
        Whether none failed.
    """
    clients: list[ClientConfig] = []

    def find(diagnostics: Diagnostics) -> None:
        clients.extend(source.find_clients(diagnostics))

    outcomes = [_tell_of(find, None, form)]
    for client in clients:
        outcomes.append(_tell_of(partial(command, client), client.spec_path, form))
    tell_all(click.get_current_context().info_name or "", outcomes, form)
    return not any(each.diagnostics.has_errors for each in outcomes)


def try_command(command: Callable[[Diagnostics], None]) -> bool:
    """Run a command and tell what it has to say; whether it succeeded."""
    return not _tell_of(command, None, "text").diagnostics.has_errors


def run_command(command: Callable[[Diagnostics], None]) -> NoReturn:
    """Run a command, tell what it has to say, and set the exit code."""
    end(try_command(command))


def end(succeeded: bool) -> NoReturn:
    """Set the exit code."""
    sys.exit(0 if succeeded else 1)


def _tell_of(
    command: Callable[[Diagnostics], Report | None], spec: str | None, form: Format
) -> Outcome:
    """Run a command and tell what it has to say."""
    diagnostics, report = Diagnostics(), None
    with suppress(Stopped):
        report = command(diagnostics)
    outcome = Outcome(spec, report, diagnostics)
    tell(outcome, form)
    return outcome
