"""Brings what was made to where it belongs, or compares it with what is there."""

from __future__ import annotations

import os
from collections.abc import Iterable

from .config import ClientConfig
from .diagnostics import Diagnostics
from .inputs import inputs_of
from .output.compare import compare_package
from .output.drift import Drift
from .output.write import Written, write_package
from .output.write_copies import write_copies
from .pipeline import Made


def deliver(client: ClientConfig, made: Made, diagnostics: Diagnostics) -> Written:
    """Write the files of a client; a shared runtime first, since the others need it.

    Nothing is removed of a shared runtime but what older versions had in it: others may
    use the rest.

    Raises:
        Stopped: Something can't be written.
    """
    write_copies(made.copies, diagnostics)
    shared = client.runtime_path
    if shared is None:
        return write_package(client.output_path, made.files, diagnostics)
    runtime = write_package(shared, made.runtime, diagnostics)
    package = write_package(client.output_path, made.files, diagnostics)
    above = _from_package(client, shared)
    return Written(
        created=_joined(package.created, above, runtime.created),
        changed=_joined(package.changed, above, runtime.changed),
        removed=_joined(package.removed, above, runtime.removed),
        unchanged=_joined(package.unchanged, above, runtime.unchanged),
    )


def compare_with_delivered(
    client: ClientConfig, made: Made, diagnostics: Diagnostics
) -> Drift:
    """Compare what is there of a client, and of a runtime that it shares."""
    inputs = inputs_of(client)
    package = compare_package(client.output_path, inputs, made.files, diagnostics)
    shared = client.runtime_path
    if shared is None:
        return package
    runtime = compare_package(shared, None, made.runtime, diagnostics)
    above = _from_package(client, shared)
    moved = [each._replace(path=f"{above}/{each.path}") for each in runtime.files]
    return Drift(
        tuple(sorted([*package.files, *moved])),
        runtime.patch + package.patch,
        package.changed,
    )


def _from_package(client: ClientConfig, folder: str) -> str:
    return os.path.relpath(folder, client.output_path).replace(os.sep, "/")


def _joined(
    paths: Iterable[str], folder: str, others: Iterable[str]
) -> tuple[str, ...]:
    """Paths in the package, and others in a folder beside it."""
    return tuple(sorted([*paths, *(f"{folder}/{other}" for other in others)]))
