"""Descriptions that git keeps: of single arguments, and of the clients of a project."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_NOTES = Path(__file__).parent / "notes"
_SUMMARY = "5 breaking, 3 risky, 1 compatible changes for callers"
_NOTHING = "nothing changes for callers"


def _git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.com")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True)


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "oasmith", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def _use(project: Path, name: str) -> None:
    """Let a description of tests/diff/notes be that of the project."""
    shutil.copyfile(_NOTES / name, project / "specs" / "notes.yaml")


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in which everything is committed."""
    folder = tmp_path_factory.mktemp("committed")
    specs = folder / "specs"
    specs.mkdir()
    shutil.copyfile(_NOTES / "people.yaml", specs / "people.yaml")
    _use(folder, "old.yaml")
    table = '[[tool.oasmith.client]]\nspec = "specs/notes.yaml"\noutput = "notes"\n'
    (folder / "pyproject.toml").write_text(table)
    assert _run(folder, "generate").returncode == 0
    _git(folder, "init", "-q")
    _git(folder, "add", ".")
    _git(folder, "commit", "-q", "-m", "one")
    return folder


@pytest.fixture
def project(committed: Path, tmp_path: Path) -> Path:
    """A project whose old description is committed, and whose new one is not."""
    folder = tmp_path / "project"
    shutil.copytree(committed, folder)
    (folder / "specs" / "people.yaml").unlink()
    shutil.copytree(_NOTES / "newer", folder / "specs" / "newer")
    _use(folder, "new.yaml")
    return folder


def test_without_arguments_the_clients_are_compared_with_the_head(
    project: Path,
) -> None:
    done = _run(project, "diff")
    assert done.stdout.splitlines()[-1] == f"notes: {_SUMMARY}"
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("git:HEAD",),
        ("git:HEAD", "specs/notes.yaml"),
        ("git:HEAD:specs/notes.yaml", "specs/notes.yaml"),
    ],
)
def test_a_revision_stands_for_the_description_in_it(
    project: Path, arguments: tuple[str, ...]
) -> None:
    done = _run(project, "diff", *arguments, "--format", "json")
    (told,) = json.loads(done.stdout)["comparisons"]
    assert (told["old"], told["new"]) == (
        "git:HEAD:specs/notes.yaml",
        "specs/notes.yaml",
    )
    assert [told[grade] for grade in ("breaking", "risky", "compatible")] == [5, 3, 1]


def test_paths_are_those_of_the_working_directory(project: Path) -> None:
    done = _run(project / "specs", "diff", "git:HEAD:notes.yaml", "notes.yaml")
    assert done.stdout.splitlines()[-1] == f"notes.yaml: {_SUMMARY}"


def test_two_revisions(project: Path) -> None:
    _git(project, "add", ".")
    _git(project, "commit", "-q", "-m", "two")
    shutil.rmtree(project / "specs")
    done = _run(project, "diff", "git:HEAD~1", "git:HEAD")
    assert done.stdout.splitlines()[-1] == f"notes: {_SUMMARY}"
    assert (
        _run(project, "diff", "git:HEAD", "git:HEAD").stdout == f"notes: {_NOTHING}\n"
    )


def test_places_in_a_revision_are_named_by_it(project: Path) -> None:
    broken = (_NOTES / "old.yaml").read_text().replace("#/Person", "#/Perso")
    (project / "specs" / "notes.yaml").write_text(broken)
    _git(project, "commit", "-q", "-a", "-m", "two")
    done = _run(project, "diff", "git:HEAD", "git:HEAD~1")
    assert done.returncode == 1
    assert "git:HEAD:specs/notes.yaml:" in done.stderr
    assert "error[unresolved-reference]" in done.stderr
    assert "oasmith-" not in done.stderr


@pytest.mark.parametrize(
    ("old", "message"),
    [
        ("git:gone", 'git knows no revision "gone"'),
        ("git:--help", 'git knows no revision "--help"'),
        ("git:HEAD:gone.yaml", 'there is no file "gone.yaml" in "HEAD"'),
        ("git:HEAD:/gone.yaml", "is in no repository of git"),
    ],
)
def test_what_git_does_not_have(project: Path, old: str, message: str) -> None:
    done = _run(project, "diff", old, "specs/notes.yaml")
    assert (done.returncode, message in done.stderr) == (1, True), done.stderr


