"""docs/templates.md says what views have, word by word as their module does.

``pytest --update-cases`` rewrites that part of it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from generator_source import ROOT

from oasmith.presenting import views
from oasmith.presenting.views import VERSION

_PAGE = ROOT / "docs" / "templates.md"
_HEAD = f"## The views, version {VERSION}\n"


def test_the_page_has_the_views(request: pytest.FixtureRequest) -> None:
    text = _PAGE.read_text(encoding="utf-8")
    written = re.split("^## The views", text, flags=re.M)[0]
    expected = written + "\n".join([_HEAD, *_describe_views()]) + "\n"
    if request.config.getoption("--update-cases"):
        _PAGE.write_text(expected, encoding="utf-8")
    assert _PAGE.read_text(encoding="utf-8") == expected


def test_the_page_has_the_templates() -> None:
    text = _PAGE.read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\S+\.jinja)` \| .* \| `(\w+)` \|$", text, re.M))
    there = {path.name for path in (ROOT / "templates").glob("*.jinja")}
    assert rows.keys() == there
    assert set(rows.values()) == {each.__name__ for each in views.View.__args__}
    assert f"{{# oasmith views {VERSION} #}}" in text


def _describe_views() -> Iterator[str]:
    assert views.__file__ is not None
    with open(views.__file__, encoding="utf-8") as file:
        tree = ast.parse(file.read())
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name != "Page":
            yield f"### {node.name}\n"
            if docstring := ast.get_docstring(node):
                yield f"{docstring}\n"
            yield "| attribute | type | |\n| --- | --- | --- |"
            yield "\n".join(_describe_attributes(node)) + "\n"


def _describe_attributes(node: ast.ClassDef) -> Iterator[str]:
    for each, behind in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(each, ast.AnnAssign):
            kind = ast.unparse(each.annotation).replace("|", "\\|")
            yield f"| `{ast.unparse(each.target)}` | `{kind}` | {_text_of(behind)} |"


def _text_of(node: ast.stmt | None) -> str:
    match node:
        case ast.Expr(ast.Constant(str(text))):
            return " ".join(text.split()).replace("|", "\\|")
        case _:
            return ""
