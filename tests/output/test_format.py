"""Texts are formatted as black formats them, and once."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

import black
import pytest

from oasmith.output.format import FormatError, format_python

# Texts without a long line are taken to be in black's form already.
_LONG = f"y = [{'1, ' * 40}]\n"
_UGLY = f"x = [ 1,2 ]\ndef f( ) : return  '''a\n  b'''\n{_LONG}"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OASMITH_CACHE", str(tmp_path / "cache"))


def test_formats_as_black_does() -> None:
    made = format_python({"b.py": _UGLY, "a.py": _LONG, "empty.py": ""})
    assert list(made) == ["b.py", "a.py", "empty.py"]
    assert made["b.py"] == black.format_str(_UGLY, mode=black.FileMode())
    assert made["a.py"] == black.format_str(_LONG, mode=black.FileMode())
    assert made["empty.py"] == ""


def test_many_lines_are_formatted_as_few_are() -> None:
    texts = {
        f"m{index}.py": _UGLY * (index % 3) + _LONG + "a=1\n" * 90
        for index in range(20)
    }
    made = format_python(texts)
    for path in texts:
        assert made[path] == black.format_str(texts[path], mode=black.FileMode())
    assert list(made) == list(texts)


def test_no_trees_are_kept_while_the_collector_is_paused() -> None:
    texts = {f"m{index}.py": _LONG + f"a={index}\n" * 100 for index in range(40)}
    gc.collect()
    gc.disable()
    try:
        format_python(texts)
        assert not gc.isenabled()
        kept = sum(type(it).__name__ == "Leaf" for it in gc.get_objects())
    finally:
        gc.enable()
    assert kept < 13_000, "of 27,520 that the texts have"


@pytest.mark.parametrize("bad", ["x = (\n", "x = '\ud800'\n", "if x:\n\ty\n  z\n"])
def test_what_black_refuses_is_our_fault(bad: str) -> None:
    bad += _LONG
    texts = {"good.py": _LONG, "bad.py": bad}
    with pytest.raises(FormatError) as raised:
        format_python(texts)
    assert (raised.value.path, raised.value.text) == ("bad.py", bad)
    assert raised.value.reason
    assert str(raised.value).startswith("black refuses bad.py: ")


def test_nothing_is_formatted_twice() -> None:
    code = (
        "import sys; from oasmith.output.format import format_python;"
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
    assert first.removesuffix("True\n") == second.removesuffix("False\n")
