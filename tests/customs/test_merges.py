"""Two branches that each add to a description, and what is told when they merge."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import oasmith
from oasmith.output.templates import find_templates

_HEAD = """\
openapi: 3.0.3
info: {title: Shop, version: "1"}
servers: [{url: "https://example.org"}]
paths:
"""

_PATH = """\
  /%s:
    get:
      operationId: %s
      responses:
        "200":
          description: One.
          content:
            application/json: {schema: {$ref: "#/components/schemas/%s"}}
"""

_SCHEMAS = "components:\n  schemas:\n"
_SCHEMA = "    %s: {type: object, properties: {%s: {type: string}}}\n"


def _write(paths: list[tuple[str, str, str]], schemas: list[tuple[str, str]]) -> None:
    added = "".join(_PATH % path for path in paths)
    named = "".join(_SCHEMA % schema for schema in schemas)
    Path("shop.yaml").write_text(f"{_HEAD}{added}{_SCHEMAS}{named}")


def _git(*arguments: str, fails: bool = False) -> None:
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode != 0) == fails, done.stdout + done.stderr


def _commit(message: str) -> None:
    oasmith.generate("shop.yaml", "shop")
    _git("add", "-A")
    _git("commit", "-qm", message)


@pytest.fixture
def base(project: Path) -> None:
    _git("init", "-q", "-b", "main")
    _git("config", "core.autocrlf", "false")
    _write([("a", "getA", "A")], [("A", "a")])
    _commit("Base.")


_A = ("a", "getA", "A"), ("A", "a")


def _merge(
    ours: tuple[tuple[str, str, str], tuple[str, str]],
    theirs: tuple[tuple[str, str, str], tuple[str, str]],
    merged: list[tuple[tuple[str, str, str], tuple[str, str]]],
) -> oasmith.Generated:
    """Add one thing on each branch, and generate from what both give."""
    _git("checkout", "-qb", "theirs")
    _write([_A[0], theirs[0]], [_A[1], theirs[1]])
    _commit("Theirs.")
    _git("checkout", "-q", "main")
    _write([_A[0], ours[0]], [_A[1], ours[1]])
    _commit("Ours.")
    _git("merge", "theirs", fails=True)
    assert "<<<<<<<" in Path("shop/oasmith.lock").read_text()
    _write([each[0] for each in (_A, *merged)], [each[1] for each in (_A, *merged)])
    return oasmith.generate("shop.yaml", "shop")


def _told(generated: oasmith.Generated) -> list[tuple[str, str, str | None]]:
    return [(each.code, each.message, each.help) for each in generated.diagnostics]


@pytest.mark.usefixtures("base")
def test_two_things_that_had_one_name() -> None:
    ours = ("toys", "getToys", "toy-box"), ("toy-box", "size")
    theirs = ("boxes", "getBoxes", "ToyBox"), ("ToyBox", "wide")
    broken, moved = _told(_merge(ours, theirs, [ours, theirs]))
    assert broken[0] == "broken-lock"
    key = "/components/schemas/ToyBox"
    assert moved == (
        "moved-name",
        f'"{key}" of "models" was called "ToyBox", and is "ToyBox2" now',
        'to call it "ToyBox", in the client\'s table of pyproject.toml: '
        f'names.models."{key}" = "ToyBox"',
    )
    assert _told(oasmith.generate("shop.yaml", "shop")) == []


@pytest.mark.usefixtures("base")
def test_a_thing_that_had_two_names() -> None:
    ours = ("toys", "getToys", "Toy"), ("Toy", "size")
    theirs = ("toys", "listToys", "Toy"), ("Toy", "size")
    told = _told(_merge(ours, theirs, [ours]))
    assert [each[0] for each in told] == ["broken-lock", "moved-name"]
    assert told[1][1] == (
        '"/paths/~1toys/get" of "operations" was called "list_toys",'
        ' and is "get_toys" now'
    )
    assert "def get_toys(" in Path("shop/api/default/get_toys.py").read_text()
    assert _told(oasmith.generate("shop.yaml", "shop")) == []


@pytest.mark.usefixtures("base")
def test_things_that_only_one_branch_has_are_not_told() -> None:
    ours = ("toys", "getToys", "Toy"), ("Toy", "size")
    theirs = ("boxes", "getBoxes", "Box"), ("Box", "size")
    told = _told(_merge(ours, theirs, [ours, theirs]))
    assert [each[0] for each in told] == ["broken-lock"]


def test_a_chosen_name_that_is_withdrawn(project: Path) -> None:
    _write([_A[0]], [_A[1]])
    key = "/components/schemas/A"
    chosen = oasmith.generate("shop.yaml", "shop", names={"models": {key: "First"}})
    assert _told(chosen) == []
    assert _told(oasmith.generate("shop.yaml", "shop")) == [
        (
            "withdrawn-name",
            f'"{key}" of "models" is still called "First", though no line chooses that'
            " any more",
            'to call it "A", in the client\'s table of pyproject.toml: '
            f'names.models."{key}" = "A"',
        )
    ]
    assert Path("shop/models/first.py").exists()
    assert _told(oasmith.generate("shop.yaml", "shop")) == []


def test_a_withdrawn_function_is_told_once_as_such(project: Path) -> None:
    _write([_A[0]], [_A[1]])
    names = {"operations": {"/paths/~1a/get": "first"}}
    oasmith.generate("shop.yaml", "shop", names=names)
    (told,) = _told(oasmith.generate("shop.yaml", "shop"))
    assert told[0] == "withdrawn-name"


_PLAIN = ("Aa", "Cc", "Ee", "Gg")
"""Modules that neither branch changes: they stand between those that one does."""

_ENUM = "    %s: {type: string, enum: [x, y]}\n"


def _write_enums(*names: str, house: int) -> None:
    fields = ", ".join(
        f"{each}: {{$ref: '#/components/schemas/{each}'}}" for each in names
    )
    schemas = "".join(_ENUM % each for each in names if each not in _PLAIN)
    plain = "".join(_SCHEMA % (each, "a") for each in _PLAIN)
    whole = f"    Whole: {{type: object, properties: {{{fields}}}}}\n"
    path = _PATH % ("all", "getAll", "Whole")
    Path("shop.yaml").write_text(f"{_HEAD}{path}{_SCHEMAS}{schemas}{plain}{whole}")
    ours = (find_templates() / "alias.py.jinja").read_text()
    Path("templates").mkdir(exist_ok=True)
    Path("templates/alias.py.jinja").write_text(f"{ours}\n\nHOUSE = {house}\n")


@pytest.mark.parametrize("is_resolved", [True, False])
def test_what_two_runs_made_is_proven_by_neither(
    is_resolved: bool, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One branch changes a template, the other adds a module that is made of it."""
    monkeypatch.setattr("oasmith.unchanged.is_installed", lambda: True)
    _git("init", "-q", "-b", "main")
    _git("config", "core.autocrlf", "false")
    before, after = (*_PLAIN, "Bb", "Ff"), (*_PLAIN, "Bb", "Dd", "Ff")

    def commit(message: str) -> None:
        oasmith.generate("shop.yaml", "shop", templates="templates")
        _git("add", "-A")
        _git("commit", "-qm", message)

    _write_enums(*before, house=1)
    commit("Base.")
    _git("checkout", "-qb", "theirs")
    _write_enums(*after, house=1)
    commit("A schema.")
    _git("checkout", "-q", "main")
    _write_enums(*before, house=2)
    commit("A template.")
    # Where lines conflict, as that of the digest does, ours are taken; or none.
    _git(
        "merge",
        *(["-X", "ours"] if is_resolved else []),
        "theirs",
        fails=not is_resolved,
    )
    assert "HOUSE = 1" in Path("shop/models/dd.py").read_text()
    checked = oasmith.check("shop.yaml", "shop", templates="templates")
    assert not checked.is_current
    assert "models/dd.py" in {each.path for each in checked.drift.files}
    oasmith.generate("shop.yaml", "shop", templates="templates")
    assert "HOUSE = 2" in Path("shop/models/dd.py").read_text()
    assert oasmith.check("shop.yaml", "shop", templates="templates").is_current
