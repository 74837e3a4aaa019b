"""The command line: the only module that prints."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial, wraps
from typing import NamedTuple

import click

from . import __version__
from .diagnostics import Diagnostic, Diagnostics, File, Stopped
from .listing import escape_controls, format_diagnostic
from .progress import show_progress
from .wording import align, count, summarise

# The rest is imported by the commands that need it: --help must not wait for it.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .config import ClientConfig

_INCLUDE_HELP = (
    'Operations to take: "POST /pets/**", "/pets/*", "tag:Pets" or "op:list-*". '
    "May be given several times; all operations are taken without it."
)

_MOST_WARNINGS = 5
"""Of one kind that are printed; a large description may have hundreds."""

_ALLOW_HELP = (
    "A folder, besides the description's own, that its references may lead into."
)
_ALLOW_REMOTE_HELP = "A host that references may lead to."

_spec = click.argument("spec", type=click.Path())


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
@click.option(
    "-o", "--output", metavar="DIR", help="The folder that becomes the package."
)
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
        with show_progress(f"generating {client.output_path}"):
            made = make_package(client, diagnostics)
            from .ledger import ledger_text, make_ledger
            from .output.write import write_package
            from .output.write_copies import write_copies

            write_copies(made.copies, diagnostics)
            written = write_package(client.output_path, made.files, diagnostics)
        ledger = make_ledger(made.package.api, made.left_out, diagnostics)
        click.echo(f"{client.output_path}: {summarise(written)}; {ledger.summary}")
        if report is not None:
            from .output.write_text import write_text

            write_text(report, ledger_text(ledger), diagnostics)

    if report is not None and spec is None:
        raise click.UsageError("--report goes with a SPEC")
    _run_for_each(_Source(spec, output, asked, lenient), run)


@cli.command()
@click.argument("spec", type=click.Path(), required=False)
@click.option("-o", "--output", metavar="DIR", help="The folder of the package.")
@_asking
@_lenient
def check(spec: str | None, output: str | None, asked: _Asked, lenient: bool) -> None:
    """Tell whether generated code is what would be generated now.

    Takes what generate takes; writes and fetches nothing. When something differs, a
    patch is printed that "git apply" takes, and the exit code is 1.
    """
    from .output.compare import compare_package
    from .pipeline import make_package

    def run(client: ClientConfig, diagnostics: Diagnostics) -> None:
        with show_progress(f"checking {client.output_path}"):
            made = make_package(client, diagnostics, is_offline=True)
            drift = compare_package(client.output_path, made.files, diagnostics)
        if not drift:
            click.echo(f"{client.output_path}: up to date")
            return
        click.echo(drift.patch, nl=False)
        diagnostics.error(
            "drift",
            f"{count(len(drift.missing), 'file')} missing, "
            f"{len(drift.different)} different, {len(drift.stale)} left over",
            File(client.output_path),
            help='run "oasmith generate"',
        )

    _run_for_each(_Source(spec, output, asked, lenient), run)


@cli.command()
@_spec
@_asking
@_lenient
def validate(spec: str, asked: _Asked, lenient: bool) -> None:
    """Tell what is wrong with a description, and generate nothing."""
    from .pipeline import make_package

    def run(diagnostics: Diagnostics) -> None:
        client = _client(diagnostics, spec, "client", asked, lenient)
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
    from .pipeline import load_description
    from .slicing.select import list_operations, parse_selection, select_operations
    from .validation.broken import tell_broken

    def run(diagnostics: Diagnostics) -> None:
        client = _client(diagnostics, spec, "client", asked)
        document = load_description(client, diagnostics)
        tell_broken(document, None, diagnostics)
        selection = parse_selection(asked.include, diagnostics, None)
        diagnostics.stop_on_errors()
        listed = list_operations(document)
        found = select_operations(listed, selection, diagnostics)
        rows = [
            (
                each.method,
                each.path,
                each.operation_id or "-",
                ", ".join(each.tags) or "-",
            )
            for each in found
        ]
        for line in align(rows):
            click.echo(escape_controls(line))

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
    from .output.write_text import write_text
    from .pipeline import load_description, take_slice
    from .slicing.dump import dump_document

    def run(diagnostics: Diagnostics) -> None:
        if os.path.exists(output) and os.path.samefile(spec, output):
            message = "the slice would take the place of the description"
            diagnostics.fatal("same-file", message, File(output))
        client = _client(diagnostics, spec, "client", asked)
        whole = load_description(client, diagnostics)
        document = take_slice(whole, client, diagnostics)
        write_text(output, dump_document(document, output), diagnostics)
        click.echo(f"{output}: {os.path.getsize(output):,} bytes")

    _run(run)


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
        if self.spec is None:
            if self.output is not None or any(self.asked) or self.lenient:
                raise click.UsageError("these options go with a SPEC")
            return _configured_clients(diagnostics)
        if self.output is None:
            raise click.UsageError("say with -o where the package is to go")
        return [_client(diagnostics, self.spec, self.output, self.asked, self.lenient)]


def _configured_clients(diagnostics: Diagnostics) -> Sequence[ClientConfig]:
    from .config import find_pyproject, read_clients

    pyproject = find_pyproject(os.curdir)
    clients = read_clients(pyproject, diagnostics) if pyproject else ()
    diagnostics.stop_on_errors()
    if not clients:
        diagnostics.fatal(
            "no-config",
            'there is no "[[tool.oasmith.client]]" in a pyproject.toml here or above',
            File(pyproject) if pyproject else None,
            help='name a SPEC and an output folder, or run "oasmith init SPEC"',
        )
    return clients


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
) -> None:
    """Run a command for each client; one that fails does not keep the others."""
    clients: list[ClientConfig] = []
    succeeded = [_tell_of(lambda told: clients.extend(source.find_clients(told)))]
    succeeded += [_tell_of(partial(command, client)) for client in clients]
    sys.exit(0 if all(succeeded) else 1)


def _run(command: Callable[[Diagnostics], None]) -> None:
    """Run a command, tell what it has to say, and set the exit code."""
    sys.exit(0 if _tell_of(command) else 1)


def _tell_of(command: Callable[[Diagnostics], None]) -> bool:
    """Run a command and tell what it has to say; whether it succeeded."""
    diagnostics = Diagnostics()
    with suppress(Stopped):
        command(diagnostics)
    _tell(diagnostics)
    return not diagnostics.has_errors


def _tell(diagnostics: Diagnostics) -> None:
    """Print the diagnostics; of warnings of one kind no more than a few."""
    told: Counter[str] = Counter()
    for diagnostic in diagnostics:
        told[diagnostic.code] += 1
        if diagnostic.severity == "error" or told[diagnostic.code] <= _MOST_WARNINGS:
            click.echo(_paint(diagnostic), err=True)
    for code, number in told.items():
        if number > _MOST_WARNINGS and code not in diagnostics.error_codes:
            more = count(number - _MOST_WARNINGS, "more warning")
            click.echo(f"warning[{code}]: {more} of this kind", err=True)


def _paint(diagnostic: Diagnostic) -> str:
    text = format_diagnostic(diagnostic)
    if "NO_COLOR" in os.environ or not sys.stderr.isatty():
        return text
    mark = f"{diagnostic.severity}[{diagnostic.code}]"
    color = "red" if diagnostic.severity == "error" else "yellow"
    return text.replace(mark, click.style(mark, fg=color, bold=True), 1)
