"""``generate --report``: what became of every part of a description."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from oasmith.cli import cli

SPEC = """\
openapi: 3.0.3
info: {title: Notes, version: "1"}
paths:
  /notes:
    post:
      operationId: postNote
      parameters: [{name: page, in: query, schema: {type: integer}}]
      requestBody:
        content:
          multipart/form-data:
            schema:
              properties: {file: {type: string}}
              additionalProperties: {type: string}
          text/plain: {schema: {type: string}}
      responses:
        "200":
          description: The note.
          content: {application/json: {schema: {$ref: "#/components/schemas/Note"}}}
components:
  schemas:
    Note: {type: object, properties: {text: {type: string}}}
"""


def test_every_part_is_in_the_report(tmp_path: Path) -> None:
    spec, report = tmp_path / "notes.yaml", tmp_path / "report.json"
    spec.write_text(SPEC)
    output = str(tmp_path / "notes")
    arguments = ["generate", str(spec), "-o", output, "--report", str(report)]
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 0, done.output
    assert "; 1 operation, 1 type: 1 degraded" in done.output
    entries = {
        (entry["kind"], entry["pointer"]): entry
        for entry in json.loads(report.read_text())["entries"]
    }
    operation = "/paths/~1notes/post"
    assert list(entries) == [
        ("operation", operation),
        ("parameter", f"{operation}/parameters/0"),
        ("body", f"{operation}/requestBody"),
        ("response", f"{operation}/responses/200"),
        ("schema", "/components/schemas/Note"),
    ]
    body = entries.pop(("body", f"{operation}/requestBody"))
    assert body["status"] == "degraded"
    assert [reason["code"] for reason in body["reasons"]] == ["unsupported-form"]
    assert {entry["status"] for entry in entries.values()} == {"implemented"}
