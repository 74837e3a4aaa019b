"""The tables of pyproject.toml, and what is said of their faults."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from oasmith.config import (
    ClientConfig,
    find_pyproject,
    read_clients,
)
from oasmith.config_text import pyproject_table
from oasmith.diagnostics import Diagnostics
from oasmith.listing import format_diagnostic


@pytest.fixture(autouse=True)
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_reads_clients_in_order() -> None:
    (first, second), said = _read("""
        [[tool.oasmith.client]]
        spec = "specs/pets.yaml"
        output = "generated/pets"

        [[tool.oasmith.client]]
        spec = "specs/shop.json"
        output = "generated/my-shop/"
        package = "shop"
        include = [
            "GET /orders/**",
            "tag:Orders",
        ]
        """)
    assert said == []
    assert (first.spec_path, first.output_path) == ("specs/pets.yaml", "generated/pets")
    assert (first.package, first.include) == ("pets", ())
    assert (second.package, second.output_path) == ("shop", "generated/my-shop")
    assert second.include == ("GET /orders/**", "tag:Orders")
    assert second.place is not None and second.place.locate().line == 10


@pytest.mark.parametrize("text", ["", "[tool.black]", "[tool.oasmith]", "tool = 1"])
def test_there_may_be_no_client(text: str) -> None:
    assert _read(text) == ((), [])


_SPEC_AND_OUTPUT = '[[tool.oasmith.client]]\nspec = "a"\noutput = "b"\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "[tool",
            ":1:6: error[bad-config]: this can't be read: expected ']' at the end of a "
            "table declaration",
        ),
        (
            "\r\nx = 1\r\nx = 2\r\n",
            ":3:6: error[bad-config]: this can't be read: cannot overwrite a value",
        ),
        (
            _SPEC_AND_OUTPUT + 'inclde = ["x"]',
            ':4:1: error[unknown-key]: "inclde" is no setting'
            '\n  = help: did you mean "include"',
        ),
        (
            '[[tool.oasmith.clients]]\nspec = "a"',
            ': error[unknown-key]: "clients" is no setting'
            '\n  = help: did you mean "client"',
        ),
        (
            '[tool.oasmith.client]\nspec = "a"',
            ': error[wrong-type]: "client" must be an array of tables'
            "\n  = help: write [[tool.oasmith.client]]",
        ),
        (
            '[[tool.oasmith.client]]\noutput = "b"',
            ':1:1: error[missing-key]: "spec" is missing',
        ),
        (
            '[[tool.oasmith.client]]\nspec = ["a"]\noutput = "b"',
            ':2:1: error[wrong-type]: "spec" must be a text',
        ),
        (
            '[[tool.oasmith.client]]\nspec = ""\noutput = "b"',
            ':2:1: error[wrong-type]: "spec" must be a text',
        ),
        (
            _SPEC_AND_OUTPUT + 'include = "GET /x"',
            ':4:1: error[wrong-type]: "include" must be a list of texts',
        ),
        (
            _SPEC_AND_OUTPUT + 'examples = "yes"',
            ':4:1: error[wrong-type]: "examples" must be true or false',
        ),
        (
            _SPEC_AND_OUTPUT + "include = [1]",
            ':4:1: error[wrong-type]: "include" must be a list of texts',
        ),
        (
            '[[tool.oasmith.client]]\nspec = "a"\noutput = "my-api"',
            ':3:1: error[bad-package-name]: "my-api" can\'t be imported'
            '\n  = help: call the folder by a Python name, or say package = "NAME"',
        ),
        (
            _SPEC_AND_OUTPUT + 'package = "class"',
            ':4:1: error[bad-package-name]: "class" can\'t be imported'
            '\n  = help: call the folder by a Python name, or say package = "NAME"',
        ),
        (
            _SPEC_AND_OUTPUT + _SPEC_AND_OUTPUT.replace('"b"', '"c"') + "x = 1",
            ':7:1: error[unknown-key]: "x" is no setting'
            '\n  = help: did you mean "spec" or "output" or "package" or "include" '
            'or "overlays" '
            'or "allow" or "allow-remote" or "validation" or "accept" or "examples" '
            'or "runtime" or "templates" or "exports"',
        ),
        (
            _SPEC_AND_OUTPUT + _SPEC_AND_OUTPUT.replace('"b"', '"./b/"'),
            ':6:1: error[same-output]: "./b/" is the folder of another client too',
        ),
    ],
)
def test_faults_are_told(text: str, expected: str) -> None:
    (said,) = _read(text)[1]
    lines = [line for line in said.splitlines() if "|" not in line]
    assert "\n".join(lines) == "pyproject.toml" + expected


def test_all_faults_are_told_at_once() -> None:
    said = _read("[[tool.oasmith.client]]\nx = 1\ny = 2\ninclude = 3")[1]
    assert len(said) == 5


def test_a_file_that_is_not_text_is_told() -> None:
    Path("pyproject.toml").write_bytes(b"\xff\xfe")
    diagnostics = Diagnostics()
    assert read_clients("pyproject.toml", diagnostics) == ()
    assert [found.code for found in diagnostics] == ["bad-config"]


def test_finds_the_nearest_file() -> None:
    Path("pyproject.toml").touch()
    Path("src/inner").mkdir(parents=True)
    assert find_pyproject(".") == "pyproject.toml"
    os.chdir("src/inner")
    assert find_pyproject(".") == os.path.join("..", "..", "pyproject.toml")


def test_paths_are_relative_to_the_file() -> None:
    Path("pyproject.toml").write_text(_SPEC_AND_OUTPUT)
    Path("src").mkdir()
    os.chdir("src")
    (client,) = read_clients("../pyproject.toml", Diagnostics())
    assert (client.spec, client.output) == ("a", "b")
    assert (client.spec_path, client.output_path) == ("../a", "../b")


@pytest.mark.parametrize(
    "client",
    [
        ClientConfig("", "a.yaml", "out/pets", "pets"),
        ClientConfig("", "a.yaml", "out/my-pets", "pets", ("GET /a", 'tag:"x"\n')),
        ClientConfig("", "C:\\a.yaml", "gr\x7f\u00f6\u00dfe\U0001f600", "a"),
    ],
)
def test_a_table_is_read_as_it_was_written(client: ClientConfig) -> None:
    (found,), said = _read(pyproject_table(client))
    assert found._replace(place=None) == client
    assert said == []


def _read(text: str) -> tuple[tuple[ClientConfig, ...], list[str]]:
    Path("pyproject.toml").write_bytes(text.encode())
    diagnostics = Diagnostics()
    clients = read_clients("pyproject.toml", diagnostics)
    return clients, [format_diagnostic(found) for found in diagnostics]
