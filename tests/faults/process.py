"""The process in which the server runs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO

from .callers import OURS, meet
from .fault import Fault, ForEver, Outcome


class FaultProcess:
    """Faults to be met, each at a port of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._to, self._from = _pipe(process.stdin), _pipe(process.stdout)
        self.ports: dict[str, int] = json.loads(self._from.readline())

    def take(self, name: str) -> int:
        """How many requests arrived since this was asked for."""
        print("take", name, file=self._to, flush=True)
        return int(self._from.readline())

    def meet(self, fault: Fault, caller: str) -> Outcome:
        take = partial(self.take, fault.name)
        return meet(fault, caller, self.ports[fault.name], take)


@contextmanager
def fault_process() -> Iterator[FaultProcess]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.server"],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield FaultProcess(process)
        finally:
            process.kill()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


def judge(fault: Fault, caller: str, outcome: Outcome) -> list[str]:
    """What is not as it must be."""
    problems: list[str] = []
    is_ours = caller in OURS
    comes = fault.comes if is_ours or fault.elsewhere is None else fault.elsewhere
    requests = fault.requests
    if not is_ours and fault.elsewhere_requests != ForEver:
        requests = fault.elsewhere_requests
    if outcome.comes not in comes.split("|"):
        told = f" {outcome.told}" if outcome.told else ""
        problems.append(f'"{outcome.comes}" came, not "{comes}"{told}')
    if requests is not None and outcome.requests != requests:
        problems.append(f"{outcome.requests} requests arrived, not {requests}")
    if outcome.seconds > fault.seconds:
        problems.append(f"it took {outcome.seconds:.2f} s")
    if outcome.mebibytes > fault.mebibytes:
        problems.append(f"it took {outcome.mebibytes:.1f} MiB")
    return problems
