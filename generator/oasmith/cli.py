"""The command line: the only module that prints."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial, wraps
from typing import Literal, NamedTuple, NoReturn

import click

from . import __version__
from .diagnostics import Diagnostics, Stopped
from .escape import escape_unsafe
from .listing import paint_diagnostic, split_repetitive
from .progress import show_progress
from .wording import count, list_in_columns, summarise

# The rest is imported by the commands that need it: --help must not wait for it.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .comparing.change import Comparison
    from .config import ClientConfig
    from .layout.package import Package
    from .output.lock import Lock

_INCLUDE_HELP = (
    'Operations to take: "POST /pets/**", "/pets/*", "tag:Pets" or "op:list-*". '
    "May be given several times; all operations are taken without it."
)

_ALLOW_HELP = (
    "A folder, besides the description's own, that its references may lead into."
)
_ALLOW_REMOTE_HELP = "A host that references may lead to."

_NO_PACKAGE = "client"
"""What a package would be called that is not asked for."""

_spec = click.argument("spec", type=click.Path())
_output = click.option(
    "-o", "--output", metavar="DIR", help="The folder of the package."
)


class _Asked(NamedTuple):
    """What the options say that all commands on a description have."""

    include: tuple[str, ...]
    allow: tuple[str, ...]
    allow_remote: tuple[str, ...]


def _asking(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command these options, as one argument."""

    @click.option(
        "-i", "--include", multiple=True, metavar="PATTERN", help=_INCLUDE_HELP
    )
    @click.option("--allow", multiple=True, metavar="DIR", help=_ALLOW_HELP)
    @click.option(
        "--allow-remote", multiple=True, metavar="HOST", help=_ALLOW_REMOTE_HELP
    )
    @wraps(command)
    def run(
        include: tuple[str, ...],
        allow: tuple[str, ...],
        allow_remote: tuple[str, ...],
        **others: object,
    ) -> None:
        command(asked=_Asked(include, allow, allow_remote), **others)

    return run


_lenient = click.option(
    "--lenient",
    is_flag=True,
    help="Leave out what is at fault; the exit code is 1 all the same.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def cli() -> None:
    """Turn OpenAPI descriptions into Python client packages.

    A package needs nothing but the standard library. Keep it with your code, and
    generate it again when the description changes.

    \b
    To begin:
      oasmith operations specs/pets.yaml            what there is
      oasmith generate specs/pets.yaml -o src/pets  all of it, as a package
      oasmith init specs/pets.yaml                  keep this in pyproject.toml
      oasmith generate                              from then on
    """


@cli.command()
@click.argument("spec", type=click.Path(), required=False)
@_output
@_asking
@_lenient
@click.option(
    "--report", metavar="FILE", help="Write what became of every part of it, as JSON."
)
def generate(
    spec: str | None,
    output: str | None,
    asked: _Asked,
    lenient: bool,
    report: str | None,
) -> None:
    """Generate clients.

    Without arguments: every client in the pyproject.toml of this folder, or of the
    nearest one above it. Only files that change are written; files that are not
    oasmith's are never touched.
    """
    from .pipeline import make_package

    def run(client: ClientConfig, diagnostics: Diagnostics) -> None:
        compared: list[Comparison] = []

        def compare(package: Package, previous: Lock | None) -> None:
            from .compare_descriptions import compare_with_previous

            compared.extend(compare_with_previous(client, package, previous))

        with show_progress(f"generating {client.output_path}"):
            made = make_package(client, diagnostics, meanwhile=compare)
            from .ledger import ledger_text, make_ledger
            from .output.write import write_package
            from .output.write_copies import write_copies

            write_copies(made.copies, diagnostics)
            written = write_package(client.output_path, made.files, diagnostics)
        ledger = make_ledger(made.package.api, made.left_out, diagnostics)
        click.echo(f"{client.output_path}: {summarise(written)}; {ledger.summary}")
        for comparison in compared:
            click.echo(comparison.summary)
        if report is not None:
            from .output.write_text import write_text

            write_text(report, ledger_text(ledger), diagnostics)

    if report is not None and spec is None:
        raise click.UsageError("--report goes with a SPEC")
    _exit(_run_for_each(_Source(spec, output, asked, lenient), run))


@cli.command()
@click.argument("spec", type=click.Path(), required=False)
@_output
@_asking
@_lenient
def check(spec: str | None, output: str | None, asked: _Asked, lenient: bool) -> None:
    """Tell whether generated code is what would be generated now.

    Takes what generate takes; writes and fetches nothing. When something differs, a
    patch is printed that "git apply" takes, and the exit code is 1.
    """
    from .output.compare import compare_package, tell_drift
    from .pipeline import make_package

    def run(client: ClientConfig, diagnostics: Diagnostics) -> None:
        with show_progress(f"checking {client.output_path}"):
            made = make_package(client, diagnostics, is_offline=True)
            drift = compare_package(client.output_path, made.files, diagnostics)
        if not drift:
            click.echo(f"{client.output_path}: up to date")
            return
        click.echo(drift.patch, nl=False)
        tell_drift(client.output_path, drift, diagnostics)

    _exit(_run_for_each(_Source(spec, output, asked, lenient), run))


@cli.command()
@_spec
@_asking
@_lenient
def validate(spec: str, asked: _Asked, lenient: bool) -> None:
    """Tell what is wrong with a description, and generate nothing."""
    from .pipeline import make_package

    def run(diagnostics: Diagnostics) -> None:
        client = _client(diagnostics, spec, _NO_PACKAGE, asked, lenient)
        with show_progress(f"validating {spec}"):
            made = make_package(client, diagnostics, is_strict=True)
        every = made.package.api.operations
        operations = sum(each.variant is None for each in every)
        outcome = "sound in part" if made.left_out else "valid"
        click.echo(f"{spec}: {outcome}, {count(operations, 'operation')}")

    _run(run)


@cli.command()
@_spec
@_asking
def operations(spec: str, asked: _Asked) -> None:
    """List the operations of a description, by what they can be included with."""
    from .pipeline import find_operations

    def run(diagnostics: Diagnostics) -> None:
        client = _client(diagnostics, spec, _NO_PACKAGE, asked)
        found = find_operations(client, diagnostics)
        for line in list_in_columns(found):
            click.echo(escape_unsafe(line))

    _run(run)


@cli.command(name="slice")
@_spec
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    help="The file to write, .yaml or .json.",
)
@_asking
def slice_(spec: str, output: str, asked: _Asked) -> None:
    """Write a description of the included operations alone, with what they reach."""
    from .write_slice import write_slice

    def run(diagnostics: Diagnostics) -> None:
        client = _client(diagnostics, spec, _NO_PACKAGE, asked)
        write_slice(client, output, diagnostics)
        click.echo(f"{output}: {os.path.getsize(output):,} bytes")

    _run(run)


