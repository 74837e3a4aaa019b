"""What pyproject.toml says of the clients to generate.

A run that finds nothing to do pays for this module's imports, so it has named tuples
in place of dataclasses (whose import costs as much as starting Python).
"""

from __future__ import annotations

import os
import re
import tomllib
from typing import TYPE_CHECKING, NamedTuple

from .answer_rules import (
    EnvelopeRule,
    PaginationRule,
    read_envelope,
    read_pagination,
)
from .config_places import (
    ConfigFault,
    Export,
    fault_of_export,
    fault_of_nesting,
    fault_of_overlap,
    fault_of_runtime,
    parse_export,
)
from .config_table import (
    ChosenName,
    ConfigPlace,
    Table,
    is_array,
    is_table,
    read_flag,
    read_names,
    read_text,
    read_texts,
    refuse_unknown_keys,
)
from .python_names import is_python_name

if TYPE_CHECKING:
    from .diagnostics import Diagnostics

_FILE_NAME = "pyproject.toml"
BAD_NAME = '"{}" can\'t be imported'
_NAME_HELP = 'call the folder by a Python name, or say package = "NAME"'

_KEYS = (
    "spec",
    "output",
    "package",
    "include",
    "overlays",
    "allow",
    "allow-remote",
    "validation",
    "accept",
    "examples",
    "envelope",
    "pagination",
    "names",
    "runtime",
    "templates",
    "exports",
)

_HOST = re.compile(r"(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?")
BAD_HOST = '"{}" is no host'
HOST_HELP = 'say "example.com", or "127.0.0.1:8080"'


class ClientConfig(NamedTuple):
    """One `[[tool.oasmith.client]]` table."""

    folder: str
    """Where pyproject.toml stands, as a path from the working directory."""

    spec: str
    """The path of the description, from the folder."""

    output: str
    """The path of the package, from the folder."""

    package: str
    """The name that the package is imported by."""

    include: tuple[str, ...] = ()
    """Patterns of the operations to generate; all of them when there is none."""

    overlays: tuple[str, ...] = ()
    """The paths of overlays, from the folder, in the order in which they apply."""

    allow: tuple[str, ...] = ()
    """Folders that references may lead into, from the folder."""

    allow_remote: tuple[str, ...] = ()
    """Hosts that references may lead to, in lower case."""

    is_lenient: bool = False
    """Whether to leave out what is at fault, rather than to end the run."""

    accept: tuple[str, ...] = ()
    """Codes of the faults that may be left out without the run failing."""

    examples: bool = False
    """Whether the package has the examples of the description, for fakes."""

    envelope: EnvelopeRule | None = None
    """What results are wrapped in."""

    pagination: tuple[PaginationRule, ...] = ()
    """How the answers of some operations go on."""

    names: tuple[ChosenName, ...] = ()
    """What things are to be called, whatever the description calls them."""

    runtime: str | None = None
    """The path of a runtime that clients share, from the folder."""

    templates: str | None = None
    """The path of the folder with templates of the user, from the folder."""

    exports: tuple[Export, ...] = ()
    """What the package offers of modules that are written by hand."""

    place: ConfigPlace | None = None
    """Where the table stands; None for what arguments say."""

    def place_of(self, key: str) -> ConfigPlace | None:
        """Where a key of the table stands, or else the table."""
        return self.place.place_of(key) if self.place is not None else None

    @property
    def spec_path(self) -> str:
        """The path of the description, from the working directory."""
        return os.path.normpath(os.path.join(self.folder, self.spec))

    @property
    def overlay_paths(self) -> tuple[str, ...]:
        """The paths of the overlays, from the working directory."""
        joined = (os.path.join(self.folder, path) for path in self.overlays)
        return tuple(map(os.path.normpath, joined))

    @property
    def output_path(self) -> str:
        """The path of the package, from the working directory."""
        return os.path.normpath(os.path.join(self.folder, self.output))

    @property
    def runtime_path(self) -> str | None:
        """The path of a runtime that clients share, from the working directory."""
        return self._path_of(self.runtime)

    @property
    def templates_path(self) -> str | None:
        """The path of the user's templates, from the working directory."""
        return self._path_of(self.templates)

    def _path_of(self, path: str | None) -> str | None:
        if path is None:
            return None
        return os.path.normpath(os.path.join(self.folder, path))

    @property
    def allowed_paths(self) -> tuple[str, ...]:
        """The folders that references may lead into, from the working directory."""
        joined = (os.path.join(self.folder, folder) for folder in self.allow)
        return tuple(map(os.path.normpath, joined))


def last_part(folder: str, output: str) -> str:
    """The name that a package in the output folder has by itself."""
    return os.path.basename(os.path.abspath(os.path.join(folder, output)))


def find_pyproject(folder: str) -> str | None:
    """The path of the nearest pyproject.toml, in a folder or above it."""
    above = os.path.abspath(folder)
    while not os.path.isfile(path := os.path.join(above, _FILE_NAME)):
        below, above = above, os.path.dirname(above)
        if above == below:
            return None
    return os.path.relpath(path)


def read_clients(pyproject: str, diagnostics: Diagnostics) -> tuple[ClientConfig, ...]:
    """The clients that a pyproject.toml asks for; faults are told, all in one go."""
    text, offset = "", None
    try:
        with open(pyproject, encoding="utf-8", newline="") as file:
            text = file.read()
        root = tomllib.loads(text)
    except OSError as error:
        reason = str(error.strerror).lower()
    except UnicodeDecodeError:
        reason = "it is not UTF-8"
    except tomllib.TOMLDecodeError as error:
        reason, offset = _explain(error, text)
    except RecursionError:
        reason = "it is nested too deep"
    else:
        return _read_tables(root, ConfigPlace(pyproject, text), diagnostics)
    place = ConfigPlace(pyproject, text, offset)
    diagnostics.error("bad-config", f"this can't be read: {reason}", place)
    return ()