def test_a_path_alone_is_compared_with_nothing(project: Path) -> None:
    done = _run(project, "diff", "specs/notes.yaml")
    assert (done.returncode, "say which description is NEW" in done.stderr) == (2, True)


def test_names_are_those_of_the_lock(project: Path) -> None:
    lock = project / "notes" / "oasmith.lock"
    lock.write_text(lock.read_text().replace('"delete_note"', '"drop_note"'))
    assert "client.notes.drop_note: is gone" in _run(project, "diff").stdout
    given = ("git:HEAD", "specs/notes.yaml")
    assert "client.notes.delete_note: is gone" in _run(project, "diff", *given).stdout
    done = _run(project, "diff", *given, "-o", "notes")
    assert "client.notes.drop_note: is gone" in done.stdout


def test_an_operation_asked_for_may_be_in_one_of_both(project: Path) -> None:
    done = _run(project, "diff", "git:HEAD", "specs/notes.yaml", "-i", "op:deleteNote")
    assert "client.notes.delete_note: is gone" in done.stdout
    done = _run(project, "diff", "git:HEAD", "specs/notes.yaml", "-i", "op:gone")
    assert (done.returncode, done.stdout.strip()) == (1, "")
    assert "error[no-such-operation]" in done.stderr


def test_a_rule_of_pagination_that_fits_in_neither(project: Path) -> None:
    with (project / "pyproject.toml").open("a") as table:
        table.write(
            "[[tool.oasmith.client.pagination]]\n"
            'operations = ["/**"]\nstyle = "cursor"\n'
        )
    done = _run(project, "diff")
    assert done.returncode == 1
    assert done.stderr.count("error[") == 1
    assert "error[unfit-pagination]: nothing that is named goes on by" in done.stderr


def test_a_regeneration_says_what_it_changes(project: Path) -> None:
    done = _run(project, "generate")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[1:] == [f"notes: {_SUMMARY}"]
    # Nothing changes any more, so nothing is said.
    assert len(_run(project, "generate").stdout.splitlines()) == 1


def test_a_regeneration_finds_what_was_committed_since(project: Path) -> None:
    _git(project, "add", ".")
    _git(project, "commit", "-q", "-m", "two")
    assert f"notes: {_SUMMARY}" in _run(project, "generate").stdout


def test_a_regeneration_does_without_git(project: Path) -> None:
    shutil.rmtree(project / ".git")
    done = _run(project, "generate")
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 1)


def test_a_regeneration_is_not_compared_with_other_files(project: Path) -> None:
    """The description is there as it was, but not what it referred to."""
    _use(project, "old.yaml")
    (project / "specs" / "people.yaml").write_text("Person: {type: object}\n")
    assert _run(project, "generate").returncode == 0
    shutil.rmtree(project / "specs" / "newer")
    _git(project, "add", "specs")
    (project / "specs" / "people.yaml").write_text("Person: {type: string}\n")
    done = _run(project, "generate")
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 1)


def test_overlays_are_those_of_the_revision(project: Path) -> None:
    table = (project / "pyproject.toml").read_text() + 'overlays = ["over.yaml"]\n'
    (project / "pyproject.toml").write_text(table)
    overlay = """\
overlay: 1.0.0
info: {title: Over, version: "1"}
actions: [{target: "$.paths['/notes'].get", update: {deprecated: true}}]
"""
    # What is not there yet changes nothing there.
    (project / "over.yaml").write_text(overlay)
    assert "list_notes: is deprecated" in _run(project, "diff").stdout
    assert _run(project, "generate").returncode == 0
    _git(project, "add", ".")
    _git(project, "commit", "-q", "-m", "two")
    assert _run(project, "diff").stdout == f"notes: {_NOTHING}\n"
    other = overlay.replace("deprecated: true", "summary: All.")
    (project / "over.yaml").write_text(other)
    assert "list_notes: is no longer deprecated" in _run(project, "diff").stdout
    assert "for callers" in _run(project, "generate").stdout


def test_the_working_tree_is_left_alone(project: Path) -> None:
    def tree() -> list[tuple[str, float]]:
        paths = [path for path in project.rglob("*") if ".git" not in path.parts]
        return sorted((os.fspath(path), path.stat().st_mtime) for path in paths)

    before = tree()
    _run(project, "diff")
    assert tree() == before
