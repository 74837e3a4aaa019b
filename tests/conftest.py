"""What the golden cases give, for all the tests that look at it, and their option."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden_case import Outcome, find_cases, run_case


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
