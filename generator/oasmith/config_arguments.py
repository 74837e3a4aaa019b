"""What arguments say of a client, in place of a pyproject.toml.

A run that finds nothing to do pays for this module's imports.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

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
    is_python_name,
    parse_export,
)
from .config_table import NAME_KINDS, ChosenName

if TYPE_CHECKING:
    from .diagnostics import Diagnostics

_OUTPUT_HELP = "call the output folder by a Python name"


def make_client(
    spec: str,
    output: str,
    diagnostics: Diagnostics,
    *,
    package: str | None = None,
    include: Iterable[str] = (),
    overlays: Iterable[str] = (),
    allow: Iterable[str] = (),
    allow_remote: Iterable[str] = (),
    lenient: bool = False,
    accept: Iterable[str] = (),
    examples: bool = False,
    envelope: Mapping[str, object] | None = None,
    pagination: Sequence[Mapping[str, object]] = (),
    names: Mapping[str, Mapping[str, str]] | None = None,
    runtime: str | None = None,
    templates: str | None = None,
    exports: Iterable[str] = (),
) -> ClientConfig:
    """The client that arguments describe; paths are from the working directory.

    Raises:
        Stopped: The package could not be imported by its name, a host is none, or a
            kind of names, or what is said of answers or of other code can't be.
    """
    name = package or last_part("", output)
    if not is_python_name(name):
        diagnostics.fatal(
            "bad-package-name", BAD_NAME.format(name), None, help=_OUTPUT_HELP
        )
    hosts = tuple(host.lower() for host in allow_remote)
    for host in filter(is_no_host, hosts):
        diagnostics.fatal("bad-host", BAD_HOST.format(host), None, help=HOST_HELP)
    wrapped, paged = rules_of(envelope, pagination, diagnostics)
    for kind in names or ():
        if kind not in NAME_KINDS:
            help = f"the kinds are {', '.join(NAME_KINDS)}"
            message = f'"{kind}" is no kind of names'
            diagnostics.fatal("unknown-key", message, None, help=help)
    exported = tuple(exports)
    faults = [fault_of_runtime(output, runtime)] if runtime is not None else []
    for fault in filter(None, [*faults, *map(fault_of_export, exported)]):
        diagnostics.error(fault.code, fault.message, None, help=fault.help)
    diagnostics.stop_on_errors()
    return ClientConfig(
        folder="",
        spec=spec,
        output=output,
        package=name,
        include=tuple(include),
        overlays=tuple(overlays),
        allow=tuple(allow),
        allow_remote=hosts,
        is_lenient=lenient,
        accept=tuple(accept),
        examples=examples,
        envelope=wrapped,
        pagination=paged,
        names=tuple(
            ChosenName(kind, key, chosen)
            for kind, given in (names or {}).items()
            for key, chosen in given.items()
        ),
        runtime=runtime,
        templates=templates,
        exports=tuple(map(parse_export, exported)),
    )
