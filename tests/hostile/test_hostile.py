"""The fast part of the hostile cases; ``python -m tests.hostile`` runs the whole."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from tests.hostile.describe import tame_texts
from tests.hostile.fuzz import FOUND, try_content
from tests.hostile.matrix import Matrix, singles, squares
from tests.hostile.payloads import PAYLOADS
from tests.hostile.places import CONSTANT, DOCUMENTED
from tests.hostile.run import Case, cases, run_case
from tests.hostile.trial import Sandbox
from tests.hostile.type_check import TypeCheck
from tests.loopback import LoopbackServer

_EVERY = {"squares": 16, "singles": 50, "cases": 19}
"""Which of them are in the fast part: every n-th."""

_CASES = list(cases())[:: _EVERY["cases"]]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such signals")


@pytest.fixture(scope="module")
def matrix(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Matrix]:
    import_module("openapi_spec_validator")
    root = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch, LoopbackServer() as server:
        patch.setenv("OASMITH_CACHE", str(root / "cache"))
        yield Matrix(Sandbox(root / "matrix"), server)


def test_there_are_as_many_places_as_there_should_be() -> None:
    places = tame_texts()
    assert len(places) >= 60
    assert places.keys() >= CONSTANT | DOCUMENTED
    assert len(PAYLOADS) > 90


def test_texts_at_every_place_gain_nothing(matrix: Matrix) -> None:
    for pairs in [*squares(_EVERY["squares"]), *singles(_EVERY["singles"])]:
        matrix.try_pairs(pairs)
    assert [x for tally in matrix.tallies.values() for x in tally.faults] == []
    assert sum(tally.tried for tally in matrix.tallies.values()) > 600


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case.name[:60])
def test_case(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OASMITH_CACHE", str(tmp_path / "cache"))
    _, faults = run_case(case, tmp_path / "root")
    assert faults == []


@pytest.mark.parametrize("path", sorted(FOUND.iterdir()), ids=lambda path: path.stem)
def test_what_was_found_is_mended(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OASMITH_CACHE", str(tmp_path / "cache"))
    outcome = try_content(
        Sandbox(tmp_path / "root"), path.read_bytes(), is_lenient=False
    )
    assert outcome.faults == []


def test_what_is_generated_type_checks(tmp_path: Path) -> None:
    with LoopbackServer() as server:
        types = TypeCheck(tmp_path / "types")
        matrix = Matrix(Sandbox(tmp_path / "matrix"), server, types)
        matrix.try_pairs(next(squares()))
    assert [x for tally in matrix.tallies.values() for x in tally.faults] == []


def test_a_wrong_type_would_be_found(tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "__init__.py").write_text('number: int = "one"\n')
    faults = list(TypeCheck(tmp_path / "types").faults(package))
    assert len(faults) == 1 and "Incompatible types" in faults[0]
