"""Tries the faults on this project's client, on its peers, or many calls for a while.

usage: python -m tests.faults [--peers | --soak SECONDS]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from .callers import CALLERS
from .faults import FAULTS
from .process import fault_process, judge
from .soak import TRANSPORTS, soak


def main() -> None:
    parser = argparse.ArgumentParser("python -m tests.faults", description=__doc__)
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--peers", action="store_true", help="compare with the peers")
    choice.add_argument("--soak", type=float, metavar="SECONDS", help="call and call")
    options = parser.parse_args()
    if options.peers:
        sys.exit(_compare())
    sys.exit(_soak(options.soak) if options.soak else _meet_all())


def _compare() -> int:
    # Others need neither the peers nor what installs them.
    from .comparison import compare

    with TemporaryDirectory() as folder:
        for line in compare(Path(folder)):
            print(line, flush=True)
    return 0


def _soak(seconds: float) -> int:
    is_well = True
    for name in TRANSPORTS:
        done = soak(name, seconds)
        is_well = is_well and not done.problems
        print(
            f"{name}: {done.tally.right} calls were right, {done.tally.failed} failed"
        )
        print(f"  {done.before} before, {done.after} after")
        for problem in done.problems:
            print(f"  {problem}")
    return 0 if is_well else 1


def _meet_all() -> int:
    count = 0
    with fault_process() as process:
        for caller in CALLERS:
            process.meet(FAULTS[0], caller)
            for fault in FAULTS:
                problems = judge(fault, caller, process.meet(fault, caller))
                count += bool(problems)
                for problem in problems:
                    print(f"{fault.name}, {caller}: {problem}")
    print(f"{len(FAULTS)} faults, {len(CALLERS)} clients: {count} not met")
    return 1 if count else 0


if __name__ == "__main__":
    main()
