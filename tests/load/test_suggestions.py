"""References that lead nowhere: what they were probably meant to be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from oasmith.diagnostics import Diagnostics
from oasmith.loading.load import load_document
from oasmith.suggestions import suggest_reference

ROOT = {
    "components": {
        "schemas": {"Pet": {"properties": {"owner": {}}}, "a/b": {}},
        "responses": {"Gone": {}},
    },
    "list": [{}],
}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("components/schemas/Pet", "#/components/schemas/Pet"),
        ("Pet", "#/components/schemas/Pet"),
        ("/components/schemas/Pets", "#/components/schemas/Pet"),
        (
            "/component/schema/Pte/properties/ownr",
            "#/components/schemas/Pet/properties/owner",
        ),
        ("/components/schema/Pte", "#/components/schemas/Pet"),
        ("/components/schemas/a/b", None),
        ("/components/schemas/a~1c", "#/components/schemas/a~1b"),
        ("/components/schemas/Gone", None),
        ("/components/schemas/" + "Pet" * 1_000, None),
        ("/list/1", None),
        ("~7", None),
        ("", None),
    ],
)
def test_what_was_meant(tmp_path: Path, written: str, meant: str | None) -> None:
    path = tmp_path / "spec.json"
    path.write_text(json.dumps(ROOT))
    document = load_document(str(path), Diagnostics())
    expected = f'did you mean "{meant}"?' if meant else None
    assert suggest_reference(document, written) == expected


def test_many_names_take_no_time(tmp_path: Path) -> None:
    names = {f"Name{number}": {} for number in range(100_000)}
    path = tmp_path / "spec.json"
    path.write_text(json.dumps({"components": {"schemas": names}}))
    document = load_document(str(path), Diagnostics())
    for number in range(100):
        written = f"/components/schemas/Nme{number:05}"
        assert suggest_reference(document, written) is not None
