"""What is wrong with a rule of pyproject.toml is told at its line there."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]

SPEC = Path(__file__).parents[1] / "cases/refused_pagination/spec.yaml"

_HEAD = """\
[[tool.oasmith.client]]
spec = "spec.yaml"
output = "client"
"""


@pytest.mark.parametrize(
    ("rules", "line", "told"),
    [
        ("envelope.result = 'no'", 4, 'no answer is an object with the member "no"'),
        (
            "[tool.oasmith.client.envelope]\nsuccess = 'ok'\nresult = 'no'",
            6,
            'no answer is an object with the member "no"',
        ),
        (
            "[[tool.oasmith.client.pagination]]\nstyle = 'link'\n"
            "operations = ['GET /nowhere']",
            6,
            '"GET /nowhere" matches no operation',
        ),
        (
            "[[tool.oasmith.client.pagination]]\nstyle = 'link'\n"
            "operations = ['GET /plain']",
            6,
            '"GET /plain" does not answer JSON',
        ),
        (
            "[[tool.oasmith.client.pagination]]\noperations = ['GET /several']\n"
            "style = 'page'\nitems = '/cats'\nparameter = 'number'",
            8,
            'has no query parameter "number"',
        ),
        (
            "[[tool.oasmith.client.pagination]]\noperations = ['/**']\n"
            "style = 'cursor'",
            5,
            'nothing that is named goes on by "cursor"',
        ),
        (
            "pagination = [\n    {operations = ['GET /plain'], style = 'page'},\n]",
            4,
            '"GET /plain" does not answer JSON',
        ),
        (
            "[[tool.oasmith.client.pagination]]\noperations = ['GET /three']\n"
            "style = 'page'\n"
            "[[tool.oasmith.client.pagination]]\noperations = ['GET /three']\n"
            "style = 'link'",
            8,
            '"GET /three" goes on by two rules',
        ),
    ],
)
def test_it_stands_where_it_is_said(
    rules: str, line: int, told: str, project: Path, run: Run
) -> None:
    shutil.copyfile(SPEC, project / "spec.yaml")
    (project / "pyproject.toml").write_text(f"{_HEAD}{rules}\n")
    said = run("-m", "oasmith", "generate").stderr
    heads = [head for head in said.splitlines() if told in head]
    assert heads, said
    assert {head.partition(": ")[0] for head in heads} == {f"pyproject.toml:{line}:1"}
