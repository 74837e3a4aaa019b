"""Several packages on one runtime: what stands where, and what can be passed on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import oasmith

Run = Callable[..., "subprocess.CompletedProcess[str]"]

_RUNTIME = "src/app/_shared"
_TABLES = """\
[[tool.oasmith.client]]
spec = "pet.yaml"
output = "src/app/pet"
runtime = "src/app/_shared"

[[tool.oasmith.client]]
spec = "shop.yaml"
output = "src/app/clients/shop"
runtime = "src/app/_shared"
"""

_USE = """
import logging
from uuid import UUID
from app import pet
from app.clients import shop
from app.clients.shop.api.shop.get_shop import get_shop
from app.pet.api.pet.get_pet import get_pet
from app.pet.testing import FakeTransport
from app.clients.shop.testing import FakeTransport as ShopFake

logging.basicConfig(level=logging.DEBUG, format="%(name)s")
fake = ShopFake()
fake.on(get_shop).answer(shop.models.Shop(id=UUID(int=1), note="small"))
with pet.Client(transport=fake) as pets, shop.Client(transport=fake) as shops:
    # What carries the requests of one client carries those of the other, too.
    print(shops.shop.get_shop().note)
    try:
        pets.pet.get_pet()
    except AssertionError as error:
        print(error)
pets = FakeTransport()
pets.on(get_pet).respond(shop.Response(404, {}, b""))
try:
    pet.Client(transport=pets).pet.get_pet()
except shop.ApiError as error:
    print(type(error) is shop.StatusError, type(error) is pet.StatusError)
"""


@pytest.fixture
def made(project: Path, run: Run) -> Path:
    (project / "pyproject.toml").write_text(_TABLES)
    done = run("-m", "oasmith", "generate")
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == [
        _RUNTIME,
        "src/app/pet",
        "src/app/clients/shop",
    ]
    return project


def test_what_one_package_has_the_other_takes(made: Path, run: Run) -> None:
    done = run("-c", f"import sys; sys.path.insert(0, 'src'){_USE}")
    assert done.stdout.splitlines() == [
        "small",
        "GET https://example.org/pet is no operation of this package",
        "True True",
    ]
    assert done.stderr.splitlines() == ["app.clients.shop", "app.pet"]


def test_there_is_one_runtime(made: Path) -> None:
    assert not (made / "src/app/pet/_runtime").exists()
    there = {path.name for path in (made / _RUNTIME).iterdir()}
    assert {"client.py", "oasmith.lock", "transports"} <= there
    text = (made / "src/app/clients/shop/api/shop/get_shop.py").read_text()
    assert "\nfrom ....._shared.operation import" in text
    text = (made / "src/app/pet/__init__.py").read_text()
    assert '    "UNSET": "..\\_shared.unset",'.replace("\\", "") in text


def test_the_index_names_the_runtime_from_the_package(made: Path) -> None:
    index = json.loads((made / "src/app/clients/shop/manifest.json").read_text())
    assert index["encode"] == "..._shared.model:to_json"
    assert index["file"] == "..._shared.request:File"


def test_it_is_sound_for_checkers(made: Path, run: Run) -> None:
    done = run("-m", "mypy", "--strict", "--config-file=", "src/app")
    assert done.returncode == 0, done.stdout
    done = run("-m", "ruff", "check", "--isolated", "--select=E,F,I", "src/app/pet")
    assert done.returncode == 0, done.stdout


def test_a_second_run_changes_nothing(made: Path, run: Run) -> None:
    done = run("-m", "oasmith", "generate")
    assert done.stdout.count("all up to date") == 3
    assert run("-m", "oasmith", "check").returncode == 0


def test_check_covers_the_runtime(made: Path, run: Run) -> None:
    (made / _RUNTIME / "unset.py").write_text("# edited\n")
    (made / _RUNTIME / "kinds.py").unlink()
    done = run("-m", "oasmith", "check")
    assert done.returncode == 1
    assert "+++ b/src/app/_shared/unset.py" in done.stdout
    assert "1 edited by hand, 1 removed by hand" in done.stderr
    assert run("-m", "oasmith", "generate").returncode == 0
    assert run("-m", "oasmith", "check").returncode == 0


def test_nothing_to_do_is_found_out_by_its_lock_too(
    made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("oasmith.unchanged.is_installed", lambda: True)
    from oasmith.unchanged import tell_unchanged

    assert tell_unchanged(["generate"])
    capsys.readouterr()
    (made / _RUNTIME / "unset.py").write_text("# edited\n")
    assert not tell_unchanged(["generate"])


def test_no_client_removes_what_others_use(made: Path, run: Run) -> None:
    one = _TABLES.partition("\n\n")[2].replace(f'runtime = "{_RUNTIME}"\n', "")
    (made / "pyproject.toml").write_text(one)
    assert run("-m", "oasmith", "generate").returncode == 0
    assert (made / "src/app/clients/shop/_runtime/client.py").exists()
    assert (made / _RUNTIME / "client.py").exists()
    (made / "pyproject.toml").write_text(_TABLES)
    assert run("-m", "oasmith", "generate").returncode == 0
    assert not (made / "src/app/clients/shop/_runtime").exists()


def test_two_runs_at_once_write_it_whole(project: Path) -> None:
    code = "import oasmith,sys; oasmith.generate(*sys.argv[1:3],runtime=sys.argv[3])"
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code, f"{name}.yaml", f"src/app/{name}", _RUNTIME]
        )
        for name in ("pet", "shop", "pet", "shop")
    ]
    assert [each.wait() for each in runs] == [0, 0, 0, 0]
    for name in ("pet", "shop"):
        found = oasmith.check(f"{name}.yaml", f"src/app/{name}", runtime=_RUNTIME)
        assert found.is_current
    assert not [name for name in os.listdir("src/app") if name.startswith(".")]


@pytest.mark.parametrize(
    ("runtime", "expected"),
    [
        ("other/_shared", '"src/app/pet" and "other/_shared" have no package'),
        ("src/app/my-runtime", '"my-runtime" can\'t be imported'),
        ("src/app/pet/_runtime", "does not stand beside the package"),
        ("src/app/pet", "does not stand beside the package"),
        ("src/app", "does not stand beside the package"),
        ("src/app/clients/shop/rt", 'is in "src/app/clients/shop", which is the'),
    ],
)
def test_where_it_can_not_stand(
    runtime: str, expected: str, project: Path, run: Run
) -> None:
    text = _TABLES.replace(_RUNTIME, runtime, 1)
    (project / "pyproject.toml").write_text(text)
    done = run("-m", "oasmith", "generate")
    assert done.returncode == 1
    assert "pyproject.toml:4:1: error[bad-runtime]: " in done.stderr
    assert expected in done.stderr
    assert not (project / "src/app/pet").exists()