@cli.command()
@click.argument("old", required=False)
@click.argument("new", required=False)
@_output
@_asking
@_lenient
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
    asked: _Asked,
    lenient: bool,
    form: str,
    fail_on: Literal["breaking", "risky", "never"],
) -> None:
    """Tell what a new description changes for callers of the old one.

    OLD and NEW are files, or "git:REV:PATH" for what git keeps of one; "git:REV" is for
    the path of the other. Without NEW, each client in pyproject.toml is compared with
    what it was; without both, with what it was in git:HEAD.
    """
    from .compare_descriptions import Sides, compare_descriptions, is_revision
    from .comparing.reports import REPORTS

    if old is not None and new is None and not is_revision(old):
        raise click.UsageError("say which description is NEW")
    sides = Sides(old or "git:HEAD", new)
    comparisons: list[Comparison] = []

    def run(client: ClientConfig, diagnostics: Diagnostics) -> None:
        with show_progress(f"comparing {client.spec_path}"):
            compared = compare_descriptions(client, sides, output, diagnostics)
        comparisons.append(compared)

    folder = output if sides.path is None else output or _NO_PACKAGE
    succeeded = _run_for_each(_Source(sides.path, folder, asked, lenient), run)
    click.echo(REPORTS[form](comparisons), nl=False)
    failed = fail_on != "never" and any(it.is_as_bad_as(fail_on) for it in comparisons)
    _exit(succeeded and not failed)


@cli.command()
@_spec
@click.option(
    "-o", "--output", metavar="DIR", help="The folder that is to become the package."
)
@_asking
def init(spec: str, output: str | None, asked: _Asked) -> None:
    """Add a client to pyproject.toml, so that "oasmith generate" makes it."""
    from .add_client import add_client

    def run(diagnostics: Diagnostics) -> None:
        pyproject, table = add_client(spec, output, diagnostics, **asked._asdict())
        click.echo(f"{pyproject}: added\n\n{table}", nl=False)

    _run(run)


def run() -> int:
    """Run the command line, and give the exit code.

    Raises:
        KeyboardInterrupt: Somebody pressed Ctrl-C.
    """
    try:
        cli(prog_name="oasmith", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    return 0


class _Source(NamedTuple):
    """Where the arguments of generate and check say that clients come from."""

    spec: str | None
    output: str | None
    asked: _Asked
    lenient: bool

    def find_clients(self, diagnostics: Diagnostics) -> Sequence[ClientConfig]:
        """The client that the arguments describe, or all those in pyproject.toml."""
        from .config import configured_clients

        if self.spec is None:
            if self.output is not None or any(self.asked) or self.lenient:
                raise click.UsageError("these options go with a SPEC")
            return configured_clients(diagnostics)
        if self.output is None:
            raise click.UsageError("say with -o where the package is to go")
        return [_client(diagnostics, self.spec, self.output, self.asked, self.lenient)]


def _client(
    diagnostics: Diagnostics,
    spec: str,
    output: str,
    asked: _Asked,
    lenient: bool = False,
) -> ClientConfig:
    from .config import make_client

    return make_client(spec, output, diagnostics, **asked._asdict(), lenient=lenient)


def _run_for_each(
    source: _Source, command: Callable[[ClientConfig, Diagnostics], None]
) -> bool:
    """Run a command for each client; one that fails does not keep the others.

    Returns:
        Whether none failed.
    """
    clients: list[ClientConfig] = []
    succeeded = [_tell_of(lambda told: clients.extend(source.find_clients(told)))]
    succeeded += [_tell_of(partial(command, client)) for client in clients]
    return all(succeeded)


def _run(command: Callable[[Diagnostics], None]) -> None:
    """Run a command, tell what it has to say, and set the exit code."""
    _exit(_tell_of(command))


def _exit(succeeded: bool) -> NoReturn:
    sys.exit(0 if succeeded else 1)


def _tell_of(command: Callable[[Diagnostics], None]) -> bool:
    """Run a command and tell what it has to say; whether it succeeded."""
    diagnostics = Diagnostics()
    with suppress(Stopped):
        command(diagnostics)
    _tell(diagnostics)
    return not diagnostics.has_errors


def _tell(diagnostics: Diagnostics) -> None:
    """Print the diagnostics; of warnings of one kind no more than a few."""
    told, more = split_repetitive(diagnostics)
    for diagnostic in told:
        click.echo(paint_diagnostic(diagnostic), err=True)
    for code, number in more.items():
        text = f"warning[{code}]: {count(number, 'more warning')} of this kind"
        click.echo(text, err=True)
