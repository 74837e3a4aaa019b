"""Runs the command line on hostile input, in a process that is given little."""

from __future__ import annotations

import contextlib
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .payloads import MARK

MOST_BYTES = 3 * 2**30
"""The memory of each process; the address space, of which black and regex map much."""

_PAINTS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
)

_IMPORT_ALL = """
import importlib, pathlib, sys
sys.path.insert(0, str(pathlib.Path(sys.argv[1]).parent))
root = pathlib.Path(sys.argv[1])
for path in sorted(root.rglob("*.py")):
    parts = path.relative_to(root.parent).with_suffix("").parts
    importlib.import_module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
"""


@dataclass(frozen=True)
class Run:
    """What came of a run."""

    code: int
    said: str
    seconds: float

    @property
    def faults(self) -> list[str]:
        """What may never happen, whatever the input is."""
        found = list[str]()
        if self.code not in (0, 1, 2):
            found.append(f"exit code {self.code}: {self.said[-300:]!r}")
        if "Traceback" in self.said:
            found.append(f"a traceback: {self.said[-300:]!r}")
        if odd := _PAINTS.search(self.said):
            found.append(f"a message holds {odd[0]!r}")
        if self.code == 1 and "error[" not in self.said:
            found.append("no error says why it is refused")
        return found


def run_command(arguments: Sequence[str], folder: Path, seconds: float) -> Run:
    """Run oasmith in a folder, with an end to its time and its memory."""
    return _run([sys.executable, "-m", "oasmith", *arguments], folder, seconds)


def import_package(package: Path, folder: Path) -> list[str]:
    """Import all that was generated; what is said of it."""
    run = _run([sys.executable, "-c", _IMPORT_ALL, str(package)], folder, 60)
    return [f"it can't be imported: {run.said[-300:]!r}"] if run.code else []


def tree_of(folder: Path, *, but: Path | None = None) -> Mapping[str, tuple[int, int]]:
    """All that stands below a folder: the kind of each, and its size."""
    found: dict[str, tuple[int, int]] = {}
    for above, folders, files in os.walk(folder):
        if but is not None and Path(above) == but.parent and but.name in folders:
            folders.remove(but.name)
        for name in folders + files:
            path = os.path.join(above, name)
            status = os.lstat(path)
            size = 0 if name in folders else status.st_size
            found[path] = status.st_mode, size
    return found


def differences(
    before: Mapping[str, tuple[int, int]], after: Mapping[str, tuple[int, int]]
) -> list[str]:
    """What was written, or is gone, where nothing may change."""
    return [
        f"{path!r} was written, or is gone"
        for path in sorted(before.keys() | after.keys())
        if before.get(path) != after.get(path)
    ]


def _run(arguments: Sequence[str], folder: Path, seconds: float) -> Run:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    started = time.monotonic()
    with subprocess.Popen(
        arguments,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=limit,
        env={**os.environ, "CANARY": MARK, "NO_COLOR": "1"},
    ) as process:
        try:
            said, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            said, _ = process.communicate()
            said += f"\nit took more than {seconds:g} seconds".encode()
    took = time.monotonic() - started
    return Run(process.returncode, said.decode("utf-8", "replace"), took)
