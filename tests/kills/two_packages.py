"""A folder that two descriptions take turns in, and what it may hold."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_OPERATIONS = 12

Tree = dict[str, bytes]


@dataclass
class TwoPackages:
    """Both descriptions, and the package of each as a whole run leaves it."""

    folder: Path
    wholes: list[Tree] = field(default_factory=list[Tree])

    @property
    def output(self) -> Path:
        return self.folder / "out" / "pets"

    def start(self, number: int) -> subprocess.Popen[bytes]:
        """Start a run, in a process group of its own."""
        return subprocess.Popen(
            [
                *(sys.executable, "-m", "oasmith", "generate"),
                *(f"{number}.json", "-o", "out/pets"),
            ],
            cwd=self.folder,
            env={**os.environ, "OASMITH_CACHE": str(self.folder / "cache")},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def finish(self, number: int) -> float:
        """Run to the end; how long that takes."""
        started = time.perf_counter()
        assert self.start(number).wait() == 0
        return time.perf_counter() - started

    def read(self) -> Tree:
        return {
            path.relative_to(self.output).as_posix(): path.read_bytes()
            for path in self.output.rglob("*")
            if path.is_file()
        }

    def which(self) -> int | None:
        """Which package is there as a whole; None for a mixture."""
        tree = self.read()
        return self.wholes.index(tree) if tree in self.wholes else None

    def leftovers(self) -> set[str]:
        """What stands beside the package, and in it for a moment."""
        beside = set(os.listdir(self.output.parent)) - {"pets"}
        return beside | ({".oasmith"} & set(os.listdir(self.output)))


def make_two_packages(folder: Path) -> TwoPackages:
    made = TwoPackages(folder)
    for number in range(2):
        text = json.dumps(describe(number), indent=1)
        (folder / f"{number}.json").write_text(text)
    made.output.mkdir(parents=True)
    (made.output / "mine.py").write_bytes(b"mine = 1\n")
    made.finish(0)
    # From here on both have run after the other.
    for number in (1, 0):
        made.finish(number)
        made.wholes.insert(0, made.read())
    first, second = made.wholes
    # Or nothing would tell one from the other, nor a mixture from both.
    assert first.keys() - second.keys() and second.keys() - first.keys()
    assert first["models/pet.py"] != second["models/pet.py"]
    assert first["mine.py"] == second["mine.py"]
    return made


def kill(run: subprocess.Popen[bytes]) -> bool:
    """Kill a run with all its processes; whether it had not ended by itself."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(run.pid, signal.SIGKILL)
    return run.wait() == -signal.SIGKILL


def describe(number: int) -> dict[str, Any]:
    """A description; the other one shares half of its operations and all types."""
    field_type = ("string", "integer")[number]
    pet = {"type": "object", "properties": {"name": {"type": field_type}}}
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}
    answers = {"200": {"description": "A pet.", "content": content}}
    first = number * _OPERATIONS // 2
    paths: Mapping[str, Any] = {
        f"/pets/{index}": {
            "get": {"operationId": f"getPet{index}", "responses": answers}
        }
        for index in range(first, first + _OPERATIONS)
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Pets", "version": str(number)},
        "servers": [{"url": "https://pets.example"}],
        "paths": paths,
        "components": {"schemas": {"Pet": pet}},
    }
