"""What holds for all descriptions: a description does not differ from itself."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from golden_case import Case, find_cases

import oasmith
from oasmith.diagnostics import Diagnostics
from oasmith.loading.load import load_document

_SOUND = [case for case in find_cases() if (case.folder / "expected").exists()]


@pytest.mark.parametrize("case", _SOUND, ids=lambda case: case.name)
def test_the_order_of_keys_changes_nothing(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # References lead to where they are, so both have all of the files around them.
    for name in ("old", "new"):
        shutil.copytree(case.folder, tmp_path / name)
    monkeypatch.chdir(tmp_path / "old")
    root = load_document("spec.yaml", Diagnostics()).root
    Path("../new/spec.yaml").write_text(json.dumps(_reverse(root)))
    for new in ("spec.yaml", "../new/spec.yaml"):
        # Neither fakes nor templates are compared.
        left = {"examples", "templates"}
        options = {key: it for key, it in case.options.items() if key not in left}
        result = oasmith.diff("spec.yaml", new, **options)
        assert result.comparison.changes == (), new


def _reverse(tree: Any) -> Any:
    """A tree whose objects have their keys in the opposite order."""
    match tree:
        case dict():
            return {key: _reverse(tree[key]) for key in reversed(tree)}
        case list():
            return [_reverse(item) for item in tree]
        case _:
            return tree
