"""Templates of the user: what they may do, and how their faults are told."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import oasmith
from oasmith.listing import format_diagnostic
from oasmith.output.templates import find_templates

Run = Callable[..., "subprocess.CompletedProcess[str]"]

_TABLE = """\
[[tool.oasmith.client]]
spec = "pet.yaml"
output = "src/app/pet"
templates = "templates/oasmith"
"""

_PLAIN = """\
{# oasmith views 1 #}
{{ view.header }}
{{ view.docstring }}

import os

# How loud it is.
LEVELS = {name: f"level {name}!" for name in ("low", 'high')}
try:
    LEVEL = LEVELS[os.environ["LEVEL"]].upper()
except KeyError:
    LEVEL = lambda: "none at all"
"""


@pytest.fixture
def templates(project: Path) -> Path:
    folder = project / "templates" / "oasmith"
    folder.mkdir(parents=True)
    (project / "pyproject.toml").write_text(_TABLE)
    return folder


def test_one_takes_the_place_of_ours(templates: Path, run: Run) -> None:
    (templates / "plain.py.jinja").write_text(_PLAIN)
    done = run("-m", "oasmith", "generate")
    assert (done.returncode, done.stderr) == (0, "")
    code = "import sys; sys.path.insert(0, 'src'); import app.pet.api as a;"
    assert run("-c", f"{code} print(a.LEVEL())").stdout == "none at all\n"
    theirs = Path("src/app/pet/client.py").read_text()
    oasmith.generate("pet.yaml", "ours")
    assert theirs == Path("ours/client.py").read_text()


def test_one_can_add_to_ours(templates: Path, run: Run) -> None:
    (templates / "operation.py.jinja").write_text(
        '{% include "oasmith/operation.py.jinja" %}\n\nPATH = _OPERATION.path\n'
    )
    assert run("-m", "oasmith", "generate").returncode == 0
    text = Path("src/app/pet/api/pet/get_pet.py").read_text()
    assert text.endswith("\n\nPATH = _OPERATION.path\n")
    assert "def get_pet_async" not in text.partition("async def get_pet_async")[0]


def test_ours_as_a_user_s_give_the_same(templates: Path, run: Run) -> None:
    oasmith.generate("pet.yaml", "ours/pet")
    for path in find_templates().glob("*.jinja"):
        (templates / path.name).write_bytes(path.read_bytes())
    done = run("-m", "oasmith", "generate")
    assert (done.returncode, done.stderr) == (0, "")
    for path in Path("ours/pet").rglob("*.py"):
        theirs = Path("src/app/pet") / path.relative_to("ours/pet")
        assert theirs.read_bytes() == path.read_bytes()


def test_a_change_of_one_is_seen(
    templates: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oasmith.unchanged.is_installed", lambda: True)
    from oasmith.unchanged import tell_unchanged

    run("-m", "oasmith", "generate")
    assert tell_unchanged(["generate"])
    (templates / "plain.py.jinja").write_text(_PLAIN)
    assert not tell_unchanged(["generate"])
    assert run("-m", "oasmith", "check").returncode == 1
    run("-m", "oasmith", "generate")
    assert tell_unchanged(["generate"])
    (templates / "plain.py.jinja").unlink()
    assert not tell_unchanged(["generate"])


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "opertion.py.jinja",
            "",
            "templates/oasmith/opertion.py.jinja: error[unknown-template]: "
            'oasmith has no template "opertion.py.jinja"\n'
            '  = help: did you mean "operation.py.jinja"',
        ),
        (
            "plain.py.jinja",
            "{# oasmith views 7 #}\n",
            "templates/oasmith/plain.py.jinja:1:18: error[other-views]: this template"
            ' is for version "7" of the views\n'
            '  = help: these are version "1"; see docs/templates.md',
        ),
        (
            "plain.py.jinja",
            "{{ view.header }}\n{% for x in %}\n",
            "templates/oasmith/plain.py.jinja:2:1: error[bad-template]: this is no"
            " template: expected an expression, got 'end of statement block'",
        ),
        (
            "plain.py.jinja",
            "{{ view.header }}\n{{ view.docstring | nosuch }}\n",
            "templates/oasmith/plain.py.jinja:2:1: error[bad-template]: this is no"
            " template: no filter named 'nosuch'",
        ),
        (
            "plain.py.jinja",
            "{{ view.header }}\n\n{{ view.docstrings }}\n",
            "templates/oasmith/plain.py.jinja:3:1: error[bad-template]: it can't be"
            " filled in: 'oasmith.presenting.views.PlainView object' has no"
            " attribute 'docstrings'\n"
            "  = help: its view is a PlainView, see docs/templates.md",
        ),
        (
            "plain.py.jinja",
            "{{ view.header }}\n{{ 1 / 0 }}\n",
            "templates/oasmith/plain.py.jinja:2:1: error[bad-template]: it can't be"
            " filled in: division by zero\n"
            "  = help: its view is a PlainView, see docs/templates.md",
        ),
        (
            "plain.py.jinja",
            f"{{{{ view.header }}}}\nx = ({'1, ' * 40}\n",
            "templates/oasmith/plain.py.jinja:1:1: error[bad-template]:"
            ' "api/__init__.py"'
            " that it gives is no Python: cannot parse",
        ),
    ],
)
def test_faults_are_told(name: str, text: str, expected: str, templates: Path) -> None:
    (templates / name).write_text(text)
    with pytest.raises(oasmith.Failed) as failed:
        oasmith.generate("pet.yaml", "src/app/pet", templates="templates/oasmith")
    (said,) = failed.value.diagnostics
    lines = format_diagnostic(said).splitlines()
    assert "\n".join(line for line in lines if " |" not in line).startswith(expected)
    assert not Path("src/app/pet").exists()


def test_a_folder_that_is_not_there(project: Path) -> None:
    with pytest.raises(oasmith.Failed, match=r"error\[no-templates\]"):
        oasmith.generate("pet.yaml", "src/app/pet", templates="templates/none")


@pytest.mark.parametrize(
    "line",
    [
        'TITLE = "{{ view.docstring }}"',
        "{{ view.docstring[3:-3] }}",
    ],
)
def test_the_description_has_no_way_into_code_by_them(
    line: str, templates: Path
) -> None:
    """What a view gives as a docstring is made code, which runs what is in it."""
    spec = Path("pet.yaml").read_text()
    payload = "eval(chr(1))  # Pet"
    Path("pet.yaml").write_text(spec.replace("title: Pet", f'title: "{payload}"'))
    text = f"{{{{ view.header }}}}\n{{{{ view.docstring }}}}\n\n{line}\n"
    (templates / "testing.py.jinja").write_text(text)
    with pytest.raises(oasmith.Failed, match=r"error\[bad-template\]"):
        oasmith.generate("pet.yaml", "src/app/pet", templates="templates/oasmith")
