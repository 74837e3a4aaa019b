"""The Python API: generate a client, check the one that is there, compare two."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .check_client import check_client
from .comparing.change import Comparison
from .config_arguments import make_client
from .deliver import deliver
from .diagnostics import Diagnostic, Diagnostics, Stopped
from .listing import format_diagnostic
from .output.drift import Drift
from .output.write import Written
from .pipeline import Made, make_package


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
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class CheckResult:
    drift: Drift
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class DiffResult:
    comparison: Comparison
    diagnostics: tuple[Diagnostic, ...]


def generate(
    spec: str | os.PathLike[str],
    output: str | os.PathLike[str],
    *,
    package: str | None = None,
    include: Sequence[str] = (),
    overlays: Sequence[str] = (),
    allow: Sequence[str] = (),
    lenient: bool = False,
    accept: Sequence[str] = (),
    allow_remote: Sequence[str] = (),
    examples: bool = False,
    envelope: Mapping[str, object] | None = None,
    pagination: Sequence[Mapping[str, object]] = (),
    names: Mapping[str, Mapping[str, str]] | None = None,
    runtime: str | os.PathLike[str] | None = None,
    templates: str | os.PathLike[str] | None = None,
    exports: Sequence[str] = (),
) -> GenerateResult:
    """Generate a client package.

    Args:
        spec: The path of the description.
        output: The folder that becomes the package.
        package: The name that the package is imported by; the folder's by default.
        include: Patterns of the operations wanted, all of them by default:
            "GET /pets/**", "tag:Pets", "op:list-*".
        overlays: The paths of overlays, which change the description before anything
            else looks at it, in this order.
        allow: Folders, besides the description's own, that its references may lead
            into.
        lenient: Leave out what is at fault; the result's diagnostics say what, and
            ``made.left_out`` too. By default every fault is an error.
        accept: Codes of faults that are then warnings and no errors.
        allow_remote: Hosts that its references may lead to: "example.com". A copy of
            what is fetched is kept beside the description, and read from then on.
        examples: Put the description's examples into the package, for fakes in tests.
        envelope: The names of the members that answers are wrapped in: "result", and
            if there are such, "success" and "errors".
        pagination: How the answers of operations go on, each as a table
            ``[[tool.oasmith.client.pagination]]`` of pyproject.toml has it.
        names: What things are to be called, by kind and key as oasmith.lock has them:
            ``{"models": {"/components/schemas/Pet": "Animal"}}``.
        runtime: A folder for the runtime, which several packages may then share.
        templates: A folder of templates that take the place of ours, one by one.
        exports: What the package offers of hand-written modules: "extra:Helper".

    Raises:
        Failed: The description can't be used, or the folder not be written to.
    """
    diagnostics = Diagnostics()
    try:
        client = make_client(
            os.fspath(spec),
            os.fspath(output),
            diagnostics,
            package=package,
            include=include,
            overlays=overlays,
            allow=allow,
            lenient=lenient,
            accept=accept,
            allow_remote=allow_remote,
            examples=examples,
            envelope=envelope,
            pagination=pagination,
            names=names,
            runtime=None if runtime is None else os.fspath(runtime),
            templates=None if templates is None else os.fspath(templates),
            exports=exports,
        )
        made = make_package(client, diagnostics)
        written = deliver(client, made, diagnostics)
    except Stopped:
        raise Failed(tuple(diagnostics)) from None
    return GenerateResult(made, written, tuple(diagnostics))


def check(
    spec: str | os.PathLike[str],
    output: str | os.PathLike[str],
    *,
    package: str | None = None,
    include: Sequence[str] = (),
    overlays: Sequence[str] = (),
    allow: Sequence[str] = (),
    lenient: bool = False,
    accept: Sequence[str] = (),
    allow_remote: Sequence[str] = (),
    examples: bool = False,
    envelope: Mapping[str, object] | None = None,
    pagination: Sequence[Mapping[str, object]] = (),
    names: Mapping[str, Mapping[str, str]] | None = None,
    runtime: str | os.PathLike[str] | None = None,
    templates: str | os.PathLike[str] | None = None,
    exports: Sequence[str] = (),
) -> CheckResult:
    """Compare a generated package with what would be generated now.

    Takes what ``generate`` takes, writes and fetches nothing, and raises the same.
    """
    diagnostics = Diagnostics()
    try:
        client = make_client(
            os.fspath(spec),
            os.fspath(output),
            diagnostics,
            package=package,
            include=include,
            overlays=overlays,
            allow=allow,
            lenient=lenient,
            accept=accept,
            allow_remote=allow_remote,
            examples=examples,
            envelope=envelope,
            pagination=pagination,
            names=names,
            runtime=None if runtime is None else os.fspath(runtime),
            templates=None if templates is None else os.fspath(templates),
            exports=exports,
        )
        drift = check_client(client, diagnostics)
    except Stopped:
        raise Failed(tuple(diagnostics)) from None
    return CheckResult(drift, tuple(diagnostics))


def diff(
    old: str | os.PathLike[str],
    new: str | os.PathLike[str],
    *,
    output: str | os.PathLike[str] | None = None,
    include: Sequence[str] = (),
    allow: Sequence[str] = (),
    lenient: bool = False,
    accept: Sequence[str] = (),
    allow_remote: Sequence[str] = (),
    overlays: Sequence[str] = (),
    envelope: Mapping[str, object] | None = None,
    pagination: Sequence[Mapping[str, object]] = (),
    names: Mapping[str, Mapping[str, str]] | None = None,
) -> DiffResult:
    """Tell what a new description changes for callers of the old one.

    Writes and fetches nothing. The other arguments are those of ``generate``.

    Args:
        old: The path of a description, or "git:REV:PATH"; "git:REV" is for the path of
            the other.
        new: Likewise.
        output: The folder of a package, so that things are called as they are there.

    Raises:
        Failed: A description can't be used.
    """
    from .compare_descriptions import Sides, compare_descriptions

    diagnostics = Diagnostics()
    sides = Sides(os.fspath(old), os.fspath(new))
    folder = None if output is None else os.fspath(output)
    try:
        client = make_client(
            sides.path or os.fspath(new),
            folder or "client",
            diagnostics,
            include=include,
            allow=allow,
            lenient=lenient,
            accept=accept,
            allow_remote=allow_remote,
            overlays=overlays,
            envelope=envelope,
            pagination=pagination,
            names=names,
        )
        comparison = compare_descriptions(client, sides, folder, diagnostics)
    except Stopped:
        raise Failed(tuple(diagnostics)) from None
    return DiffResult(comparison, tuple(diagnostics))
