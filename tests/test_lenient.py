"""``validation = "lenient"``: what is sound is generated, the rest is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from oasmith.cli import cli

SPEC = """\
openapi: 3.0.3
info: {title: Notes, version: "1"}
paths:
  /notes:
    get:
      operationId: listNotes
      responses: {"204": {description: None.}}
    post:
      operationId: postNote
      parameters: [{$ref: parts.yaml#/Trace}]
      responses: {"204": {description: None.}}
"""
PARTS = "Trace: {in: header}\n"
SOUND_PARTS = "Trace: {name: trace, in: header, schema: {type: string}}\n"
BROKEN = SPEC.replace("get:", "put:").replace("listNotes\n", "putNote\n      tags: 1\n")
TABLE = """\
[[tool.oasmith.client]]
spec = "notes.yaml"
output = "notes"
validation = "lenient"
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "notes.yaml").write_text(SPEC)
    (tmp_path / "parts.yaml").write_text(PARTS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_is_left_out_is_an_error_and_the_rest_is_written(project: Path) -> None:
    assert run("generate", "notes.yaml", "-o", "notes").exit_code == 1
    assert not (project / "notes").exists()
    arguments = ("notes.yaml", "-o", "notes", "--lenient")
    done = run("generate", *arguments, "--report", "report.json")
    assert done.exit_code == 1
    assert "parts.yaml:1:1: error[invalid-document]" in done.output
    assert "= help: the operation is left out" in done.output
    assert "1 operation, 0 types: 2 refused" in done.output
    assert (project / "notes/api/default/list_notes.py").exists()
    assert not (project / "notes/api/default/post_note.py").exists()
    assert "up to date" in run("check", *arguments).output
    refused = [
        entry
        for entry in json.loads((project / "report.json").read_text())["entries"]
        if entry["status"] == "refused"
    ]
    assert [entry["kind"] for entry in refused] == ["parameter", "operation"]
    assert (refused[0]["file"], refused[0]["pointer"]) == ("parts.yaml", "/Trace")
    assert refused[1]["pointer"] == "/paths/~1notes/post"


def test_what_the_config_accepts_is_a_warning(project: Path) -> None:
    (project / "pyproject.toml").write_text(TABLE)
    assert run("generate").exit_code == 1
    (project / "pyproject.toml").write_text(TABLE + 'accept = ["invalid-document"]\n')
    done = run("generate")
    assert done.exit_code == 0
    assert "warning[invalid-document]" in done.output
    assert run("check").exit_code == 0


def test_nothing_is_written_when_nothing_is_left(project: Path) -> None:
    (project / "notes.yaml").write_text(BROKEN)
    done = run("generate", "notes.yaml", "-o", "notes", "--lenient")
    assert done.exit_code == 1
    assert "error[nothing-left]" in done.output
    assert not (project / "notes").exists()


def test_validation_is_strict_or_lenient(project: Path) -> None:
    (project / "pyproject.toml").write_text(TABLE.replace("lenient", "loose"))
    done = run("generate")
    assert done.exit_code == 1
    assert "pyproject.toml:4:1: error[wrong-type]" in done.output


@pytest.mark.parametrize(
    "fault",
    [
        "security: [{tokn: []}]",
        "security: {token: []}",
        "servers: 5",
    ],
)
def test_a_fault_that_may_change_where_requests_go_ends_the_run(
    project: Path, fault: str
) -> None:
    (project / "notes.yaml").write_text(SPEC + fault + "\n")
    done = run("generate", "notes.yaml", "-o", "notes", "--lenient")
    assert done.exit_code == 1
    assert "notes.yaml:12:" in done.output
    assert not (project / "notes").exists()


def test_an_operation_whose_only_credentials_are_unknown_is_left_out(
    project: Path,
) -> None:
    fault = "postNote\n      security: [{tokn: []}]\n"
    (project / "notes.yaml").write_text(SPEC.replace("postNote\n", fault))
    done = run("generate", "notes.yaml", "-o", "notes", "--lenient")
    assert "error[unknown-security-scheme]" in done.output
    assert "= help: the operation is left out" in done.output
    assert not (project / "notes/api/default/post_note.py").exists()


NOTE = """\
openapi: 3.1.0
info: {title: Notes, version: "1"}
paths:
  /notes:
    get:
      operationId: getNote
      responses:
        "200":
          description: The note.
          content: {application/json: {schema: {$ref: "#/components/schemas/Note"}}}
components:
  schemas:
    Note: {type: object, properties: {text: {type: string}, tags: FAULT}}
"""


@pytest.mark.parametrize("fault", ["{type: array, items: 5}", "{oneOf: [5]}"])
def test_a_schema_keeps_what_is_sound_around_a_fault(project: Path, fault: str) -> None:
    # The validator tells these faults of the whole component, too.
    (project / "notes.yaml").write_text(NOTE.replace("FAULT", fault))
    done = run("generate", "notes.yaml", "-o", "notes", "--lenient")
    assert done.exit_code == 1
    note = (project / "notes/models/note.py").read_text()
    assert "    text: str | Unset = UNSET" in note
    assert "    tags: Any | Unset = UNSET" in note


def test_a_missing_file_is_told_once_and_by_its_code(project: Path) -> None:
    (project / "parts.yaml").unlink()
    done = run("generate", "notes.yaml", "-o", "notes", "--lenient")
    assert done.output.count("parts.yaml") == 2, done.output
    assert "notes.yaml:10:21: error[unresolved-reference]: " in done.output
    assert "= help: the operation is left out" in done.output


def test_a_refusal_is_listed_once(project: Path) -> None:
    (project / "parts.yaml").write_text(SOUND_PARTS)
    path_item = "  /notes:\n    parameters: 5\n"
    spec = SPEC.replace("  /notes:\n", path_item).replace(
        "listNotes", "listNotes\n      tags: 5"
    )
    (project / "notes.yaml").write_text(
        spec + "  /other: {get: {responses: {'204': {description: None.}}}}\n"
    )
    run("generate", "notes.yaml", "-o", "notes", "--lenient", "--report", "r.json")
    entries = json.loads((project / "r.json").read_text())["entries"]
    refused = [entry["pointer"] for entry in entries if entry["status"] == "refused"]
    assert sorted(refused) == ["/paths/~1notes/get", "/paths/~1notes/post"]


@pytest.mark.parametrize(
    "path", ["/a: 5", "/a: {get: 5}", "/a: {$ref: '#/components/pathItems/No'}"]
)
def test_what_is_no_operation_is_not_passed_over(project: Path, path: str) -> None:
    (project / "notes.yaml").write_text(SPEC.replace("paths:", f"paths:\n  {path}"))
    (project / "parts.yaml").write_text(SOUND_PARTS)
    done = run("generate", "notes.yaml", "-o", "notes")
    assert "notes.yaml:4:" in done.output
    assert done.exit_code == 1
    assert run("generate", "notes.yaml", "-o", "notes", "-i", "/notes").exit_code == 0


def test_a_default_that_leads_nowhere_is_left_out_alone(project: Path) -> None:
    choice = "{type: object, required: [kind], properties: {kind: {const: NAME}}}"
    schemas = "".join(
        f"    {name}: {choice.replace('NAME', name)}\n" for name in ("Cat", "Dog")
    )
    (project / "pets.yaml").write_text(f"""\
openapi: 3.2.0
info: {{title: Pets, version: "1"}}
paths:
  /pets:
    get:
      operationId: getPet
      responses:
        "200":
          content:
            application/json:
              schema:
                oneOf:
                  - {{$ref: "#/components/schemas/Cat"}}
                  - {{$ref: "#/components/schemas/Dog"}}
                discriminator: {{propertyName: kind, defaultMapping: Bird}}
components:
  schemas:
{schemas}""")
    done = run("generate", "pets.yaml", "-o", "pets", "--lenient", "--report", "r.json")
    assert (
        'error[unresolved-reference]: "Bird" is a reference to nothing' in done.output
    )
    entries = json.loads((project / "r.json").read_text())["entries"]
    refused = [each for each in entries if each["status"] == "refused"]
    assert [each["kind"] for each in refused] == ["default mapping"]
    operation = (project / "pets/api/default/get_pet.py").read_text()
    assert '{"Cat": Cat.from_dict, "Dog": Dog.from_dict}' in operation
    assert "otherwise" not in operation
