"""The command line, which alone prints what commands find out."""

from __future__ import annotations

import click

from .. import __version__
from .check import check
from .diff import diff
from .generate import generate
from .init import init
from .operations import operations
from .slice import slice_
from .validate import validate


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


for command in (generate, check, validate, operations, slice_, diff, init):
    cli.add_command(command)


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
