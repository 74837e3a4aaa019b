"""A fault of pyproject.toml ends a build before anything is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from building_project import CLIENT, FILES

from oasmith.integrations.project import build_clients
from oasmith.library import Failed

_SECOND = CLIENT.replace("src/shop/pets", "src/shop/others")


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (CLIENT + _SECOND.replace("spec =", "spe ="), "unknown-key"),
        (CLIENT + _SECOND + 'include = "GET /pets"\n', "wrong-type"),
        (CLIENT + CLIENT, "same-output"),
        (CLIENT + CLIENT.replace("shop/pets", "shop/pets/models"), "same-output"),
        (
            CLIENT + 'runtime = "src/shop/others"\n' + _SECOND,
            "bad-runtime",
        ),
    ],
)
def test_nothing_is_written(
    table: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path, text in FILES.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    (tmp_path / "pyproject.toml").write_text(table)
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    told: list[str] = []
    with pytest.raises(Failed) as failed:
        build_clients(".", told.append)
    assert code in {each.code for each in failed.value.diagnostics}
    assert sorted(tmp_path.rglob("*")) == before
    assert told == []
