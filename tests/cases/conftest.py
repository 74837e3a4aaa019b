"""Collects the test_client.py of each case: one file name, a module name each."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

collect_ignore_glob = ["*/expected/*"]

_TESTS = Path(__file__).parents[1]


def pytest_pycollect_makemodule(
    module_path: Path, parent: pytest.Collector
) -> pytest.Module:
    module = pytest.Module.from_parent(parent, path=module_path)
    parts = module_path.relative_to(_TESTS).with_suffix("").parts
    module.obj = import_module(".".join(parts))
    return module
