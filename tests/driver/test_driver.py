"""A few real descriptions, all of whose operations are called: takes seconds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import oasmith

_CHECKOUT = Path(__file__).parents[2]
_CORPUS = _CHECKOUT.parent / "shared" / "corpus"


@pytest.mark.skipif(
    not _CORPUS.exists(), reason="the corpus is not beside this checkout"
)
def test_every_call_is_right(tmp_path: Path) -> None:
    pytest.importorskip("jsonschema_rs", reason="samples need jsonschema-rs")
    ran = subprocess.run(
        [sys.executable, "-m", "tests.driver", "--part", "--workspace", str(tmp_path)],
        cwd=_CHECKOUT,
        env=os.environ | {"OASMITH_CACHE": str(tmp_path / "cache")},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    rows = [line.split("|") for line in ran.stdout.splitlines() if line[:1] == "|"]
    assert len(rows) > 2
    for _, name, operations, right, calls, wrong, not_tried, _ in rows[2:]:
        assert right.split() == [operations.strip(), "(100.0%)"], name
        assert int(calls) >= 8 * int(operations)
        assert (wrong.strip(), not_tried.strip()) == ("0", "0"), name


@pytest.mark.parametrize("case", ["streams", "response_headers"])
def test_what_few_descriptions_have(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("jsonschema_rs", reason="samples need jsonschema-rs")
    from .drive import drive_package

    spec = _CHECKOUT / "tests" / "cases" / case / "spec.yaml"
    monkeypatch.syspath_prepend(tmp_path)
    oasmith.generate(spec, tmp_path / f"driven_{case}")
    driven = list(drive_package(spec, tmp_path / f"driven_{case}"))
    assert driven
    for each in driven:
        assert (each.failures, each.not_tried) == ([], ""), each.operation
        assert each.calls >= 8
