"""What the test_client.py of a case is given: its package, a server, a client."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
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


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as running:
        yield running


@pytest.fixture
def client(package: ModuleType, server: LoopbackServer) -> Iterator[Any]:
    """A client of the generated package that has no credentials."""
    with package.Client(base_url=server.url, retries=0) as made:
        yield made
