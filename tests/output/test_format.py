"""Texts are formatted as black formats them, once, by several processes if need be."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

import black
import pytest

from oasmith.format import FormatError, format_python

_UGLY = "x = [ 1,2 ]\ndef f( ) : return  '''a\n  b'''\n"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OASMITH_CACHE", str(tmp_path / "cache"))


def test_formats_as_black_does() -> None:
    made = format_python({"b.py": _UGLY, "a.py": "a=1", "empty.py": ""})
    expected = black.format_str(_UGLY, mode=black.FileMode())
    assert list(made.items()) == [
        ("b.py", expected),
        ("a.py", "a = 1\n"),
        ("empty.py", ""),
    ]


def test_many_lines_are_formatted_as_few_are() -> None:
    texts = {f"m{index}.py": _UGLY * (index % 30) for index in range(100)}
    made = format_python(texts)
    for index in range(0, 100, 9):
        path = f"m{index}.py"
        assert made[path] == black.format_str(texts[path], mode=black.FileMode())
    assert list(made) == list(texts)


def test_a_killed_process_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    # The processes, and only these, call this first of all.
    monkeypatch.setattr(gc, "freeze", lambda: os._exit(1))
    texts = {"a.py": "a=1\n" * 1_000, "b.py": "b=1\n" * 1_000}
    made = format_python(texts)
    assert made == {"a.py": "a = 1\n" * 1_000, "b.py": "b = 1\n" * 1_000}


@pytest.mark.parametrize("lines", [0, 4_000], ids=["here", "in other processes"])
@pytest.mark.parametrize("bad", ["x = (\n", "x = '\ud800'\n", "if x:\n\ty\n  z\n"])
def test_what_black_refuses_is_our_fault(bad: str, lines: int) -> None:
    texts = {"good.py": "a=1\n" + "#\n" * lines, "bad.py": bad}
    with pytest.raises(FormatError) as raised:
        format_python(texts)
    assert (raised.value.path, raised.value.text) == ("bad.py", bad)
    assert raised.value.reason
    assert str(raised.value).startswith("black refuses bad.py: ")


def test_nothing_is_formatted_twice() -> None:
    code = (
        "import sys; from oasmith.format import format_python;"
        f"print(format_python({{'a.py': {_UGLY!r}}}), 'black' in sys.modules)"
    )
    first, second = (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, text=True
        ).stdout
        for _ in range(2)
    )
    assert first.endswith("True\n")
    assert second.endswith("False\n")
    assert first.split("}")[0] == second.split("}")[0]
