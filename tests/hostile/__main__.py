"""Tries what means harm, whole or in part; exits with 1 unless all of it is met.

``python -m tests.hostile`` runs every pair of a place and a payload, and every case.
``--fuzz MINUTES`` mutates real descriptions, ``--peers DIR`` tries other generators.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from tests.corpus.store import default_store
from tests.loopback import LoopbackServer

from .matrix import Matrix, Tally, singles, squares
from .run import cases, run_case
from .trial import Sandbox
from .type_check import TypeCheck


def main() -> None:
    """Run what the command line asks for."""
    options = _parse_options()
    os.environ["PYTHONWARNINGS"] = "ignore"
    with tempfile.TemporaryDirectory(prefix="oasmith-hostile-") as scratch:
        os.environ["OASMITH_CACHE"] = os.path.join(scratch, "cache")
        folder = Path(scratch)
        if options.fuzz is not None:
            from .fuzz import fuzz

            found = fuzz(options.fuzz, options.seed, options.store, folder / "fuzz")
            sys.exit(1 if found else 0)
        if options.peers is not None:
            from .peers import try_peers

            sys.exit(0 if try_peers(options.peers, folder / "peers") else 1)
        tallies = {**_run_matrix(folder / "matrix"), **_run_cases(folder / "cases")}
    _print_table(tallies)
    sys.exit(1 if any(tally.faults for tally in tallies.values()) else 0)


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("tests.hostile", description=__doc__)
    parser.add_argument("--fuzz", type=float, metavar="MINUTES")
    parser.add_argument("--store", type=Path, default=default_store(), metavar="DIR")
    parser.add_argument("--seed", type=int, default=1, help="what the fuzz begins with")
    parser.add_argument(
        "--peers", type=Path, metavar="DIR", help="a folder of their environments"
    )
    return parser.parse_args()


def _run_matrix(root: Path) -> Mapping[str, Tally]:
    # Each trial validates in a process of its own, which need not import this again.
    import_module("openapi_spec_validator")
    with LoopbackServer() as server:
        types = TypeCheck(root.with_name("types"))
        matrix = Matrix(Sandbox(root), server, types)
        for pairs in [*squares(), *singles()]:
            matrix.try_pairs(pairs)
    return matrix.tallies


def _run_cases(root: Path) -> Mapping[str, Tally]:
    tallies: dict[str, Tally] = {}
    for number, case in enumerate(cases()):
        tally = tallies.setdefault(f"({case.kind})", Tally())
        run, faults = run_case(case, root / str(number))
        tally.tried += 1
        tally.accepted += run.code == 0
        tally.faults += [f"{case.name}: {fault}" for fault in faults]
    return tallies


def _print_table(tallies: Mapping[str, Tally]) -> None:
    print("| place | tried | accepted | faults |\n| --- | --- | --- | --- |")
    for name, tally in tallies.items():
        print(f"| {name} | {tally.tried} | {tally.accepted} | {len(tally.faults)} |")
    tried = sum(tally.tried for tally in tallies.values())
    faults = [fault for tally in tallies.values() for fault in tally.faults]
    print(f"\n{tried:,} tried, {len(faults):,} faults")
    for fault in faults:
        print(f"- {fault}")


if __name__ == "__main__":
    main()
