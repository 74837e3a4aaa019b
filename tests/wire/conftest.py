"""The packages of the tables, each made once, and the server that they talk to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from loopback import LoopbackServer
from wire_package import WirePackage, make_package
from wire_table import read_table


@pytest.fixture(scope="session")
def wire_server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as running:
        yield running


@pytest.fixture(scope="session")
def package_of(
    tmp_path_factory: pytest.TempPathFactory, wire_server: LoopbackServer
) -> Callable[[str], WirePackage]:
    """Makes the package of a table, the first time that it is asked for."""
    folder: Path = tmp_path_factory.mktemp("wire")

    @cache
    def make(name: str) -> WirePackage:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("OASMITH_CACHE", str(folder / "cache"))
            return make_package(read_table(name), folder, wire_server.url)

    return make
