"""The Python API: generate a client, check the one that is there, compare two."""

from __future__ import annotations

import os
from collections.abc import Collection, Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Unpack

from .client_options import DiffOptions, Options
from .comparing.change import Comparison
from .config_arguments import make_client
from .deliver import compare, deliver
from .diagnostics import Diagnostic, Diagnostics, Stopped
from .listing import format_diagnostic
from .make_product import make_product
from .output.drift import Drift
from .output.write import Written
from .pipeline import Made, make_package
from .product import product_of
from .targets import targets_of


class Failed(Exception):
    """The input is at fault; ``diagnostics`` say why."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__(diagnostics)
        self.diagnostics = tuple(diagnostics)

    def __str__(self) -> str:
        return "\n".join(map(format_diagnostic, self.diagnostics))


@dataclass(frozen=True, slots=True)
class GenerateResult:
    made: Made
    written: Written
    """What became of the files of the package."""

    diagnostics: tuple[Diagnostic, ...]
    runtime: Written | None = None
    """What became of those of a runtime that it shares with other packages."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    drift: Drift
    """How the package differs."""

    diagnostics: tuple[Diagnostic, ...]
    runtime: Drift | None = None
    """How a runtime differs that it shares with other packages."""

    @property
    def is_current(self) -> bool:
        """Whether nothing differs."""
        return not (self.drift or self.runtime)


@dataclass(frozen=True, slots=True)
class DiffResult:
    comparison: Comparison
    diagnostics: tuple[Diagnostic, ...]


def generate(
    spec: str | os.PathLike[str],
    output: str | os.PathLike[str],
    **options: Unpack[Options],
) -> GenerateResult:
    """Generate a client package, and the runtime if it is to stand beside it.

    Args:
        spec: The path of the description.
        output: The folder that becomes the package.
        options: See ``oasmith.Options``.

    Raises:
        Failed: The description can't be used, or a folder not be written to.
    """
    _refuse_unknown("generate", options.keys(), Options.__optional_keys__)
    with _failing() as diagnostics:
        client = make_client(os.fspath(spec), os.fspath(output), diagnostics, **options)
        made = make_package(client, diagnostics)
        written: list[Written] = []
        for each in deliver([product_of(client, made)]):
            diagnostics.add_all(each.diagnostics)
            written += [each.written] if each.written is not None else []
        if len(written) < len(targets_of(client)):
            raise Stopped
    *runtime, package = written
    return GenerateResult(made, package, tuple(diagnostics), *runtime)


def check(
    spec: str | os.PathLike[str],
    output: str | os.PathLike[str],
    **options: Unpack[Options],
) -> CheckResult:
    """Compare a generated package with what would be generated now.

    Takes what ``generate`` takes, writes and fetches nothing, and raises the same.
    """
    _refuse_unknown("check", options.keys(), Options.__optional_keys__)
    with _failing() as diagnostics:
        client = make_client(os.fspath(spec), os.fspath(output), diagnostics, **options)
        found: list[Drift] = []
        for each in compare([make_product(client, diagnostics)]):
            diagnostics.add_all(each.diagnostics)
            found.append(each.drift)
    *runtime, package = found
    return CheckResult(package, tuple(diagnostics), *runtime)


def diff(
    old: str | os.PathLike[str],
    new: str | os.PathLike[str],
    *,
    output: str | os.PathLike[str] | None = None,
    **options: Unpack[DiffOptions],
) -> DiffResult:
    """Tell what a new description changes for callers of the old one.

    Writes and fetches nothing.

    Args:
        old: The path of a description, or "git:REV:PATH"; "git:REV" is for the path of
            the other.
        new: Likewise.
        output: The folder of a package, so that things are called as they are there.
        options: See ``oasmith.DiffOptions``.

    Raises:
        Failed: A description can't be used.
    """
    from .compare_descriptions import Sides, compare_descriptions

    _refuse_unknown("diff", options.keys(), DiffOptions.__optional_keys__)
    sides = Sides(os.fspath(old), os.fspath(new))
    folder = None if output is None else os.fspath(output)
    with _failing() as diagnostics:
        spec = sides.path or os.fspath(new)
        client = make_client(spec, folder or "client", diagnostics, **options)
        comparison = compare_descriptions(client, sides, folder, diagnostics)
    return DiffResult(comparison, tuple(diagnostics))


@contextmanager
def _failing() -> Generator[Diagnostics]:
    """Collect what there is to say, and raise it where that stops the block."""
    diagnostics = Diagnostics()
    try:
        yield diagnostics
    except Stopped:
        raise Failed(tuple(diagnostics)) from None


def _refuse_unknown(
    function: str, given: Iterable[str], known: Collection[str]
) -> None:
    """Refuse keywords as Python does where a function spells its own.

    Raises:
        TypeError: There is one that is not known.
    """
    for name in given:
        if name not in known:
            message = f"{function}() got an unexpected keyword argument {name!r}"
            raise TypeError(message)
