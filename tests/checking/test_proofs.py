"""Where the lock proves that nothing has changed, nothing is generated."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Unpack

import pytest
from click.testing import CliRunner, Result

import oasmith
from oasmith import pipeline, unchanged
from oasmith.__main__ import run_command_line
from oasmith.cli import cli

Check = Callable[..., Result]


class Generated(Exception):
    """A package was made."""


@pytest.fixture(autouse=True)
def installed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As an installed release, which may rely on the lock; and nothing may be made."""

    def refuse(*_: object, **__: object) -> None:
        raise Generated

    monkeypatch.setattr(unchanged, "is_installed", lambda: True)
    monkeypatch.setattr(pipeline, "make_package", refuse)


ASKED = ["notes.yaml", "-o", "notes"]


@pytest.mark.parametrize("arguments", [[], ASKED], ids=["pyproject", "arguments"])
@pytest.mark.parametrize("command", ["check", "generate"])
def test_nothing_is_made(command: str, arguments: list[str], project: Path) -> None:
    done = CliRunner().invoke(cli, [command, *arguments])
    assert (done.exit_code, done.output) == (0, "notes: up to date\n")


@pytest.mark.parametrize("arguments", [[], ASKED], ids=["pyproject", "arguments"])
@pytest.mark.parametrize("command", ["check", "generate"])
def test_the_command_line_is_not_even_imported(
    command: str,
    arguments: list[str],
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def refuse() -> int:
        raise Generated

    monkeypatch.setattr("oasmith.cli.run", refuse)
    monkeypatch.setattr("sys.argv", ["oasmith", command, *arguments])
    run_command_line()
    assert capsys.readouterr().out == "notes: up to date\n"


@pytest.mark.parametrize(
    "arguments",
    [["check", "-o", "notes"], ["check", "notes.yaml", "-o", "no-name"], ["diff"]],
    ids=" ".join,
)
def test_what_is_not_plain_is_left_to_the_command_line(
    arguments: list[str], project: Path
) -> None:
    assert not unchanged.tell_unchanged(arguments)


def test_a_fault_of_the_table_is_left_to_the_command_line(project: Path) -> None:
    table = project / "pyproject.toml"
    assert unchanged.tell_unchanged(["check"])
    table.write_text(f'{table.read_text()}\nincludes = ["/x"]\n')
    assert not unchanged.tell_unchanged(["check"])


def test_nothing_is_made_for_programs(check: Check, project: Path) -> None:
    assert check("--format", "json").exit_code == 0
    assert not oasmith.check("notes.yaml", "notes").drift


@pytest.mark.parametrize(
    "more",
    [
        ["-i", "/notes"],
        ["--allow", "more"],
        ["--allow-remote", "example.com"],
        ["--overlay", "overlay.yaml"],
        ["--lenient"],
    ],
    ids=lambda more: more[0],
)
def test_other_options_are_no_proof(check: Check, more: list[str]) -> None:
    assert isinstance(check(*ASKED, *more).exception, Generated)


@pytest.mark.parametrize(
    "path", ["notes.yaml", "notes/client.py", "notes/_runtime/call.py"]
)
def test_a_change_is_no_proof(check: Check, project: Path, path: str) -> None:
    with open(project / path, "a") as file:
        file.write("# more\n")
    assert isinstance(check(*ASKED).exception, Generated)


@pytest.mark.parametrize("path", ["client.py", "_runtime", "oasmith.lock"])
def test_a_link_is_no_proof(check: Check, project: Path, path: str) -> None:
    (project / "notes" / path).rename(project / "elsewhere")
    (project / "notes" / path).symlink_to(project / "elsewhere")
    assert isinstance(check(*ASKED).exception, Generated)


@pytest.mark.parametrize("name", ["extra.py", "extra/__init__.py"])
def test_modules_by_hand_are_there_or_not(check: Check, offered: Path) -> None:
    """Their content is no matter."""
    assert check().output == "notes: up to date\n"
    offered.write_text("HELP = 2\n")
    assert check().output == "notes: up to date\n"
    offered.unlink()
    assert isinstance(check().exception, Generated)


@pytest.fixture
def offered(name: str, project: Path) -> Path:
    """A hand-written module that the package offers."""
    path = project / "notes" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("HELP = 1\n")
    _configure(project, exports=["extra:HELP"])
    return path


@pytest.mark.parametrize("name", ["client.py.jinja", "other.jinja", "more/x.jinja"])
def test_a_new_template_is_no_proof(check: Check, project: Path, name: str) -> None:
    (project / "templates/more").mkdir(parents=True)
    _configure(project, templates="templates")
    assert check().output == "notes: up to date\n"
    (project / "templates/notes.txt").write_text("Ours.\n")
    assert check().output == "notes: up to date\n"
    (project / "templates" / name).write_text("")
    assert isinstance(check().exception, Generated)


def _configure(project: Path, **options: Unpack[oasmith.Options]) -> None:
    """Generate with an option more, which pyproject.toml says too."""
    oasmith.generate("notes.yaml", "notes", **options)
    with open(project / "pyproject.toml", "a") as file:
        for key, value in options.items():
            file.write(f"{key} = {json.dumps(value)}\n")


def test_another_folder_is_no_proof(check: Check, project: Path) -> None:
    assert isinstance(check("notes.yaml", "-o", "other").exception, Generated)


def test_a_report_is_made_all_the_same(project: Path) -> None:
    done = CliRunner().invoke(cli, ["generate", *ASKED, "--report", "report.json"])
    assert isinstance(done.exception, Generated)
