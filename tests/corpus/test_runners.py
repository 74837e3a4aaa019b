"""What the runners measure and count, on commands and sources made for it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from .command import Ran, run_command
from .peers.operations import count_matched, find_operations
from .rejected import find_unclean
from .tree_memory import TreeMemory

_CLIENT = """
def _get_kwargs(pet_id):
    return {"method": "get", "url": "/pets/{pet_id}".format(pet_id=pet_id)}
"""
_GENERATOR = """
class PetsApi:
    def _add_pet_serialize(self):
        return self.api_client.param_serialize(method='POST', resource_path='/pets')
"""


def test_operations_are_found_in_the_functions_of_other_tools(tmp_path: Path) -> None:
    (tmp_path / "get_pet.py").write_text(_CLIENT)
    (tmp_path / "pets_api.py").write_text(_GENERATOR)
    (tmp_path / "kennels_api.py").write_text(_GENERATOR)
    (tmp_path / "broken.py").write_text("_get_kwargs = (")
    expected = {("GET", "/pets/{pet_id}"), ("POST", "/pets")}
    assert find_operations(tmp_path) == expected


def test_names_of_parameters_do_not_count() -> None:
    described = [("GET", "/pets/{petId}"), ("PUT", "/pets/{petId}"), ("GET", "/a")]
    assert count_matched([("GET", "/pets/{pet_id}"), ("GET", "/b")], described) == 1


@pytest.mark.parametrize(
    ("exit_code", "errors", "unclean"),
    [
        (0, "warning[a-code]: any\n", False),
        (1, "a.yaml:3:1: error[a-code]: any\n", False),
        (1, "a.yaml: error[a-code]: any\n", True),
        (1, "a.yaml:3:1: warning[repair[a-code]]: any\n", True),
        (1, f"a.yaml:3:1: error[a-code]: {'long' * 300}\n", True),
        (
            1,
            "a.yaml:3:1: error[a-code]: any\nTraceback (most recent call last)\n",
            True,
        ),
        (70, "a.yaml:3:1: error[a-code]: any\n", True),
    ],
)
def test_what_no_run_should_do(exit_code: int, errors: str, unclean: bool) -> None:
    assert any(find_unclean(Ran(exit_code, "", errors, 1.0, 1.0))) is unclean


_PARENT = """
import subprocess, sys
child = "import time; held = bytearray(80_000_000); time.sleep(60)"
subprocess.run([sys.executable, "-c", child])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc")
def test_memory_of_a_child_counts_and_ends_the_command(tmp_path: Path) -> None:
    memory = TreeMemory(70, every=0.05)
    ran = run_command(
        [sys.executable, "-c", _PARENT],
        folder=tmp_path,
        limit=30,
        environment={},
        memory=memory,
    )
    assert memory.is_exceeded
    assert ran.exit_code < 0
