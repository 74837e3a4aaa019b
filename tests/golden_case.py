"""A golden case: a description, and the package and the messages it is to give.

As a program it runs every case in a folder: ``python golden_case.py WORKSPACE``.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import oasmith
from oasmith.listing import format_diagnostic

CASES = Path(__file__).parent / "cases"
PACKAGES = "packages"
"""The folder of a workspace that holds the packages; it can be put on sys.path."""

# Each run validates in a process of its own, which then need not import this again.
import_module("openapi_spec_validator")

_SPEC = "spec.yaml"
_NOT_INPUT = (
    "expected",
    "config.toml",
    "stderr.txt",
    "test_*.py",
    "typed_use.py",
    "__pycache__",
)
_NOT_SHOWN = ("_runtime/", "oasmith.lock")


@dataclass(frozen=True)
class Case:
    """A folder of tests/cases.

    ``spec.yaml`` is the description, which may refer to other files of the folder, and
    ``config.toml`` may have further arguments of ``oasmith.generate``.
    """

    name: str

    @property
    def folder(self) -> Path:
        return CASES / self.name

    @property
    def options(self) -> dict[str, Any]:
        config = self.folder / "config.toml"
        return tomllib.loads(config.read_text()) if config.exists() else {}

    def expected(self) -> dict[str, bytes]:
        """The files that the package must have, word by word; others may be there."""
        return read_tree(self.folder / "expected")

    def expected_messages(self) -> str:
        return (self.folder / "stderr.txt").read_text()

    def update(self, outcome: Outcome) -> None:
        """Expect what came out; of the files, those that were shown before.

        Where none was, all of them are: remove what is not worth reading.
        """
        shown = self.expected().keys() or outcome.shown.keys()
        shutil.rmtree(self.folder / "expected", ignore_errors=True)
        for path in outcome.files.keys() & shown:
            target = self.folder / "expected" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(outcome.files[path])
        (self.folder / "stderr.txt").write_text(outcome.messages)


@dataclass(frozen=True)
class Outcome:
    """What a case gave: the files by their path, none where the input is refused."""

    files: Mapping[str, bytes]
    messages: str
    written_again: tuple[str, ...]
    """What a second run over the first one's output wrote: nothing, one hopes."""

    @property
    def shown(self) -> dict[str, bytes]:
        """All but what is the same in every case, or depends on the generator."""
        return {
            path: content
            for path, content in self.files.items()
            if not path.startswith(_NOT_SHOWN)
        }


def find_cases() -> list[Case]:
    names = sorted(each.name for each in CASES.iterdir() if each.is_dir())
    return [Case(name) for name in names if not name.startswith("_")]


def run_case(case: Case, workspace: Path) -> Outcome:
    """Generate the package of a case below ``packages`` in a workspace, twice."""
    folder = workspace / "specs" / case.name
    shutil.copytree(case.folder, folder, ignore=shutil.ignore_patterns(*_NOT_INPUT))
    output = Path("..", "..", PACKAGES, case.name)
    again: tuple[str, ...] = ()
    with contextlib.chdir(folder):
        try:
            result = oasmith.generate(_SPEC, output, **case.options)
            second = oasmith.generate(_SPEC, output, **case.options)
            diagnostics = result.diagnostics
            again = second.written.created + second.written.changed
        except oasmith.Failed as failure:
            diagnostics = failure.diagnostics
    messages = "".join(f"{format_diagnostic(found)}\n" for found in diagnostics)
    return Outcome(read_tree(workspace / PACKAGES / case.name), messages, again)


def read_tree(folder: Path) -> dict[str, bytes]:
    """The files below a folder by their path; none where it is missing."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


if __name__ == "__main__":
    for each in find_cases():
        run_case(each, Path(sys.argv[1]))
