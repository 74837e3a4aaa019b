"""Runs what the benchmarks can measure with nothing installed for them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from benchmarks.calls import measure_creates, measure_lists
from benchmarks.contestants import BARE, Contestant, generated
from benchmarks.generation import Source, measure_changed, measure_unchanged
from benchmarks.laboratory import QUICK, Laboratory
from benchmarks.processes import CommandFailed, run
from benchmarks.samples import interleave, ratio, spread
from benchmarks.server import serve
from benchmarks.sizes import measure_sizes
from benchmarks.start import measure_first_replies, measure_imports
from benchmarks.table import OURS, Measure, compare

_ROOT = Path(__file__).parents[2]


@pytest.fixture
def laboratory(tmp_path: Path) -> Laboratory:
    return Laboratory(Path(sys.executable), tmp_path, QUICK)


@pytest.fixture
def contestants(tmp_path: Path) -> list[Contestant]:
    return [BARE, generated(_ROOT / "generated" / "cloudflare", tmp_path)]


def test_every_contestant_is_measured_on_the_way_to_a_reply(
    laboratory: Laboratory, contestants: list[Contestant]
) -> None:
    with serve() as base_url:
        tables = [
            measure_first_replies(laboratory, contestants, base_url),
            measure_creates(laboratory, contestants, base_url),
            measure_lists(laboratory, contestants, base_url),
        ]
    for table in tables:
        ratios = {name: float(cells[1]) for name, *cells in table.rows}
        assert ratios[BARE.name] == 1
        assert 0.1 < ratios[OURS] < 20


def test_imports_are_compared_with_an_empty_program(
    laboratory: Laboratory, contestants: list[Contestant]
) -> None:
    table = measure_imports(laboratory, contestants)
    assert [row[0] for row in table.rows][:3] == [
        "`python -c pass`",
        BARE.name,
        OURS,
    ]
    assert table.rows[0][2] == "1.00"


def test_generating_again_is_compared_with_an_empty_program_and_with_all_of_it(
    laboratory: Laboratory,
) -> None:
    source = Source("a description", _ROOT / "specs" / "cloudflare.yaml")
    unchanged = measure_unchanged(laboratory, source)
    assert [row[0] for row in unchanged.rows] == ["`python -c pass`", OURS]
    assert unchanged.header[2] == "ratio (budget 4)"
    changed = measure_changed(laboratory, source)
    assert [row[0] for row in changed.rows] == ["from the beginning", OURS]
    assert changed.header[2] == "ratio"
    assert 0 < float(changed.rows[1][2]) < 3
    # Each round changed the function, and not only the description.
    function = laboratory.folder / "changed-cloudflare/client/api"
    (module,) = function.rglob("list_dispatch_namespaces.py")
    assert "number_" in module.read_text()


def test_sizes_leave_bytecode_out(contestants: list[Contestant]) -> None:
    package = contestants[1].package
    assert package is not None
    assert [*package.rglob("*.pyc")]
    files = [path for path in package.rglob("*") if path.suffix != ".pyc"]
    expected = sum(path.is_file() for path in files)
    table = measure_sizes(contestants, package.parent)
    assert [row[2] for row in table.rows] == ["0", str(expected)]


def test_contestants_take_turns_and_the_first_round_does_not_count() -> None:
    turns: list[str] = []

    def act(name: str) -> int:
        turns.append(name)
        return len(turns)

    results = interleave({"a": lambda: act("a"), "b": lambda: act("b")}, 2)
    assert turns == ["a", "b"] * 3
    assert results == {"a": [3, 5], "b": [4, 6]}


def test_a_ratio_is_taken_within_the_rounds() -> None:
    # The machine was ten times slower in the last two rounds.
    assert ratio([2, 20, 20], [1, 10, 10]) == 2
    assert spread([1, 2, 3, 4, 5]) == (2, 4)


def test_a_table_is_markdown() -> None:
    samples = {"pass": [0.010, 0.012], OURS: [0.015, 0.018]}
    table = compare("Import", "Told.", [Measure("wall", samples, "pass", budget=1.2)])
    assert str(table).splitlines() == [
        "### Import",
        "",
        "Told.",
        "",
        "|  | wall, ms | ratio (budget 1.2) |",
        "| --- | ---: | ---: |",
        "| pass | 11 (10.5 to 11.5) | 1.00 |",
        "| **oasmith** | 16.5 (15.8 to 17.2) | 1.50 |",
    ]


def test_a_command_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(CommandFailed, match=r"failed:\nno such luck$"):
        run(
            *(sys.executable, "-c", "raise SystemExit('no such luck')"),
            folder=tmp_path,
        )
