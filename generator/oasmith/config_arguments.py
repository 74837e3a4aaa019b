"""What arguments say of a client, in place of a pyproject.toml.

A run that finds nothing to do pays for this module's imports.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Unpack

from .answer_rules import rules_of
from .config import (
    BAD_HOST,
    BAD_NAME,
    HOST_HELP,
    ClientConfig,
    is_no_host,
    last_part,
)
from .config_places import (
    fault_of_export,
    fault_of_runtime,
    parse_export,
)
from .config_table import NAME_KINDS, ChosenName
from .python_names import is_python_name

if TYPE_CHECKING:
    from .client_options import Options
    from .diagnostics import Diagnostics

_OUTPUT_HELP = "call the output folder by a Python name"


def make_client(
    spec: str, output: str, diagnostics: Diagnostics, **options: Unpack[Options]
) -> ClientConfig:
    """The client that arguments describe; paths are from the working directory.

    Raises:
        Stopped: The package could not be imported by its name, a host is none, or a
            kind of names, or what is said of answers or of other code can't be.
    """
    name = options.get("package") or last_part("", output)
    if not is_python_name(name):
        diagnostics.fatal(
            "bad-package-name", BAD_NAME.format(name), None, help=_OUTPUT_HELP
        )
    hosts = tuple(host.lower() for host in options.get("allow_remote", ()))
    for host in filter(is_no_host, hosts):
        diagnostics.fatal("bad-host", BAD_HOST.format(host), None, help=HOST_HELP)
    envelope, pages = options.get("envelope"), options.get("pagination", ())
    wrapped, paged = rules_of(envelope, pages, diagnostics)
    runtime = _path_of(options.get("runtime"))
    exported = tuple(options.get("exports", ()))
    faults = [fault_of_runtime(output, runtime)] if runtime is not None else []
    for fault in filter(None, [*faults, *map(fault_of_export, exported)]):
        diagnostics.error(fault.code, fault.message, None, help=fault.help)
    diagnostics.stop_on_errors()
    return ClientConfig(
        folder="",
        spec=spec,
        output=output,
        package=name,
        include=tuple(options.get("include", ())),
        overlays=tuple(options.get("overlays", ())),
        allow=tuple(options.get("allow", ())),
        allow_remote=hosts,
        is_lenient=options.get("lenient", False),
        accept=tuple(options.get("accept", ())),
        examples=options.get("examples", False),
        envelope=wrapped,
        pagination=paged,
        names=tuple(_chosen_names(options.get("names") or {}, diagnostics)),
        runtime=runtime,
        templates=_path_of(options.get("templates")),
        exports=tuple(map(parse_export, exported)),
    )


def _path_of(path: str | os.PathLike[str] | None) -> str | None:
    return None if path is None else os.fspath(path)


def _chosen_names(
    names: Mapping[str, Mapping[str, str]], diagnostics: Diagnostics
) -> Iterator[ChosenName]:
    for kind, given in names.items():
        if kind not in NAME_KINDS:
            help = f"the kinds are {', '.join(NAME_KINDS)}"
            message = f'"{kind}" is no kind of names'
            diagnostics.fatal("unknown-key", message, None, help=help)
        for key, chosen in given.items():
            yield ChosenName(kind, key, chosen)
