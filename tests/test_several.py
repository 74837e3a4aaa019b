"""Several calls at once: their order, their ends, and what is left of them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from oasmith.background import Background
from oasmith.several import call_several

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows can't fork")


def test_results_come_in_order() -> None:
    def work(seconds: float) -> tuple[float, int]:
        time.sleep(seconds)
        return seconds, os.getpid()

    given = [0.3, 0.0, 0.1, 0.0, 0.0]
    made = [*call_several(work, given, 2)]
    assert [seconds for seconds, _ in made] == given
    assert len({process for _, process in made} | {os.getpid()}) == 6


def test_as_many_are_under_way_as_may_be_and_no_more(tmp_path: Path) -> None:
    def work(number: int) -> int:
        mark = tmp_path / str(number)
        mark.touch()
        most, end = 0, time.monotonic() + (0.1 if number >= 3 else 30)
        # The first three wait for each other, which one after another could not do.
        while time.monotonic() < end and (number >= 3 or most < 3):
            most = max(most, len([*tmp_path.iterdir()]))
            time.sleep(0.01)
        time.sleep(0.1)
        most = max(most, len([*tmp_path.iterdir()]))
        mark.unlink()
        return most

    assert max(call_several(work, range(7), 3)) == 3


def test_an_error_is_raised_when_it_is_its_turn() -> None:
    def work(number: int) -> int:
        if number == 1:
            raise ValueError("one")
        return number

    results = call_several(work, range(3), 3)
    assert next(results) == 0
    with pytest.raises(ValueError, match="one"):
        next(results)


def test_who_stops_early_leaves_no_process_behind(tmp_path: Path) -> None:
    def sleep(path: Path) -> None:
        path.write_text(str(os.getpid()))
        time.sleep(60)

    def work(number: int) -> int:
        if number == 0:
            while len([*tmp_path.iterdir()]) < 4:
                time.sleep(0.01)
            return 0
        (tmp_path / f"outer{number}").write_text(str(os.getpid()))
        with Background(sleep, lambda: None) as inner:
            inner.start(tmp_path / f"inner{number}")
            inner.result()
        return number

    results = call_several(work, range(3), 3)
    assert isinstance(results, Iterator)
    with closing(results):  # type: ignore[type-var]
        assert next(results) == 0
    time.sleep(0.1)
    for path in tmp_path.iterdir():
        with pytest.raises(ProcessLookupError):
            os.kill(int(path.read_text()), 0)


def test_what_clients_print_comes_as_if_one_ran_after_another(tmp_path: Path) -> None:
    good = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {}\n"
    bad = good.replace("3.0.3", "4.0.3")
    tables: list[str] = []
    for number in range(6):
        text = good if number % 2 else bad
        (tmp_path / f"s{number}.yaml").write_text(text)
        table = (
            f'[[tool.oasmith.client]]\nspec = "s{number}.yaml"\noutput = "o{number}"'
        )
        tables.append(table)
    (tmp_path / "pyproject.toml").write_text("\n".join(tables))
    done = subprocess.run(
        [sys.executable, "-m", "oasmith", "generate"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "OASMITH_CACHE": str(tmp_path / "cache")},
    )
    assert done.returncode == 1
    heads = [line[:2] for line in done.stdout.splitlines() if line[0] in "so"]
    assert heads == ["s0", "o1", "s2", "o3", "s4", "o5"]
