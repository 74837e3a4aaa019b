"""What the tests of golden cases share: their packages, a server, one option."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from golden_case import PACKAGES, Outcome, find_cases, run_case
from loopback import LoopbackServer


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-cases",
        action="store_true",
        help="rewrite what the golden cases expect; read the diff before committing",
    )


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cases")


@pytest.fixture(scope="session")
def outcomes(workspace: Path) -> dict[str, Outcome]:
    """What every case gives, by its name; the packages stay in the workspace."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OASMITH_CACHE", str(workspace / "cache"))
        return {case.name: run_case(case, workspace) for case in find_cases()}


@pytest.fixture
def package(
    request: pytest.FixtureRequest,
    outcomes: dict[str, Outcome],
    workspace: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> ModuleType:
    """The generated package of the case whose test_client.py asks for it."""
    name = request.path.parent.name
    assert outcomes[name].files, outcomes[name].messages
    monkeypatch.syspath_prepend(os.fspath(workspace / PACKAGES))
    found = import_module(name)
    found.models = import_module(f"{name}.models")
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
