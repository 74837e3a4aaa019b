"""What check and validate print for GitHub, and for other programs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import oasmith
from oasmith.cli import cli

Check = Callable[..., Result]

_TABLE = '\n[[tool.oasmith.client]]\nspec = "gone.yaml"\noutput = "gone"\n'


def test_json_is_one_object_for_all_clients(check: Check, project: Path) -> None:
    with open(project / "pyproject.toml", "a") as file:
        file.write(_TABLE)
    (project / "notes/client.py").write_text("# mine \u202e\n")
    done = check("--format", "json")
    assert (done.exit_code, done.stderr) == (1, "")
    assert done.stdout.isascii()
    told = json.loads(done.stdout)
    assert list(told) == ["check", "clients", "diagnostics"]
    assert (told["check"], told["diagnostics"]) == (1, [])
    notes, gone = told["clients"]
    patch = notes.pop("patch")
    assert patch.startswith(
        "diff --git a/notes/client.py b/notes/client.py\n"
        "--- a/notes/client.py\n+++ b/notes/client.py\n@@ -1 +1,"
    )
    edited, drift = notes.pop("diagnostics")
    assert notes == {
        "spec": "notes.yaml",
        "output": "notes",
        "files": [{"path": "client.py", "kind": "edited", "line": 1}],
        "changed": [],
    }
    assert (drift["code"], drift["file"], drift["line"]) == ("drift", "notes", None)
    assert edited == {
        "severity": "error",
        "code": "edited-file",
        "message": "this was edited by hand, or by another tool",
        "file": "notes/client.py",
        "line": 1,
        "column": 1,
        "help": "keep the edits in a file of your own; "
        '"oasmith generate" undoes them here',
    }
    assert gone["spec"] == "gone.yaml"
    assert [each["code"] for each in gone["diagnostics"]] == ["no-such-file"]


def test_json_where_all_is_well(check: Check, project: Path) -> None:
    done = check("notes.yaml", "-o", "notes", "--format", "json")
    assert done.exit_code == 0
    (client,) = json.loads(done.stdout)["clients"]
    assert client == {
        "spec": "notes.yaml",
        "output": "notes",
        "files": [],
        "patch": "",
        "changed": [],
        "diagnostics": [],
    }


def test_json_where_no_client_is_known(check: Check, project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.oasmith]\nclints = 1\n")
    done = check("--format", "json")
    told = json.loads(done.stdout)
    assert (done.exit_code, told["clients"]) == (1, [])
    assert [each["code"] for each in told["diagnostics"]] == ["unknown-key"]
    assert told["diagnostics"][0]["file"] == "pyproject.toml"


def test_github_shows_each_file(check: Check, project: Path) -> None:
    text = (project / "notes.yaml").read_text()
    (project / "notes.yaml").write_text(text.replace("/notes:", "/cards:"))
    (project / "notes/client.py").write_text("# mine\n")
    (project / "notes/py.typed").unlink()
    done = check("--format", "github")
    assert (done.exit_code, done.stderr) == (1, "")
    commands = _commands(done.stdout)
    head = "::error file=notes"
    title = "title=oasmith%3A drift::not as generated:"
    assert f"{head}/py.typed,{title} removed by hand" in commands
    assert f"{head}/api/notes/list_notes.py,line=11,col=1,{title} outdated" in commands
    (edited,) = [it for it in commands if "client.py" in it and "edited" in it]
    assert edited.startswith(
        f"{head}/client.py,line=1,col=1,title=oasmith%3A edited-file::this was edited"
    )
    assert "%0Ahelp: keep the edits" in edited
    assert commands[-1].startswith(f"{head},title=oasmith%3A drift::")


def test_the_patch_gives_github_no_commands(check: Check, project: Path) -> None:
    path = project / "notes/client.py"
    path.write_text(" ::error::mine\n::set-env::x\n##[add-mask]y\n::endgroup::\n")
    told = check("--format", "github").stdout
    stop, word = re.findall(r"^::(stop-commands)::([0-9a-f]{64})$", told, re.M)[0]
    assert stop
    outside, inside = told.split(f"::stop-commands::{word}\n")
    patch, after = inside.split(f"\n::{word}::\n")
    assert "- ::error::mine" in patch
    assert "mine" not in outside + after
    assert told.count(word) == 2


@pytest.mark.parametrize("folder", ["a,b", "a:b", "50%", "a\u202eb"])
def test_paths_can_hold_what_means_something_to_github(
    check: Check, project: Path, folder: str
) -> None:
    oasmith.generate("notes.yaml", f"{folder}/notes")
    (project / folder / "notes/client.py").write_text("# mine\n")
    command = ["notes.yaml", "-o", f"{folder}/notes", "--format", "github"]
    shown = {"a,b": "a%2Cb", "a:b": "a%3Ab", "50%": "50%25", "a\u202eb": "a\\u202eb"}
    commands = _commands(check(*command).stdout)
    assert commands[0].startswith(f"::error file={shown[folder]}/notes/client.py,")


def test_paths_are_those_of_the_workspace(
    check: Check, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "notes/client.py").write_text("# mine\n")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(project.parent))
    commands = _commands(check("--format", "github").stdout)
    assert commands[0].startswith(f"::error file={project.name}/notes/client.py,")


def test_validate_has_the_same_formats(project: Path) -> None:
    (project / "bad.yaml").write_text(
        (project / "notes.yaml").read_text() + "security: [{tokn: []}]\n"
    )
    command = ["validate", "bad.yaml", "--format"]
    done = CliRunner().invoke(cli, [*command, "github"])
    assert (done.exit_code, done.stderr) == (1, "")
    assert done.stdout.startswith(
        "::error file=bad.yaml,line=14,col=13,"
        "title=oasmith%3A unknown-security-scheme::security scheme"
    )
    told = json.loads(CliRunner().invoke(cli, [*command, "json"]).stdout)
    (client,) = told["clients"]
    assert client["diagnostics"][0]["code"] == "unknown-security-scheme"
    assert (told["validate"], client["spec"]) == (1, "bad.yaml")
    good = CliRunner().invoke(cli, ["validate", "notes.yaml", "--format", "json"])
    assert json.loads(good.stdout)["clients"][0]["operations"] == 2


def _commands(text: str) -> list[str]:
    """The annotations, which are outside of what is grouped."""
    outside = re.sub(r"(?s)::group::.*?::endgroup::\n", "", text)
    lines = outside.splitlines()
    assert all(line.startswith("::") for line in lines)
    return lines
