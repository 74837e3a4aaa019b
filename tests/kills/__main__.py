"""Kills "oasmith generate" at random moments, and looks at what it leaves.

usage: python -m tests.kills [KILLS]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from .kill import kill_runs


def main() -> None:
    parser = argparse.ArgumentParser("python -m tests.kills", description=__doc__)
    parser.add_argument("kills", metavar="KILLS", type=int, nargs="?", default=200)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        tally = kill_runs(Path(folder), options.kills)
    print(tally)
    # Kills that all come too early, or too late, have proved nothing.
    has_met_both = tally.old > 0 and tally.new + tally.left > 0
    sys.exit(0 if has_met_both and not tally.faults else 1)


if __name__ == "__main__":
    main()
