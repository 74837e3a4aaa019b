"""What several commands are asked in the same words."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

import click

spec = click.argument("spec", type=click.Path())
optional_spec = click.argument("spec", type=click.Path(), required=False)
output = click.option(
    "-o", "--output", metavar="DIR", help="The folder of the package."
)
lenient = click.option(
    "--lenient",
    is_flag=True,
    help="Leave out what is at fault; the exit code is 1 all the same.",
)
form = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github", "json"]),
    default="text",
    help="For people, as annotations of GitHub Actions, or for programs.",
)

_INCLUDE_HELP = (
    'Operations to take: "POST /pets/**", "/pets/*", "tag:Pets" or "op:list-*". '
    "May be given several times; all operations are taken without it."
)
_OVERLAY_HELP = "An OpenAPI Overlay to apply first. May be given several times."
_ALLOW_HELP = (
    "A folder, besides the description's own, that its references may lead into."
)
_ALLOW_REMOTE_HELP = "A host that references may lead to."


class Asked(NamedTuple):
    """What the options say that all commands on a description have."""

    include: tuple[str, ...]
    overlays: tuple[str, ...]
    allow: tuple[str, ...]
    allow_remote: tuple[str, ...]


def asking(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command these options, as one argument."""

    @click.option(
        "-i", "--include", multiple=True, metavar="PATTERN", help=_INCLUDE_HELP
    )
    @click.option(
        "--overlay", "overlays", multiple=True, metavar="FILE", help=_OVERLAY_HELP
    )
    @click.option("--allow", multiple=True, metavar="DIR", help=_ALLOW_HELP)
    @click.option(
        "--allow-remote", multiple=True, metavar="HOST", help=_ALLOW_REMOTE_HELP
    )
    @wraps(command)
    def run(**options: Any) -> None:
        asked = Asked(*(options.pop(name) for name in Asked._fields))
        command(asked=asked, **options)

    return run
