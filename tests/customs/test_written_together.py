"""Packages that share a runtime are written all or none, and each folder once."""

from __future__ import annotations

import errno
import json
import shutil
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

import oasmith
from oasmith.config import configured_clients
from oasmith.deliver import deliver
from oasmith.diagnostics import Diagnostics
from oasmith.output import write
from oasmith.output.lock import lock_text, read_lock
from oasmith.product import Product

Run = Callable[..., "subprocess.CompletedProcess[str]"]

_RUNTIME = "src/app/_shared"
_PET, _SHOP = "src/app/pet", "src/app/shop"
_ALONE = "src/app/alone"
_TABLE = """
[[tool.oasmith.client]]
spec = "{spec}.yaml"
output = "{output}"
"""
_SHARED = f'runtime = "{_RUNTIME}"\n'


@pytest.fixture
def old(project: Path, run: Run) -> Path:
    """Two packages and their runtime, as an older version of oasmith has left them."""
    _configure("pet", _PET, _SHARED)
    _configure("alone", _ALONE)
    _configure("shop", _SHOP, _SHARED)
    shutil.copy("pet.yaml", "alone.yaml")
    assert run("-m", "oasmith", "generate").returncode == 0
    for folder, path in ((_RUNTIME, "unset.py"), (_PET, "client.py")):
        _make_older(Path(folder), path)
    return project


def test_one_that_fails_holds_back_the_runtime_and_the_others(
    old: Path, run: Run
) -> None:
    before = _read(_RUNTIME, _PET, _SHOP)
    _break("shop.yaml")
    _replace("alone.yaml", "note:", "notes:")
    done = run("-m", "oasmith", "generate")
    assert done.returncode == 1
    assert _read(_RUNTIME, _PET, _SHOP) == before
    # What shares nothing with it is not hindered, though it comes in between.
    assert [line.split("; ")[0] for line in done.stdout.splitlines()] == [
        f"{_ALONE}: {_count(_ALONE)} files, 2 changed"
    ]
    told = done.stderr.splitlines()
    said = f'this is left as it was, since "{_SHOP}" can\'t be written'
    help = "  = help: packages on one runtime are written together, all or none"
    assert told[:4] == [
        f"{_RUNTIME}: error[not-written]: {said}",
        help,
        f"{_PET}: error[not-written]: {said}",
        help,
    ]
    assert told[4].startswith("shop.yaml:") and "error[" in told[4]


def test_mended_all_are_written(old: Path, run: Run) -> None:
    _break("shop.yaml")
    run("-m", "oasmith", "generate")
    _replace("shop.yaml", "opnapi", "openapi")
    done = run("-m", "oasmith", "generate")
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split("; ")[0] for line in done.stdout.splitlines()] == [
        f"{_ALONE}: {_count(_ALONE)} files, all up to date",
        f"{_RUNTIME}: {_count(_RUNTIME)} files, 2 changed",
        f"{_PET}: {_count(_PET)} files, 2 changed",
        f"{_SHOP}: {_count(_SHOP)} files, all up to date",
    ]


def test_one_that_is_as_it_is_to_be_is_not_held_back(project: Path, run: Run) -> None:
    _configure("pet", _PET, _SHARED)
    _configure("shop", _SHOP, _SHARED)
    run("-m", "oasmith", "generate")
    _break("shop.yaml")
    done = run("-m", "oasmith", "generate")
    assert done.returncode == 1
    assert done.stdout.count("all up to date") == 2
    assert "not-written" not in done.stderr


def test_what_is_in_the_way_of_one_is_in_the_way_of_all(old: Path, run: Run) -> None:
    before = _read(_RUNTIME, _PET)
    shutil.rmtree(_SHOP)
    Path(_SHOP).mkdir()
    Path(_SHOP, "client.py").write_text("mine = 1\n")
    done = run("-m", "oasmith", "generate")
    assert done.returncode == 1
    assert _read(_RUNTIME, _PET) == before
    assert [*Path(_SHOP).iterdir()] == [Path(_SHOP, "client.py")]
    assert f"{_SHOP}/client.py: error[foreign-file]" in done.stderr
    assert done.stderr.count("error[not-written]") == 2
    # Nothing was done about edits, so nothing is said of them.
    assert "warning[edited-file]" not in done.stderr


def test_the_runtime_is_not_written_before_the_package_can_be(old: Path) -> None:
    before = _read(_RUNTIME)
    with pytest.raises(oasmith.Failed, match="foreign-file") as raised:
        Path(_PET, "models/pet.py").unlink()
        Path(_PET, "models/pet.py").mkdir()
        oasmith.generate("pet.yaml", _PET, runtime=_RUNTIME)
    codes = [each.code for each in raised.value.diagnostics]
    assert codes == ["not-written", "foreign-file"]
    assert _read(_RUNTIME) == before


