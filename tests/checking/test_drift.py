"""What differs from what would be generated, and by whose hand."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

import oasmith
from oasmith.diagnostics import Diagnostics
from oasmith.output.lock import lock_text, read_lock

Check = Callable[..., Result]

_OPERATION = "api/notes/list_notes.py"


def _drift() -> list[tuple[str, str]]:
    files = oasmith.check("notes.yaml", "notes").drift.files
    return [(each.path, each.kind) for each in files if each.path != "oasmith.lock"]


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_what_people_did(project: Path) -> None:
    (project / "notes/client.py").write_text("# mine\n")
    (project / "notes" / _OPERATION).unlink()
    assert _drift() == [(_OPERATION, "removed"), ("client.py", "edited")]


def test_what_the_description_did(project: Path) -> None:
    _replace(project / "notes.yaml", "listNotes", "readNotes")
    _replace(project / "notes.yaml", "tags: [notes]", "tags: [cards]")
    found = dict(_drift())
    assert found["api/notes/list_notes.py"] == "left-over"
    assert found["api/cards/list_notes.py"] == "missing"
    assert found["client.py"] == "outdated"
    assert "edited" not in found.values()


def test_what_both_did(project: Path) -> None:
    _replace(project / "notes.yaml", "title: Notes", "title: Cards")
    (project / "notes/client.py").write_text("# mine\n")
    found = dict(_drift())
    assert (found["client.py"], found["async_client.py"]) == ("edited", "outdated")


@pytest.mark.parametrize("path", [_OPERATION, "api", "_runtime", "oasmith.lock"])
def test_what_generate_refuses_is_not_vouched_for(
    path: str, check: Check, project: Path
) -> None:
    """A link that leads to what is right may lead elsewhere tomorrow."""
    (project / "notes" / path).rename(project / "elsewhere")
    (project / "notes" / path).symlink_to(project / "elsewhere")
    told = f"notes/{path}: error[symlink]: a symlink stands where oasmith writes"
    checked = check()
    assert checked.exit_code == 1 and told in checked.stderr
    assert dict(_drift()).keys() <= _below(project / "elsewhere", path)
    assert {*dict(_drift()).values()} <= {"blocked"}
    assert not oasmith.check("notes.yaml", "notes").is_current
    with pytest.raises(oasmith.Failed) as refused:
        oasmith.generate("notes.yaml", "notes")
    assert told in str(refused.value)
    (project / "notes" / path).unlink()
    (project / "elsewhere").rename(project / "notes" / path)
    assert check().exit_code == 0


def _below(place: Path, path: str) -> set[str]:
    below = (each.relative_to(place) for each in place.rglob("*"))
    return {path, *(f"{path}/{each.as_posix()}" for each in below)}


def test_a_folder_may_be_a_link_itself(check: Check, project: Path) -> None:
    (project / "notes").rename(project / "elsewhere")
    (project / "notes").symlink_to(project / "elsewhere")
    assert check().exit_code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes")
def test_a_pipe_is_not_waited_for(check: Check, project: Path) -> None:
    (project / "notes/client.py").unlink()
    os.mkfifo(project / "notes/client.py")
    assert "notes/client.py: error[foreign-file]" in check().stderr


def test_an_edit_that_is_what_would_be_generated_is_none(project: Path) -> None:
    _replace(project / "notes.yaml", "title: Notes", "title: Cards")
    before = (project / "notes/client.py").read_bytes()
    oasmith.generate("notes.yaml", "other", package="notes")
    made = (project / "other/client.py").read_bytes()
    assert made != before
    (project / "notes/client.py").write_bytes(made)
    assert "client.py" not in dict(_drift())


def test_without_a_lock_nobody_knows_who_it_was(project: Path) -> None:
    (project / "notes/oasmith.lock").unlink()
    (project / "notes/client.py").write_text("# mine\n")
    assert _drift() == [("client.py", "outdated")]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [("class Client", "# mine\nclass Client", 17), ("", "", 2), ("\n", "", 1)],
    ids=["within", "at the end", "nothing left"],
)
def test_the_first_line_that_differs_is_told(
    check: Check, project: Path, old: str, new: str, line: int
) -> None:
    path = project / "notes/client.py"
    text = path.read_text()
    if old == "":
        path.write_text("\n".join(text.split("\n")[:3]))
    else:
        path.write_text(text.replace(old, new))
    done = check()
    assert f"notes/client.py:{line}:1: error[edited-file]: " in done.stderr


def test_counts_are_told_and_what_has_changed(check: Check, project: Path) -> None:
    _replace(project / "notes.yaml", "title: Notes", "title: Cards")
    _replace(project / "pyproject.toml", "output", "examples = true\noutput")
    (project / "notes/client.py").write_text("# mine\n")
    (project / "notes/py.typed").unlink()
    done = check()
    assert done.exit_code == 1
    error = next(it for it in done.stderr.splitlines() if "error[drift]" in it)
    assert error.startswith("notes: error[drift]: ")
    assert error.endswith(
        ": 1 edited by hand, 1 removed by hand, 4 outdated, 1 missing"
    )
    help = 'run "oasmith generate"; these have changed: the options, notes.yaml'
    assert done.stderr.endswith(f"  = help: {help}\n")


def test_another_version_is_told(check: Check, project: Path) -> None:
    lock = read_lock("notes", Diagnostics())
    assert lock is not None
    text = lock_text(lock._replace(version="0.0.1"))
    (project / "notes/oasmith.lock").write_text(text, encoding="utf-8")
    done = check()
    assert f"changed: oasmith (from 0.0.1 to {oasmith.__version__})\n" in done.stderr


def test_a_lock_that_no_run_left_is_told(check: Check, project: Path) -> None:
    _replace(project / "notes/oasmith.lock", '"version": "', '"version": "9')
    assert "changed: oasmith.lock (not as a run left it), oasmith" in check().stderr


def test_line_endings_are_told(check: Check, project: Path) -> None:
    path = project / "notes/client.py"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    done = check()
    assert "help: its lines end as on Windows" in done.stderr


def test_the_patch_puts_everything_right(check: Check, project: Path) -> None:
    """Also what has no lines, no last line feed, or line breaks of Unicode."""
    package = project / "notes"
    for name in ("py.typed", _OPERATION):
        (package / name).unlink()
    with open(package / "client.py", "a", encoding="utf-8", newline="") as file:
        file.write("# \u2028 \x0b \x85 \r mine")
    (package / "testing.py").write_text("")
    _replace(project / "notes.yaml", "listTags", "readTags")
    _replace(project / "notes.yaml", "title: Notes", "title: Cards")
    done = check()
    assert done.exit_code == 1
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "apply"], input=done.stdout.encode(), check=True)
    again = check()
    assert (again.exit_code, again.stdout) == (0, "notes: up to date\n")


def test_nothing_is_written(check: Check, project: Path) -> None:
    _replace(project / "notes.yaml", "title: Notes", "title: Cards")
    before = {path: path.stat().st_mtime_ns for path in project.rglob("*")}
    assert check().exit_code == 1
    assert {path: path.stat().st_mtime_ns for path in project.rglob("*")} == before
