"""Files have one subject: they are short, say it at the top, and are named after it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from generator_source import ROOT

_FOLDERS = ("generator", "templates", "tests", "demo", "benchmarks")
_MOST_LINES = 400
_SAY_NOTHING = frozenset(("utils", "util", "helpers", "common", "base", "manager"))


def _files() -> Iterator[Path]:
    for folder in _FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            is_expected = "expected" in path.parts and "cases" in path.parts
            if path.suffix in (".py", ".jinja") and not is_expected:
                yield path


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", list(_files()), ids=_name)
def test_a_file_is_short_and_named_after_its_subject(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= _MOST_LINES
    assert not {part.partition(".")[0] for part in path.parts} & _SAY_NOTHING


@pytest.mark.parametrize("path", list(_files()), ids=_name)
def test_a_module_says_what_it_is_about(path: Path) -> None:
    if path.suffix == ".py":
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        assert docstring
        assert len(docstring.splitlines()[0]) <= 85


def test_no_two_decisions_have_one_number() -> None:
    numbers = [path.name[:4] for path in (ROOT / "docs" / "decisions").iterdir()]
    assert sorted(numbers) == sorted(set(numbers))
