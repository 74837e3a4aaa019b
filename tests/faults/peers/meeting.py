"""What the programs of the peers share: they read faults and write what came of them.

Each line that is read is a JSON object: base_url, timeout, method, calls. Each one that
is written tells what came, how long it took and how much memory it took.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

MOST_MEMORY = 2 * 2**30
"""How many bytes of addresses a program may have, lest it takes the whole machine."""

Call = Callable[[], str]


def meet_all(make: Callable[[dict[str, Any]], Call], own: tuple[type, ...]) -> None:
    """Meet faults until there are no more.

    Args:
        make: Makes a client for a fault, and gives what calls it and names the value.
        own: The errors that the client documents as its own.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    for line in sys.stdin:
        fault = json.loads(line)
        before = _reset_peak()
        start = time.monotonic()
        comes = _meet(make, own, fault)
        seconds = time.monotonic() - start
        told = {"comes": comes, "seconds": seconds, "mebibytes": _peak() - before}
        print(json.dumps(told), flush=True)


def _meet(
    make: Callable[[dict[str, Any]], Call], own: tuple[type, ...], fault: dict[str, Any]
) -> list[str]:
    call = make(fault)
    comes: list[str] = []
    for number in range(fault["calls"]):
        time.sleep(0.05 if number else 0)
        try:
            comes.append(call())
        except own:
            comes.append("error")
        except Exception as error:
            comes.append(f"other error: {type(error).__name__}")
    return comes


def _reset_peak() -> float:
    Path("/proc/self/clear_refs").write_text("5")
    return _peak()


def _peak() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise AssertionError("Linux tells it")
