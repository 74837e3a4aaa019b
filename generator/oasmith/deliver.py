"""Brings what was made to where it belongs, or compares it with what is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from .config import ClientConfig
from .diagnostics import Diagnostics, File, Stopped
from .output.compare import compare_package
from .output.drift import Drift
from .output.write import Writing, Written, write_packages
from .product import Product
from .targets import Target, identify, targets_of


class Delivered(NamedTuple):
    """What became of a target."""

    target: Target
    client: ClientConfig | None
    """None for a runtime that packages share."""

    written: Written | None
    """None where nothing was to be done, or could be."""

    diagnostics: Diagnostics
    is_current: bool = False
    """Whether nothing was to be done."""


class Compared(NamedTuple):
    """How a target differs from what was made."""

    target: Target
    client: ClientConfig | None
    """None for a runtime that packages share."""

    drift: Drift
    diagnostics: Diagnostics


def deliver(
    products: Sequence[Product], failed: Sequence[ClientConfig] = ()
) -> list[Delivered]:
    """Write the targets of clients that share a runtime, each once: all or none.

    Nothing is removed of a runtime but what older versions had in it: others may use
    the rest.

    Args:
        failed: Clients that share it too, and that nothing could be made for.
    """
    parts = _parts_of(products)
    made = [each for each in parts if each.files is not None]
    writings = [
        Writing(each.target.folder, each.files or {}, Diagnostics(), each.copies)
        for each in made
    ]
    try:
        if failed:
            raise Stopped
        written = write_packages(writings)
    except Stopped:
        culprits = [client.output_path for client in failed]
        culprits += [each.folder for each in writings if each.diagnostics.has_errors]
        done = [*map(partial(_hold_back, culprits), made, writings)]
    else:
        done = [
            Delivered(part.target, part.client, each, writing.diagnostics)
            for part, each, writing in zip(made, written, writings, strict=True)
        ]
    outcomes = iter(done)
    return [
        (
            Delivered(each.target, each.client, None, Diagnostics(), is_current=True)
            if each.files is None
            else next(outcomes)
        )
        for each in parts
    ]


def compare(products: Sequence[Product]) -> Iterator[Compared]:
    """Compare the targets of clients with what is there, each once."""
    for target, client, files, _ in _parts_of(products):
        told = Diagnostics()
        drift = Drift()
        if files is not None:
            drift = compare_package(target.folder, target.inputs, files, told)
        yield Compared(target, client, drift, told)


class _Part(NamedTuple):
    """A target, and what was made for it."""

    target: Target
    client: ClientConfig | None
    files: Mapping[str, bytes] | None
    """None where it is proven that they are there."""

    copies: Mapping[str, bytes]


def _parts_of(products: Sequence[Product]) -> list[_Part]:
    """Each target once, runtimes first."""
    parts: dict[str, _Part] = {}
    for client, files, copies in products:
        targets = targets_of(client)
        *shared, package = zip(targets, files or [None] * len(targets), strict=True)
        for target, content in shared:
            part = _Part(target, None, content, {})
            key = identify(target.folder)
            if content is not None or key not in parts:
                parts[key] = part
        target, content = package
        parts[identify(target.folder)] = _Part(target, client, content, copies)
    return sorted(parts.values(), key=lambda part: part.client is not None)


def _hold_back(culprits: Sequence[str], part: _Part, writing: Writing) -> Delivered:
    """Leave a target as it is, and tell so unless it is what it is to be."""
    told = Diagnostics()
    for each in writing.diagnostics:
        # What would have been done about edits has not been done.
        if each.severity == "error":
            told.add(each)
    if not any(told):
        inputs = part.target.inputs
        if not compare_package(writing.folder, inputs, writing.files, Diagnostics()):
            unchanged = Written((), (), (), tuple(sorted(writing.files)))
            return Delivered(part.target, part.client, unchanged, told)
        names = ", ".join(f'"{name}"' for name in culprits)
        told.error(
            "not-written",
            f"this is left as it was, since {names} can't be written",
            File(writing.folder),
            help="packages on one runtime are written together, all or none",
        )
    return Delivered(part.target, part.client, None, told)
