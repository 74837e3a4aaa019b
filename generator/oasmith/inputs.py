"""What a run for a client depends on, besides the content of files."""

from __future__ import annotations

from collections.abc import Iterator

from . import __version__
from .config import ClientConfig
from .config_table import ChosenName
from .output.formatter import formatter_version
from .output.lock import Inputs, Options, name_source


def inputs_of(client: ClientConfig) -> Inputs:
    """The inputs as the lock records them: paths are from the output folder.

    So they are the same wherever the project stands, and wherever a run starts.
    """

    def name(path: str) -> str:
        return name_source(path, client.output_path)

    options: dict[str, str | tuple[str, ...]] = {
        "allow": tuple(map(name, client.allowed_paths)),
        "allow-remote": client.allow_remote,
        "include": client.include,
        "package": client.package,
    }
    if client.overlays:
        options["overlays"] = tuple(map(name, client.overlay_paths))
    if client.is_lenient:
        options["validation"] = "lenient"
    if client.examples:
        options["examples"] = "true"
    if client.envelope is not None:
        options["envelope"] = client.envelope.inputs
    if client.pagination:
        options["pagination"] = tuple(rule.inputs for rule in client.pagination)
    if client.names:
        chosen = (f"{kind} {key} = {name}" for kind, key, name in client.names)
        options["names"] = tuple(sorted(chosen))
    if client.runtime_path is not None:
        options["runtime"] = name(client.runtime_path)
    if client.templates_path is not None:
        options["templates"] = name(client.templates_path)
    if client.exports:
        options["exports"] = tuple(map(str, client.exports))
    return Inputs(__version__, client.spec_path, options, formatter_version())


def chosen_names(options: Options) -> Iterator[ChosenName]:
    """The names that were chosen in a run, of which the lock has these options."""
    for entry in options.get("names", ()):
        thing, _, name = entry.rpartition(" = ")
        kind, _, key = thing.partition(" ")
        yield ChosenName(kind, key, name)
