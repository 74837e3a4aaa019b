"""Tries a description: generates, imports and calls, and looks at what came of it."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import re
import shutil
import signal
import sys
import traceback
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import oasmith
from oasmith.diagnostics import Diagnostic
from oasmith.ledger import make_ledger
from oasmith.listing import format_diagnostic

_PAINTS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
)
"""What a terminal would not show as it is."""

SECONDS = 60
"""What a trial may take."""


@dataclass
class Outcome:
    """What came of a description."""

    accepted: bool = False
    codes: frozenset[str] = frozenset()
    """Those of the errors, where it was refused."""

    faults: list[str] = field(default_factory=list[str])
    """What may never happen, whatever the description says."""


class TooLong(Exception):
    """A trial takes longer than it may."""


class Sandbox:
    """A folder in which nothing may change but the output folder of a trial.

    Args:
        root: A folder that is there for this alone.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.work = root / "above" / "work"
        self.packages = root / "packages"
        self.work.mkdir(parents=True)
        self.packages.mkdir()
        self._count = 0

    @contextlib.contextmanager
    def trial(self) -> Generator[tuple[str, Outcome]]:
        """Give the name of a package, and note what else was written or left undone."""
        self._count += 1
        for done in self.packages.iterdir():
            shutil.rmtree(done)
        name, outcome = f"hostile_{self._count}", Outcome()
        before = self._tree(name)
        with contextlib.chdir(self.work), _time_limited():
            try:
                yield name, outcome
            except KeyboardInterrupt:
                raise
            except BaseException as error:  # SystemExit, too, is what may not come.
                outcome.faults.append(_describe_error(error))
        after = self._tree(name)
        for path in sorted(before.keys() | after.keys()):
            if before.get(path) != after.get(path):
                outcome.faults.append(f"{path!r} was written, or is gone")
        self._clear(name)

    def _tree(self, name: str) -> dict[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        for above, folders, files in os.walk(self.root):
            if Path(above) == self.packages and name in folders:
                folders.remove(name)
            for each in folders + files:
                path = os.path.join(above, each)
                status = os.lstat(path)
                size = 0 if each in folders else status.st_size
                found[path] = status.st_mode, size
        return found

    def _clear(self, name: str) -> None:
        for loaded in [each for each in sys.modules if each.partition(".")[0] == name]:
            del sys.modules[loaded]
        for path in self.work.iterdir():
            path.unlink() if path.is_file() else shutil.rmtree(path)


def generate(
    sandbox: Sandbox, name: str, spec: str, outcome: Outcome, **options: Any
) -> None:
    """Generate a package, and note whether it is whole."""
    try:
        result = oasmith.generate(spec, sandbox.packages / name, **options)
    except oasmith.Failed as failure:
        errors = [each for each in failure.diagnostics if each.severity == "error"]
        outcome.codes = frozenset(each.code for each in errors)
        outcome.faults += _faults_of_messages(failure.diagnostics)
        if not errors:
            outcome.faults.append("refused, and no error says why")
        if (sandbox.packages / name).exists():
            outcome.faults.append("refused, and written all the same")
        return
    outcome.accepted = True
    outcome.faults += _faults_of_messages(result.diagnostics)
    if options.get("lenient"):
        return
    made = result.made
    ledger = make_ledger(made.package.api, made.left_out, result.diagnostics)
    for entry in ledger.entries:
        if entry.status == "refused":
            outcome.faults.append(f"refused: {entry.kind} {entry.place.pointer}")


def _faults_of_messages(diagnostics: tuple[Diagnostic, ...]) -> Iterator[str]:
    for each in diagnostics:
        if odd := _PAINTS.search(format_diagnostic(each)):
            yield f"a message holds {odd[0]!r}"


def import_all(sandbox: Sandbox, name: str) -> Any:
    """Import a package and each of its modules."""
    sys.path.insert(0, str(sandbox.packages))
    importlib.invalidate_caches()
    try:
        for path in sorted((sandbox.packages / name).rglob("*.py")):
            parts = path.relative_to(sandbox.packages).with_suffix("").parts
            if parts[1:2] != ("_runtime",):
                inner = parts[:-1] if parts[-1] == "__init__" else parts
                importlib.import_module(".".join(inner))
        return importlib.import_module(name)
    finally:
        sys.path.pop(0)


def manifest_of(sandbox: Sandbox, name: str) -> Mapping[str, Any]:
    text = (sandbox.packages / name / "manifest.json").read_text(encoding="utf-8")
    manifest: Mapping[str, Any] = json.loads(text)
    return manifest


@contextlib.contextmanager
def _time_limited() -> Generator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise TooLong(f"more than {SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _describe_error(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    at = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}: {error} ({at})"[:400]
