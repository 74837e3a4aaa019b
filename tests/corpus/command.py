"""Runs a command with a time limit, and measures it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from resource import struct_rusage
from tempfile import TemporaryFile

from .tree_memory import TreeMemory

_POLL_SECONDS = 0.02
TIMED_OUT = -signal.SIGKILL


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended; ``exit_code`` is negative where a signal ended it."""

    exit_code: int
    output: str
    errors: str
    seconds: float
    peak_megabytes: float
    """Of the largest of its processes."""

    cpu_seconds: float = 0.0
    """Of it and of the processes that it waited for, which load does not change."""


def run_command(
    command: Sequence[str],
    *,
    folder: Path,
    limit: float,
    environment: Mapping[str, str],
    memory: TreeMemory | None = None,
) -> Ran:
    """Run a command; it is killed, with what it started, after ``limit`` seconds.

    Args:
        environment: What is added to the environment of this process.
        memory: Watches it; where it takes more than it may, it is killed as well.
    """
    started = time.monotonic()
    with TemporaryFile() as output, TemporaryFile() as errors:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            start_new_session=True,
        )
        status, usage = _wait(process, started + limit, memory)
        # The pid was waited for already; Popen must not wait for another one's.
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - started
        output.seek(0)
        errors.seek(0)
        return Ran(
            process.returncode,
            output.read().decode(errors="replace"),
            errors.read().decode(errors="replace"),
            round(seconds, 3),
            round(usage.ru_maxrss / 1024, 1),
            round(usage.ru_utime + usage.ru_stime, 3),
        )


def _wait(
    process: subprocess.Popen[bytes], deadline: float, memory: TreeMemory | None
) -> tuple[int, struct_rusage]:
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            return status, usage
        if memory is not None:
            memory.look(process.pid)
        is_too_large = memory is not None and memory.is_exceeded
        if is_too_large or time.monotonic() > deadline:
            os.killpg(process.pid, signal.SIGKILL)
            _, status, usage = os.wait4(process.pid, 0)
            return status, usage
        time.sleep(_POLL_SECONDS)
