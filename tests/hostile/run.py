"""Runs all the cases but those of the matrix, on the command line."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from .command import Run, differences, import_package, run_command, tree_of
from .companions import companions
from .notations import notations
from .places import Verdict
from .shapes import shapes
from .structure import Structure
from .surroundings import SECRET, Surroundings, surroundings

_PACKAGE = "package"
_OWN = ".package.oasmith"
"""What a run has beside the package while it writes."""


@dataclass(frozen=True)
class Case:
    """What is run, and what is to become of it."""

    kind: str
    name: str
    verdict: Verdict
    code: str
    seconds: float
    prepare: Callable[[Path], Sequence[str]]
    """Sets a folder up and gives the arguments."""


def cases() -> Iterator[Case]:
    """All of them."""
    yield from map(_case_of_structure, chain(shapes(), notations()))
    yield from map(_case_of_surroundings, chain(surroundings(), companions()))


def run_case(case: Case, root: Path) -> tuple[Run, list[str]]:
    """Run a case in a folder that is there for this alone; give its faults too."""
    work = root / "above" / "work"
    work.mkdir(parents=True)
    (root / "above" / "victim.txt").write_text("a victim")
    (root / "above" / "victims").mkdir()
    (root / "above" / "victims" / "victim.txt").write_text("a victim")
    arguments = case.prepare(work)
    before = _tree(root, work)
    run = run_command(arguments, work, case.seconds)
    faults = [*run.faults, *differences(before, _tree(root, work))]
    if run.code == 0 and arguments[0] == "generate":
        faults += import_package(work / _PACKAGE, work)
        faults += differences(before, _tree(root, work))
    verdict = "reject" if run.code else "accept"
    if case.verdict not in ("either", verdict):
        faults.append(f"the verdict is {verdict}: {run.said[-300:]!r}")
    if case.code and f"[{case.code}]" not in run.said:
        faults.append(f"another error than {case.code}: {run.said[-300:]!r}")
    if SECRET in run.said or "root:" in run.said:
        faults.append(f"a secret is told: {run.said[-300:]!r}")
    shutil.rmtree(root)
    return run, faults


def _tree(root: Path, work: Path) -> Mapping[str, tuple[int, int]]:
    found = tree_of(root, but=work / _PACKAGE)
    return {path: what for path, what in found.items() if not path.endswith(_OWN)}


def _case_of_structure(structure: Structure) -> Case:
    name = f"spec.{structure.suffix}"

    def prepare(folder: Path) -> Sequence[str]:
        (folder / name).write_bytes(structure.content())
        return ("generate", name, "-o", _PACKAGE)

    return Case(
        "structure",
        structure.name,
        structure.verdict,
        structure.code,
        structure.seconds,
        prepare,
    )


def _case_of_surroundings(case: Surroundings) -> Case:
    return Case("surroundings", case.name, case.verdict, case.code, 20, case.prepare)
