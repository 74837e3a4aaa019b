"""Work is shared out between processes, which may die, and bounded as it is granted."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence

import pytest

from oasmith.output.processes import cores_granted, count_cores, map_shares

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="others do not fork")


@pytest.fixture(autouse=True)
def three_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0, 1, 2})


def where(share: Sequence[int]) -> tuple[int, list[int], int]:
    return os.getpid(), list(share), count_cores()


def test_each_share_has_a_process() -> None:
    made = map_shares(where, range(10), 3)
    assert [share for _, share, _ in made] == [[0, 3, 6, 9], [1, 4, 7], [2, 5, 8]]
    assert made[0][0] == os.getpid()
    assert len({process for process, _, _ in made}) == 3
    # None of them takes processors that the others are at work on.
    assert [cores for _, _, cores in made] == [1, 1, 1]


def test_little_work_stays_here() -> None:
    assert map_shares(where, range(5), 3) == [(os.getpid(), [*range(5)], 1)]
    assert map_shares(where, [], 3) == [(os.getpid(), [], 1)]


def test_no_more_are_used_than_are_granted() -> None:
    with cores_granted(2):
        assert len(map_shares(where, range(100), 3)) == 2
        with cores_granted(7):
            assert count_cores() == 3
    assert count_cores() == 3


def test_a_killed_process_is_done_without() -> None:
    here = os.getpid()

    def work(share: Sequence[int]) -> list[int]:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return list(share)

    assert map_shares(work, range(6), 2) == [[0, 3], [1, 4], [2, 5]]


def test_what_goes_wrong_elsewhere_is_raised_here() -> None:
    def work(share: Sequence[int]) -> None:
        if 1 in share:
            raise ValueError("one")

    with pytest.raises(ValueError, match="one"):
        map_shares(work, range(6), 2)
