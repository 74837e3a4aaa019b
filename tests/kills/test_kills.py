"""Killed and concurrent runs leave one whole package.

python -m tests.kills kills 200 of them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from .kill import kill_runs
from .two_packages import make_two_packages

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no process groups")


def test_a_killed_run_leaves_the_package_wholly_old_or_new(tmp_path: Path) -> None:
    tally = kill_runs(tmp_path, 10)
    assert tally.faults == []
    assert tally.kills == tally.old + tally.new == 10


def test_runs_at_once_into_one_folder_do_not_mix(tmp_path: Path) -> None:
    packages = make_two_packages(tmp_path)
    runs = [packages.start(number) for number in (0, 1, 0, 1)]
    assert [run.wait() for run in runs] == [0, 0, 0, 0]
    assert packages.which() is not None
    assert packages.leftovers() == set()
    # They wrote, and did not just leave what was there.
    other = 1 - packages.wholes.index(packages.read())
    assert [run.wait() for run in [packages.start(other) for _ in range(3)]] == [0] * 3
    assert packages.which() == other
