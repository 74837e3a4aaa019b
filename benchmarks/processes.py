"""Runs commands, and tells what they cost."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_KEPT = ("HOME", "LANG", "PATH", "TMPDIR")


class Cost(NamedTuple):
    wall: float
    """Seconds."""

    cpu: float
    """Seconds of all cores, those of the processes that it waited for included."""


class CommandFailed(Exception):
    """A command did not exit with 0."""

    def __init__(self, command: Sequence[str | Path], output: str) -> None:
        told = " ".join(map(str, command))
        super().__init__(f'"{told}" failed:\n{output.strip()}')


def run(
    *command: str | Path,
    folder: Path,
    variables: Mapping[str, str] | None = None,
) -> Cost:
    """Run a command to its end.

    Args:
        folder: Where it runs.
        variables: The environment, besides the few variables that are always there:
            what else the user has set (proxies, PYTHONPATH) must not count.

    Raises:
        CommandFailed: It did not exit with 0.
    """
    with tempfile.TemporaryFile() as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment(variables),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            raise CommandFailed(command, output.read().decode(errors="replace"))
    return Cost(wall, usage.ru_utime + usage.ru_stime)


def read(
    *command: str | Path,
    folder: Path,
    variables: Mapping[str, str] | None = None,
) -> str:
    """Run a command, and give what it printed on stdout and stderr.

    Raises:
        CommandFailed: It did not exit with 0.
    """
    result = subprocess.run(
        command,
        cwd=folder,
        env=environment(variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if result.returncode:
        raise CommandFailed(command, result.stdout)
    return result.stdout


def environment(variables: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment that commands get."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | dict(variables or {})
