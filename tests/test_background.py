"""A function in a process of its own, and what becomes of it when that process dies."""

import os
import signal
import sys

import pytest

from oasmith.background import Background

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows can't fork")


def do_nothing() -> None:
    pass


def test_the_function_is_called_elsewhere() -> None:
    with Background(lambda number: (number + 1, os.getpid()), do_nothing) as background:
        background.start(1)
        result, process = background.result()
    assert result == 2
    assert process != os.getpid()


def test_what_it_needs_is_made_ready_there() -> None:
    ready = list[int]()
    with Background(lambda _: ready, lambda: ready.append(os.getpid())) as background:
        background.start(None)
        there = background.result()
    assert len(there) == 1
    assert ready == []


def test_a_call_that_died_is_made_again_here() -> None:
    parent = os.getpid()

    def work(text: str) -> str:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return text.upper()

    with Background(work, do_nothing) as background:
        background.start("done")
        assert background.result() == "DONE"


def test_a_process_that_died_before_the_call_changes_nothing() -> None:
    with Background(str.upper, lambda: os.kill(os.getpid(), signal.SIGKILL)) as dead:
        dead.start("done" * 100_000)
        assert dead.result() == "DONE" * 100_000


def test_no_process_is_left_when_nothing_was_asked() -> None:
    with Background(str.upper, do_nothing) as background:
        process = background._process
    assert process.exitcode is not None
