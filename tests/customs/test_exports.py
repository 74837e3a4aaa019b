"""Modules that are written by hand in the output folder, and offered by the package."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import oasmith
from oasmith.diagnostics import Diagnostics
from oasmith.output.lock import lock_text, read_lock

Run = Callable[..., "subprocess.CompletedProcess[str]"]

_PACKAGE = Path("src/app/pet")


@pytest.fixture
def by_hand(project: Path) -> Path:
    _PACKAGE.mkdir()
    (_PACKAGE / "extra.py").write_text("from .client import Client\n\nHELP = Client\n")
    (_PACKAGE / "models").mkdir()
    (_PACKAGE / "models" / "mine.py").write_text("class Mine: ...\n")
    (_PACKAGE / "notes.txt").write_text("Ours.\n")
    return _PACKAGE


def test_they_are_offered_lazily(by_hand: Path, run: Run) -> None:
    exports = ["extra:HELP", "models.mine:Mine"]
    oasmith.generate("pet.yaml", by_hand, exports=exports)
    code = (
        "import sys; sys.path.insert(0, 'src'); from app import pet;"
        "print('app.pet.extra' in sys.modules, pet.HELP is pet.Client, pet.Mine())"
    )
    told = run("-c", code).stdout
    assert told.startswith("False True <app.pet.models.mine.Mine object")
    text = (by_hand / "__init__.py").read_text()
    assert '            "HELP": ".extra",\n' in text
    assert '__all__ = [\n    "HELP",\n    "UNSET",\n' in text
    done = run("-m", "mypy", "--strict", "--config-file=", "src/app")
    assert done.returncode == 0, done.stdout


def test_they_are_left_alone(by_hand: Path) -> None:
    before = {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in by_hand.rglob("*")
        if path.is_file()
    }
    oasmith.generate("pet.yaml", by_hand, exports=["extra:HELP"])
    oasmith.generate("shop.yaml", by_hand, exports=["models.mine:Mine"])
    assert not (by_hand / "models" / "pet.py").exists()
    for path, (content, changed) in before.items():
        assert (path.read_bytes(), path.stat().st_mtime_ns) == (content, changed)


@pytest.mark.parametrize(
    ("export", "expected"),
    [
        ("extra", '"extra" is no name in a module'),
        ("extra:a-b", '"extra:a-b" is no name in a module'),
        ("..extra:a", '"..extra:a" is no name in a module'),
        ("gone:Helper", 'there is no module for "gone:Helper"'),
        ("extra:Client", 'the package has a "Client" of its own'),
        ("extra:__all__", 'the package has a "__all__" of its own'),
        ("extra:attach", 'the package has a "attach" of its own'),
        ("extra:models", 'the package has a module "models", which takes its place'),
        ("extra:testing", 'the package has a module "testing", which takes its place'),
        ("extra:extra", 'the package has a module "extra", which takes its place'),
        ("models.mine:api", 'the package has a module "api", which takes its place'),
    ],
)
def test_faults_are_told(export: str, expected: str, by_hand: Path) -> None:
    with pytest.raises(oasmith.Failed) as failed:
        oasmith.generate("pet.yaml", by_hand, exports=[export])
    (said,) = failed.value.diagnostics
    assert (said.code, said.message) == ("bad-export", expected)
    assert said.help
    assert not (by_hand / "client.py").exists()


def test_they_stand_in_pyproject(by_hand: Path, project: Path, run: Run) -> None:
    table = '[[tool.oasmith.client]]\nspec = "pet.yaml"\noutput = "src/app/pet"\n'
    (project / "pyproject.toml").write_text(table + 'exports = ["extra:HELP"]\n')
    assert run("-m", "oasmith", "generate").returncode == 0
    assert "HELP" in (by_hand / "__init__.py").read_text()
    (project / "pyproject.toml").write_text(table + 'exports = ["extra HELP"]\n')
    done = run("-m", "oasmith", "generate")
    assert "pyproject.toml:4:1: error[bad-export]" in done.stderr


def test_one_that_is_gone_is_noticed(
    by_hand: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oasmith.unchanged.is_installed", lambda: True)
    oasmith.generate("pet.yaml", by_hand, exports=["extra:HELP"])
    (by_hand / "extra.py").unlink()
    with pytest.raises(oasmith.Failed, match=r"error\[bad-export\]"):
        oasmith.check("pet.yaml", by_hand, exports=["extra:HELP"])


def test_a_module_that_the_run_removes_does_not_count(by_hand: Path) -> None:
    """It was there when the run began."""
    oasmith.generate("pet.yaml", by_hand)
    gone = by_hand / "models/pet.py"
    before = gone.read_bytes()
    with pytest.raises(oasmith.Failed, match=r'no module for "models.pet:Pet"'):
        oasmith.generate("shop.yaml", by_hand, exports=["models.pet:Pet"])
    assert gone.read_bytes() == before
    # An edited one is kept.
    gone.write_bytes(before + b"# mine\n")
    oasmith.generate("shop.yaml", by_hand, exports=["models.pet:Pet"])
    assert gone.read_bytes() == before + b"# mine\n"


def test_what_is_offered_may_take_the_place_of_a_removed_module(
    by_hand: Path,
) -> None:
    oasmith.generate("pet.yaml", by_hand)
    # As an older version of oasmith may have left it.
    (by_hand / "old.py").write_bytes((by_hand / "client.py").read_bytes())
    known = read_lock(str(by_hand), Diagnostics())
    assert known is not None
    files = {**known.files, "old.py": known.files["client.py"]}
    text = lock_text(known._replace(files=files))
    (by_hand / "oasmith.lock").write_text(text)
    (by_hand / "extra.py").write_text("old = 1\n")
    oasmith.generate("pet.yaml", by_hand, exports=["extra:old"])
    assert not (by_hand / "old.py").exists()
    assert oasmith.check("pet.yaml", by_hand, exports=["extra:old"]).is_current
