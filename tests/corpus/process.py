"""Takes one document through the generator, and its package through the checks."""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oasmith.diagnostics import Stopped

from .command import TIMED_OUT, Ran, run_command
from .described import read_described
from .documents import CHECKOUT, CorpusDocument
from .outcome import Outcome
from .store import FetchFailed, locate_source
from .tree_memory import TreeMemory

PACKAGES = "packages"
"""The folder of a workspace that holds the packages, which can go on sys.path."""

MANIFEST = "manifest.json"

_AGAIN = "again"
DIAGNOSTIC = re.compile(
    r"^(?:(.*): )?((?:error|warning)\[[\w-]+(?:\[[\w-]+\])?\]): (.*)$", re.MULTILINE
)
_MESSAGES_KEPT = 8


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where a run works.

    ``limit`` is the time that each command may take, in seconds.
    """

    folder: Path
    store: Path
    limit: float

    @property
    def packages(self) -> Path:
        return self.folder / PACKAGES

    def run(
        self,
        command: Sequence[str],
        *,
        seed: int = 0,
        memory: TreeMemory | None = None,
    ) -> Ran:
        environment = {
            "PYTHONHASHSEED": str(seed),
            "OASMITH_CACHE": os.fspath(self.folder / "cache"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "NO_COLOR": "1",
        }
        return run_command(
            [sys.executable, *command],
            folder=CHECKOUT,
            limit=self.limit,
            environment=environment,
            memory=memory,
        )


def process_document(workspace: Workspace, document: CorpusDocument) -> Outcome:
    """Generate a package, run the generator again, import it, try its decoders."""
    outcome = Outcome(document)
    try:
        spec = locate_source(workspace.store, document.source)
        described = read_described(spec)
    except FetchFailed as failure:
        outcome.problem = str(failure)
        return outcome
    except Stopped:
        outcome.problem = "it can't be loaded"
        return outcome
    outcome.several_files = described.several_files
    outcome.described = len(described.operations)
    package = workspace.packages / document.package
    _note_generation(outcome, generate_package(workspace, spec, package))
    if not outcome.is_generated:
        outcome.missing = _spell_operations(described.operations)
        return outcome
    _note_package(outcome, package, described.operations)
    _check_stability(workspace, spec, package, outcome)
    _check_imports(workspace, package, outcome)
    _check_round_trips(workspace, spec, package, outcome)
    return outcome


def _arguments(spec: Path, package: Path) -> list[str]:
    """Some descriptions refer to a folder beside their own, which must be allowed."""
    return [
        *(os.fspath(spec), "-o", os.fspath(package)),
        *("--allow", os.fspath(spec.parent.parent)),
    ]


def generate_package(
    workspace: Workspace,
    spec: Path,
    package: Path,
    *options: str,
    seed: int = 0,
    memory: TreeMemory | None = None,
) -> Ran:
    command = ["-m", "oasmith", "generate", *_arguments(spec, package), *options]
    return workspace.run(command, seed=seed, memory=memory)


def _note_generation(outcome: Outcome, ran: Ran) -> None:
    found = DIAGNOSTIC.findall(ran.errors)
    outcome.exit_code = ran.exit_code
    outcome.crashed = ran.exit_code not in (0, 1) or "Traceback" in ran.errors
    outcome.codes = dict(Counter(mark for _, mark, _ in found))
    errors = [f"{mark}: {text}" for _, mark, text in found if mark.startswith("error")]
    outcome.messages = errors[:_MESSAGES_KEPT]
    if outcome.crashed:
        outcome.messages.append(last_words(ran))
    outcome.seconds = ran.seconds
    outcome.peak_megabytes = ran.peak_megabytes


def _note_package(
    outcome: Outcome, package: Path, described: frozenset[tuple[str, str]]
) -> None:
    generated = read_generated(package)
    outcome.generated = len(generated)
    outcome.missing = _spell_operations(described - generated)
    outcome.lines = sum(
        content.count(b"\n")
        for path, content in read_tree(package).items()
        if path.endswith(".py")
    )


def read_generated(package: Path) -> frozenset[tuple[str, str]]:
    """The method and the path of each operation that a package's manifest lists."""
    manifest = json.loads((package / MANIFEST).read_text(encoding="utf-8"))
    return frozenset((each["method"], each["path"]) for each in manifest["operations"])


def _spell_operations(operations: frozenset[tuple[str, str]]) -> list[str]:
    return sorted(f"{method} {path}" for method, path in operations)


def _check_stability(
    workspace: Workspace, spec: Path, package: Path, outcome: Outcome
) -> None:
    """Run again in place, check with another seed, and start anew with that one.

    The first of these finds nothing to do at once; "check" makes it all again.
    """
    before = read_tree(package)
    generate_package(workspace, spec, package)
    _note_differences(outcome, "second run", before, read_tree(package))
    command = ["-m", "oasmith", "check", *_arguments(spec, package)]
    if (checked := workspace.run(command, seed=1)).exit_code:
        outcome.unstable.add(f"check: {checked.errors.strip()[-300:]}")
    # As deep as the first, since the lock says where the description is from there.
    other = workspace.folder / _AGAIN / package.name
    generate_package(workspace, spec, other, seed=1)
    _note_differences(outcome, "other hash seed", before, read_tree(other))


def _note_differences(
    outcome: Outcome, what: str, first: Mapping[str, bytes], second: Mapping[str, bytes]
) -> None:
    for path in sorted(first.keys() | second.keys()):
        if first.get(path) != second.get(path):
            outcome.unstable.add(f"{what}: {path}")


def _check_imports(workspace: Workspace, package: Path, outcome: Outcome) -> None:
    found = run_program(workspace, "import_modules", [package])
    if isinstance(found, str):
        outcome.imports.add(found)
        return
    outcome.modules = found["modules"]
    for module, message in found["failures"].items():
        outcome.imports.add(f"{module}: {message}")


def _check_round_trips(
    workspace: Workspace, spec: Path, package: Path, outcome: Outcome
) -> None:
    found = run_program(workspace, "round_trip", [spec, package])
    if isinstance(found, str):
        outcome.problem = f"round trips: {found}"
    else:
        outcome.round_trips = found


def run_program(
    workspace: Workspace, module: str, paths: Sequence[Path]
) -> dict[str, Any] | str:
    """What a program of this package prints as JSON, or how it failed."""
    ran = workspace.run(["-m", f"tests.corpus.{module}", *map(os.fspath, paths)])
    if ran.exit_code:
        return last_words(ran)
    result: dict[str, Any] = json.loads(ran.output)
    return result


def last_words(ran: Ran) -> str:
    """Why a command failed: the last line of a traceback says it."""
    if ran.exit_code == TIMED_OUT:
        return f"ran out of time after {ran.seconds:.0f} s"
    return ran.errors.strip().rpartition("\n")[2] or f"exit code {ran.exit_code}"


def read_tree(folder: Path) -> dict[str, bytes]:
    """The files below a folder by their path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
