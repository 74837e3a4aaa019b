"""References that lead nowhere are errors where they are needed, and else warnings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import oasmith
from oasmith.__main__ import run_command_line
from oasmith.config_arguments import make_client
from oasmith.diagnostics import Diagnostic, Diagnostics
from oasmith.inputs import inputs_of
from oasmith.output.lock import is_current, read_lock

_SPEC = """\
openapi: 3.1.0
info: {title: Notes, version: "1"}
paths:
  /notes:
    get:
      operationId: listNotes
      tags: [notes]
      responses: {"200": {description: Some., content: {text/plain: {}}}}
  /drafts:
    $ref: drafts.yaml
components:
  schemas:
    Unused: {$ref: missing.yaml}
"""
_DRAFTS = """\
get:
  tags: [notes]
  operationId: listDrafts
  responses: {"204": {description: None.}}
"""


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "notes.yaml").write_text(_SPEC)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("include", "severities"),
    [
        (["GET /notes"], ["warning", "warning"]),
        (["tag:notes"], ["warning", "warning"]),
        ([], ["error", "warning"]),
        (["/**"], ["error", "warning"]),
        (["GET /drafts"], ["error", "warning"]),
    ],
)
def test_a_path_item_is_needed_where_it_may_be_asked_for(
    include: list[str], severities: list[str]
) -> None:
    try:
        told: Sequence[Diagnostic] = oasmith.generate(
            "notes.yaml", "notes", include=include
        ).diagnostics
    except oasmith.Failed as failed:
        told = failed.diagnostics
    assert [each.severity for each in told] == severities
    assert {each.code for each in told} == {"unresolved-reference"}


@pytest.mark.parametrize(
    ("arguments", "code", "errors"),
    [
        (["validate", "notes.yaml"], 1, 1),
        (["validate", "notes.yaml", "-i", "tag:notes"], 0, 0),
        (["generate", "notes.yaml", "-o", "notes"], 0, 0),
        (["operations", "notes.yaml"], 0, 0),
        (["slice", "notes.yaml", "-o", "slice.yaml"], 0, 0),
    ],
)
def test_all_are_needed_when_a_whole_description_is_validated(
    arguments: list[str],
    code: int,
    errors: int,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (project / "drafts.yaml").write_text(_DRAFTS)
    monkeypatch.setattr("sys.argv", ["oasmith", *arguments])
    with pytest.raises(SystemExit) as ended:
        run_command_line()
    assert ended.value.code == code
    said = capsys.readouterr().err
    assert said.count("notes.yaml:13:14: error[unresolved-reference]") == errors
    assert said.count("notes.yaml:13:14: warning[unresolved-reference]") == 1 - errors


def test_a_file_that_was_missing_is_something_new(project: Path) -> None:
    client = make_client("notes.yaml", "notes", Diagnostics(), include=["tag:notes"])
    oasmith.generate("notes.yaml", "notes", include=["tag:notes"])
    lock = read_lock("notes", Diagnostics())
    assert lock and lock.sources["../drafts.yaml"] == "absent"
    assert is_current("notes", lock, inputs_of(client))
    (project / "drafts.yaml").write_text(_DRAFTS)
    assert not is_current("notes", lock, inputs_of(client))
    made = oasmith.generate("notes.yaml", "notes", include=["tag:notes"])
    assert "api/notes/list_drafts.py" in made.written.created


def test_what_is_not_needed_may_come_to_nothing_by_way_of_another_file(
    project: Path,
) -> None:
    (project / "drafts.yaml").write_text("$ref: gone.yaml\n")
    made = oasmith.generate("notes.yaml", "notes", include=["tag:notes"])
    places = [each.place.locate()[:2] for each in made.diagnostics if each.place]
    assert places == [("drafts.yaml", 1), ("notes.yaml", 13)]


def test_a_path_item_may_lead_back_into_the_description(project: Path) -> None:
    (project / "drafts.yaml").write_text('$ref: "notes.yaml#/x-drafts"\n')
    (project / "notes.yaml").write_text(
        _SPEC + 'x-drafts: {$ref: "#/x-items"}\nx-items:\n  get: {operationId: x}\n'
    )
    made = oasmith.check("notes.yaml", "notes", include=["tag:notes"])
    assert len(made.diagnostics) == 1