def configured_clients(diagnostics: Diagnostics) -> tuple[ClientConfig, ...]:
    """The clients of the pyproject.toml of this folder, or of the nearest one above.

    Raises:
        Stopped: There is none, or something is wrong with it.
    """
    # Imported here for the sake of the runs that have nothing to say.
    from .diagnostics import File

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


def is_no_host(text: str) -> bool:
    return _HOST.fullmatch(text) is None


def _explain(error: tomllib.TOMLDecodeError, text: str) -> tuple[str, int | None]:
    """What a TOML error says, and where in the text, which is part of its message."""
    message = str(error)
    place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)", message)
    reason = message[: place.start()] if place else message
    if place is None or place[1] is None:
        return reason.lower(), len(text)
    lines = text.replace("\r\n", " \n").split("\n")
    before = sum(len(line) + 1 for line in lines[: int(place[1]) - 1])
    return reason.lower(), before + int(place[2]) - 1


def _read_tables(
    root: dict[str, object], place: ConfigPlace, diagnostics: Diagnostics
) -> tuple[ClientConfig, ...]:
    tool = root.get("tool")
    ours = tool.get("oasmith") if is_table(tool) else None
    if not is_table(ours):
        return ()
    outer = Table(ours, place, diagnostics)
    refuse_unknown_keys(outer, ("client",))
    written = ours.get("client", [])
    if not (is_array(written) and all(map(is_table, written))):
        message = '"client" must be an array of tables'
        outer.error("wrong-type", message, "", "write [[tool.oasmith.client]]")
        return ()
    heads = re.finditer(
        r"^[ \t]*\[\[[ \t]*tool\b[^]\n]*\bclient[\"' \t]*\]", place.text, re.M
    )
    starts = [head.start() for head in heads]
    clients: list[ClientConfig] = []
    tables: list[Table] = []
    for index, raw in enumerate(filter(is_table, written)):
        offset = starts[index] if len(starts) == len(written) else None
        table = Table(raw, place._replace(offset=offset), diagnostics)
        if client := _read_client(table):
            twins = (os.path.realpath(other.output_path) for other in clients)
            if os.path.realpath(client.output_path) in twins:
                message = f'"{client.output}" is the folder of another client too'
                table.error("same-output", message, "output")
            clients.append(client)
            tables.append(table)
    outputs = [client.output_path for client in clients]
    runtimes = [each.runtime_path for each in clients if each.runtime_path is not None]
    for client, table in zip(clients, tables, strict=True):
        _tell(table, "runtime", fault_of_overlap(client.runtime_path, outputs))
        nested = fault_of_nesting(client.output_path, [*outputs, *runtimes])
        _tell(table, "output", nested)
    return tuple(clients)


def _tell(table: Table, key: str, fault: ConfigFault | None) -> None:
    if fault is not None:
        table.error(fault.code, fault.message, key, fault.help)


def _read_client(table: Table) -> ClientConfig | None:
    refuse_unknown_keys(table, _KEYS)
    folder = os.path.dirname(table.place.file if table.place else "")
    spec = read_text(table, "spec", is_required=True)
    output = read_text(table, "output", is_required=True)
    include = read_texts(table, "include")
    overlays = read_texts(table, "overlays")
    allow = read_texts(table, "allow")
    hosts = tuple(host.lower() for host in read_texts(table, "allow-remote"))
    for host in filter(is_no_host, hosts):
        table.error("bad-host", BAD_HOST.format(host), "allow-remote", HOST_HELP)
    is_lenient = _read_validation(table)
    examples = read_flag(table, "examples")
    accept = read_texts(table, "accept")
    envelope, pagination = read_envelope(table), read_pagination(table)
    names = read_names(table, "names")
    if spec is None or output is None:
        return None
    package = read_text(table, "package") or last_part(folder, output)
    if not is_python_name(package):
        key = "package" if "package" in table.raw else "output"
        table.error("bad-package-name", BAD_NAME.format(package), key, _NAME_HELP)
        return None
    config = ClientConfig(
        folder=folder,
        spec=spec,
        output=output,
        package=package,
        include=include,
        overlays=overlays,
        allow=allow,
        allow_remote=hosts,
        is_lenient=is_lenient,
        accept=accept,
        examples=examples,
        envelope=envelope,
        pagination=pagination,
        names=names,
        runtime=read_text(table, "runtime"),
        templates=read_text(table, "templates"),
        exports=_read_exports(table),
        place=table.place,
    )
    if config.runtime_path is not None:
        fault = fault_of_runtime(config.output_path, config.runtime_path)
        _tell(table, "runtime", fault)
    return config


def _read_exports(table: Table) -> tuple[Export, ...]:
    sound: list[Export] = []
    for text in read_texts(table, "exports"):
        fault = fault_of_export(text)
        _tell(table, "exports", fault)
        if fault is None:
            sound.append(parse_export(text))
    return tuple(sound)


def _read_validation(table: Table) -> bool:
    match table.raw.get("validation", "strict"):
        case "strict" | "lenient" as written:
            return written == "lenient"
        case _:
            message = '"validation" must be "strict" or "lenient"'
            table.error("wrong-type", message, "validation")
            return False
