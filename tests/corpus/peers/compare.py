"""Takes documents through each tool, one after the other, and checks what they made."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from oasmith.diagnostics import Stopped

from ..command import Ran, run_command
from ..described import read_described
from ..documents import CorpusDocument
from ..process import Workspace
from ..store import locate_source
from .operations import count_matched, find_operations
from .tools import TOOLS, Tool

_IMPORTER = Path(__file__).with_name("import_package.py")


@dataclass(frozen=True, slots=True)
class Made:
    """What one tool made of one document."""

    tool: str
    document: CorpusDocument
    exit_code: int
    seconds: float
    cpu_seconds: float
    described: int
    generated: int
    modules: int
    import_failures: int
    mypy_errors: int | None
    """None where mypy did not get to check it."""

    @property
    def is_whole(self) -> bool:
        return (
            self.exit_code == 0
            and self.generated == self.described
            and not self.import_failures
            and self.mypy_errors == 0
        )


def compare_tools(
    workspace: Workspace, documents: Sequence[CorpusDocument]
) -> Iterator[Made]:
    """One command at a time, so that seconds can be compared; nothing is kept."""
    pythons = {tool.name: tool.python(workspace.store) for tool in TOOLS}
    for document in documents:
        spec = locate_source(workspace.store, document.source)
        try:
            described = read_described(spec).operations
        except Stopped:
            continue
        for tool in TOOLS:
            made = _make(workspace, tool, pythons[tool.name], document, described)
            print(f"{document.package}: {tool.name}: exit {made.exit_code}", flush=True)
            yield made


def _make(
    workspace: Workspace,
    tool: Tool,
    python: Path,
    document: CorpusDocument,
    described: frozenset[tuple[str, str]],
) -> Made:
    spec = locate_source(workspace.store, document.source)
    folder = workspace.folder / tool.name / document.package
    folder.parent.mkdir(parents=True, exist_ok=True)
    ran = _run(workspace, tool.command(python.parent, spec, folder), python)
    package = tool.package(folder)
    generated = modules = failures = 0
    errors = None
    if package.is_dir():
        generated = count_matched(find_operations(package), described)
        modules, failures = _import_all(workspace, python, package)
        errors = _count_type_errors(workspace, python, package)
    shutil.rmtree(folder, ignore_errors=True)
    return Made(
        tool.name,
        document,
        ran.exit_code,
        ran.seconds,
        ran.cpu_seconds,
        len(described),
        generated,
        modules,
        failures,
        errors,
    )


def _import_all(workspace: Workspace, python: Path, package: Path) -> tuple[int, int]:
    """How many modules there are, and how many of them can't be imported."""
    ran = _run(workspace, [os.fspath(python), _IMPORTER, os.fspath(package)], python)
    if ran.exit_code:
        return 1, 1
    found = json.loads(ran.output.splitlines()[-1])
    return found["modules"], len(found["failures"])


def _count_type_errors(workspace: Workspace, python: Path, package: Path) -> int | None:
    options = ["--strict", "--no-error-summary", f"--cache-dir={os.devnull}"]
    options += ["--config-file=", "--python-executable", os.fspath(python)]
    ran = run_command(
        [sys.executable, "-m", "mypy", *options, package.name],
        folder=package.parent,
        limit=workspace.limit,
        environment={},
    )
    return ran.output.count(": error: ") if ran.exit_code in (0, 1) else None


def _run(workspace: Workspace, command: Sequence[str | Path], python: Path) -> Ran:
    """Run a program of an environment, which finds its own programs first."""
    path = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
    return run_command(
        [os.fspath(each) for each in command],
        folder=workspace.folder,
        limit=workspace.limit,
        environment={
            "PATH": path,
            "OASMITH_CACHE": os.fspath(workspace.folder / "cache"),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
    )
