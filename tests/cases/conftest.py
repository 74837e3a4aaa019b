"""What the test_client.py of a case is given: its package, a server, a client."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from golden_case import PACKAGES, Outcome
from loopback import LoopbackServer

collect_ignore_glob = ["*/expected/*"]

_TESTS = Path(__file__).parents[1]


def pytest_pycollect_makemodule(
    module_path: Path, parent: pytest.Collector
) -> pytest.Module:
    """Import each test_client.py under a name of its own: they are all called alike."""
    module = pytest.Module.from_parent(parent, path=module_path)
    parts = module_path.relative_to(_TESTS).with_suffix("").parts
    module.obj = import_module(".".join(parts))
    return module


@pytest.fixture
def package(
    request: pytest.FixtureRequest,
    outcomes: Mapping[str, Outcome],
    workspace: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> ModuleType:
    """The generated package of the case whose test_client.py asks for it."""
    name = request.path.parent.name
    assert outcomes[name].files, outcomes[name].messages
    monkeypatch.syspath_prepend(os.fspath(workspace / PACKAGES))
    found = import_module(name)
    import_module(f"{name}.models")
    assert sys.modules[name].__file__ == os.fspath(
        workspace / PACKAGES / name / "__init__.py"
    )
    return found


@pytest.fixture(params=["mypy", "pyright"])
def check_types(
    request: pytest.FixtureRequest, package: ModuleType, tmp_path: Path
) -> Callable[[], int]:
    """Checks the types of typed_use.py beside test_client.py.

    What is found are the lines that say that they are wrong; it gives their number.
    """
    folder = request.path.parent
    commands = {
        "mypy": ["mypy", "--strict", "--config-file=", f"--cache-dir={tmp_path}/mypy"],
        "pyright": ["pyright"],
    }

    def check() -> int:
        source = (folder / "typed_use.py").read_text()
        (tmp_path / "typed_use.py").write_text(source)
        (tmp_path / folder.name).symlink_to(Path(str(package.__file__)).parent)
        (tmp_path / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}')
        done = subprocess.run(
            [sys.executable, "-m", *commands[request.param], "typed_use.py"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )
        found = re.findall(r"typed_use\.py:(\d+).*? error", done.stdout)
        lines = source.splitlines()
        wrong = [number for number, line in enumerate(lines, 1) if "# wrong" in line]
        assert sorted(set(map(int, found))) == wrong, done.stdout
        return len(wrong)

    return check


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as running:
        yield running


@pytest.fixture
def client(package: ModuleType, server: LoopbackServer) -> Iterator[Any]:
    """A client of the generated package that has no credentials."""
    with package.Client(base_url=server.url, retries=0) as made:
        yield made
