"""Replays the histories and says what came out; exits with 1 unless all of it is clean.

The releases are fetched by npm, once.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from .histories import choose_histories
from .replay import Step, replay
from .report import to_markdown, to_summary
from .store import FetchFailed, default_store


def main() -> None:
    options = _parse_options()
    steps: list[Step] = []
    with TemporaryDirectory(prefix="oasmith-history-") as scratch:
        folder: Path = (options.workspace or Path(scratch)).absolute()
        os.environ["OASMITH_CACHE"] = os.fspath(folder / "cache")
        try:
            for history in choose_histories(options.only):
                for step in replay(
                    history, options.store, folder, with_mypy=options.mypy
                ):
                    state = "clean" if step.is_clean else "NOT CLEAN"
                    print(f"{history.name} {step.version}: {state}", flush=True)
                    steps.append(step)
        except FetchFailed as failure:
            print(f"history: {failure}")
            sys.exit(2)
    report: Path = options.report
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text(to_markdown(steps), encoding="utf-8")
    print(to_summary(steps))
    sys.exit(0 if all(each.is_clean for each in steps) else 1)


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("tests.history", description=__doc__)
    add = parser.add_argument
    add("--only", metavar="PATTERN", help="histories whose name a glob matches")
    add(
        "--no-mypy",
        dest="mypy",
        action="store_false",
        help="leave out mypy --strict, which takes most of the time",
    )
    add(
        "--store",
        type=Path,
        default=default_store(),
        metavar="DIR",
        help="where fetched releases are kept (in the user's cache folder)",
    )
    add("--workspace", type=Path, metavar="DIR", help="keep what is generated here")
    add(
        "--report",
        type=Path,
        default=Path("build", "history.md"),
        metavar="PATH",
        help="where the report goes (build/history.md)",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
