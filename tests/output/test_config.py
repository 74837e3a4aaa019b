"""The tables of pyproject.toml, and what is said of their faults."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from oasmith.answer_rules import EnvelopeRule, make_rule
from oasmith.config import (
    ClientConfig,
    find_pyproject,
    read_clients,
)
from oasmith.config_table import ChosenName
from oasmith.config_text import pyproject_table
from oasmith.diagnostics import Diagnostics
from oasmith.inputs import inputs_of
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
    include = second.place_of("include")
    assert include is not None and include.locate().line == 10


def test_reads_what_is_said_of_answers() -> None:
    (first, second), said = _read("""
        [[tool.oasmith.client]]
        spec = "a"
        output = "b"

        [tool.oasmith.client.envelope]
        result = "result"
        errors = "errors"

        [[tool.oasmith.client.pagination]]
        operations = ["GET /a", "tag:b"]
        style = "page"

        [[tool.oasmith.client.pagination]]
        operations = ["op:c"]
        style = "cursor"
        items = ""
        next = "/meta/next"

        [[tool.oasmith.client]]
        spec = "c"
        output = "d"
        """)
    assert said == []
    assert first.envelope is not None
    assert first.envelope[:3] == ("result", None, "errors")
    page, cursor = first.pagination
    assert (page.operations, page.style) == (("GET /a", "tag:b"), "page")
    assert (cursor.items, cursor.next, cursor.parameter) == ("", "/meta/next", None)
    places = [first.envelope.place, page.place, cursor.place, second.place]
    assert [place and place.locate().line for place in places] == [6, 10, 14, 20]
    assert (second.envelope, second.pagination) == (None, ())


@pytest.mark.parametrize("text", ["", "[tool.black]", "[tool.oasmith]", "tool = 1"])
def test_there_may_be_no_client(text: str) -> None:
    assert _read(text) == ((), [])


_SPEC_AND_OUTPUT = '[[tool.oasmith.client]]\nspec = "a"\noutput = "b"\n'
_PAGINATION = _SPEC_AND_OUTPUT + "[[tool.oasmith.client.pagination]]\n"


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
            _SPEC_AND_OUTPUT + 'allow_remote = ["x"]',
            ':4:1: error[unknown-key]: "allow_remote" is no setting'
            '\n  = help: did you mean "allow-remote"',
        ),
        (
            _SPEC_AND_OUTPUT + '[tool.oasmith.client.envelope]\nsuccess = "ok"',
            ':4:1: error[missing-key]: "result" is missing',
        ),
        (
            _SPEC_AND_OUTPUT
            + '[tool.oasmith.client.envelope]\nresult = "a"\nerror = 1',
            ':6:1: error[unknown-key]: "error" is no setting'
            '\n  = help: did you mean "errors"',
        ),
        (
            _SPEC_AND_OUTPUT + "envelope = 1",
            ':4:1: error[wrong-type]: "envelope" must be a table',
        ),
        (
            _SPEC_AND_OUTPUT + "pagination = {}",
            ':4:1: error[wrong-type]: "pagination" must be an array of tables'
            "\n  = help: write [[tool.oasmith.client.pagination]]",
        ),
        (
            _PAGINATION + 'style = "page"',
            ':4:1: error[missing-key]: "operations" is missing, or names none',
        ),
        (
            _PAGINATION + 'operations = ["/a"]',
            ':4:1: error[missing-key]: "style" is missing'
            '\n  = help: say "page", "offset", "cursor", "link", "next-url"',
        ),
        (
            _PAGINATION + 'operations = ["/a"]\nstyle = "pages"',
            ':6:1: error[bad-pagination]: "pages" is no style of pagination'
            '\n  = help: did you mean "page"',
        ),
        (
            _PAGINATION + 'operations = ["/a"]\nstyle = "scroll"',
            ':6:1: error[bad-pagination]: "scroll" is no style of pagination'
            '\n  = help: say "page", "offset", "cursor", "link", "next-url"',
        ),
        (
            _PAGINATION + 'operations = ["/a"]\nstyle = "page"\nhas_more = "/a"',
            ':7:1: error[bad-pagination]: "has_more" says nothing of the style "page"'
            '\n  = help: did you mean "has-more"',
        ),
        (
            _PAGINATION + 'operations = ["/a"]\nstyle = "link"\nnext = "/a"',
            ':7:1: error[bad-pagination]: "next" says nothing of the style "link"'
            '\n  = help: say items; it does of "cursor" and "next-url"',
        ),
        (
            _PAGINATION + 'operations = ["/a"]\nstyle = "page"\ntotal = "total"',
            ':7:1: error[bad-pagination]: "total" must be a JSON pointer into the '
            'answer: "/data"',
        ),
        (
            _PAGINATION + 'operations = ["/a"]\nstyle = "page"\ntotal = 1',
            ':7:1: error[bad-pagination]: "total" must be a text',
        ),
        (
            _PAGINATION + 'operations = ["/a"]\nstyle = "page"\nparameter = ""',
            ':7:1: error[bad-pagination]: "parameter" must be the name of a query '
            "parameter",
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
            _SPEC_AND_OUTPUT + "names = [1]",
            ':4:1: error[wrong-type]: "names" must be a table',
        ),
        (
            _SPEC_AND_OUTPUT + 'names.models."/a" = 1',
            ':4:1: error[wrong-type]: "names.models" must be a table of texts',
        ),
        (
            _SPEC_AND_OUTPUT + 'names.model."/a" = "A"',
            ':4:1: error[unknown-key]: "model" is no kind of names'
            "\n  = help: the kinds are arguments, credentials, fields, groups, "
            "header_classes, headers, models, operations, server_variables",
        ),
        (
            '[[tool.oasmith.client]]\nspec = "a"\noutput = "my-api"',
            ':3:1: error[bad-package-name]: "my-api" can\'t be imported'
            '\n  = help: call the folder by a Python name, or say package = "NAME"',
        ),
        (
            # Python reads it as "fish".
            _SPEC_AND_OUTPUT + 'package = "\ufb01sh"',
            ':4:1: error[bad-package-name]: "\ufb01sh" can\'t be imported'
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
            "\n  = help: known keys: spec, output, package, include, overlays, allow, "
            "allow-remote, validation, accept, examples, envelope, pagination, names, "
            "runtime, templates, exports",
        ),
        (
            _SPEC_AND_OUTPUT + _SPEC_AND_OUTPUT.replace('"b"', '"./b/"'),
            ':6:1: error[same-output]: "./b/" is the folder of another client too',
        ),
        (
            _SPEC_AND_OUTPUT + _SPEC_AND_OUTPUT.replace('"b"', '"b/models"'),
            ':6:1: error[same-output]: "b/models" is within "b", which is generated '
            "too\n  = help: give each a folder of its own",
        ),
    ],
)
def test_faults_are_told(text: str, expected: str) -> None:
    (said,) = _read(text)[1]
    lines = [line for line in said.splitlines() if "|" not in line]
    assert "\n".join(lines) == "pyproject.toml" + expected


def test_one_folder_under_two_names_is_one() -> None:
    Path("src").mkdir()
    Path("link").symlink_to("src")
    one = _SPEC_AND_OUTPUT.replace('"b"', '"src/b"')
    (said,) = _read(one + one.replace("src/b", "link/b"))[1]
    assert "error[same-output]" in said


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
        ClientConfig("", "a", "b", "b", names=(ChosenName("models", "/a", "A"),)),
        ClientConfig("", "C:\\a.yaml", "gr\x7f\u00f6\u00dfe\U0001f600", "a"),
        ClientConfig(
            "",
            "a.yaml",
            "pets",
            "pets",
            examples=True,
            envelope=EnvelopeRule('res"ult', None, "errors"),
            pagination=(
                make_rule("page", {"total-pages": "/pages", "parameter": "p"}, ["/a"]),
                make_rule("link", {"items": ""}, ["tag:x", "op:y"]),
            ),
        ),
    ],
)
def test_a_table_is_read_as_it_was_written(client: ClientConfig) -> None:
    (found,), said = _read(pyproject_table(client))
    envelope = found.envelope and found.envelope._replace(place=None)
    pagination = tuple(rule._replace(place=None) for rule in found.pagination)
    plain = found._replace(place=None, envelope=envelope, pagination=pagination)
    assert plain == client
    assert said == []


_CLIENT = ClientConfig(
    "",
    "a.yaml",
    "pets",
    "pets",
    envelope=EnvelopeRule("result"),
    pagination=(make_rule("page", {"items": ""}, ["/a"]),),
)


@pytest.mark.parametrize(
    "other",
    [
        _CLIENT._replace(envelope=None),
        _CLIENT._replace(envelope=EnvelopeRule("results")),
        _CLIENT._replace(envelope=EnvelopeRule("result", errors="errors")),
        _CLIENT._replace(pagination=()),
        _CLIENT._replace(pagination=(make_rule("page", {}, ["/a"]),)),
        _CLIENT._replace(pagination=(make_rule("link", {"items": ""}, ["/a"]),)),
        _CLIENT._replace(pagination=(make_rule("page", {"items": ""}, ["/b"]),)),
        _CLIENT._replace(pagination=_CLIENT.pagination * 2),
    ],
)
def test_what_is_said_of_answers_is_an_input(other: ClientConfig) -> None:
    assert inputs_of(other) != inputs_of(_CLIENT)
    (found,), _ = _read(pyproject_table(_CLIENT))
    assert inputs_of(found) == inputs_of(_CLIENT)


def _read(text: str) -> tuple[tuple[ClientConfig, ...], list[str]]:
    Path("pyproject.toml").write_bytes(text.encode())
    diagnostics = Diagnostics()
    clients = read_clients("pyproject.toml", diagnostics)
    return clients, [format_diagnostic(found) for found in diagnostics]