@pytest.mark.parametrize("in_the_way", [True, False])
def test_copies_are_not_kept_before_all_can_be_written(
    in_the_way: bool, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies = {"pet.remote/a.yaml": b"{}\n", "pet.remote/b.yaml": b"{}\n"}
    Path("pet.remote").mkdir()
    Path("pet.remote/b.yaml").write_bytes(b"[]\n")
    before = _read("pet.remote", _RUNTIME, _PET, _SHOP)
    made = [
        Product(client, ({"a.py": b""}, {"b.py": b""}), copies)
        for client in configured_clients(Diagnostics())
        if client.runtime is not None
    ]
    if in_the_way:
        Path(_SHOP, "b.py").mkdir()
    else:
        monkeypatch.setattr(write, "change_folder", _refuse)
    done = deliver(made)
    assert [each.written for each in done] == [None] * 3
    assert _read("pet.remote", _RUNTIME, _PET, _SHOP) == before


def _refuse(*_: object) -> None:
    raise OSError(errno.ENOSPC, "no space")


def test_check_tells_of_the_runtime_once(old: Path, run: Run) -> None:
    done = run("-m", "oasmith", "check")
    assert done.returncode == 1
    assert done.stdout.count(f"+++ b/{_RUNTIME}/unset.py") == 1
    assert done.stdout.count(f"+++ b/{_PET}/client.py") == 1
    assert f"{_RUNTIME}: error[drift]: 2 files not as generated: 2 outdated" in (
        done.stderr
    )
    assert f"{_PET}: error[drift]: 2 files not as generated: 2 outdated" in done.stderr
    assert done.stderr.count("error[drift]") == 2
    assert 'run "oasmith generate"; these have changed: oasmith (from 0.0.1 to' in (
        done.stderr
    )


def test_the_patch_of_all_can_be_applied(old: Path, run: Run) -> None:
    # What has no lines stands before the patch of another folder.
    for folder in (_RUNTIME, _PET, _ALONE):
        Path(folder, "py.typed").unlink(missing_ok=True)
    patch = run("-m", "oasmith", "check").stdout
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "apply"], input=patch.encode(), check=True)
    done = run("-m", "oasmith", "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"{each}: up to date" for each in (_ALONE, _RUNTIME, _PET, _SHOP)
    ]


def test_json_has_the_runtime_beside_the_clients(old: Path, run: Run) -> None:
    told = json.loads(run("-m", "oasmith", "check", "--format", "json").stdout)
    (runtime,) = told["runtimes"]
    assert runtime["output"] == _RUNTIME
    assert [each["path"] for each in runtime["files"]] == ["oasmith.lock", "unset.py"]
    assert [each["code"] for each in runtime["diagnostics"]] == ["drift"]
    alone, pet, shop = told["clients"]
    assert (len(pet["files"]), alone["files"], shop["files"]) == (2, [], [])


def test_python_gives_both(old: Path) -> None:
    checked = oasmith.check("shop.yaml", _SHOP, runtime=_RUNTIME)
    assert checked.runtime and checked.runtime.different == (
        "oasmith.lock",
        "unset.py",
    )
    assert (bool(checked.drift), checked.is_current) == (False, False)
    made = oasmith.generate("shop.yaml", _SHOP, runtime=_RUNTIME)
    assert made.runtime and made.runtime.changed == ("oasmith.lock", "unset.py")
    assert made.written.changed == ()
    assert oasmith.check("shop.yaml", _SHOP, runtime=_RUNTIME).is_current


def _configure(spec: str, output: str, more: str = "") -> None:
    with open("pyproject.toml", "a") as file:
        file.write(_TABLE.format(spec=spec, output=output) + more)


def _make_older(folder: Path, path: str) -> None:
    """Have a file, and the lock, say what an older version would have said."""
    lock = read_lock(str(folder), Diagnostics())
    assert lock is not None
    content = b"# Generated by oasmith, long ago.\n"
    (folder / path).write_bytes(content)
    files = {**lock.files, path: sha256(content).hexdigest()}
    older = lock._replace(version="0.0.1", files=files)
    (folder / "oasmith.lock").write_text(lock_text(older), encoding="utf-8")


def _break(path: str) -> None:
    _replace(path, "openapi", "opnapi")


def _replace(path: str, old: str, new: str) -> None:
    Path(path).write_text(Path(path).read_text().replace(old, new))


def _count(folder: str) -> int:
    return len([each for each in Path(folder).rglob("*") if each.is_file()])


def _read(*folders: str) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes()
        for folder in folders
        for path in Path(folder).rglob("*")
        if path.is_file()
    }
