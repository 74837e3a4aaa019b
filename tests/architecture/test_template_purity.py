"""Templates are prose: they put attributes in, repeat lines and leave lines out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from generator_source import ROOT
from jinja2 import Environment, nodes

_TEMPLATES = sorted((ROOT / "templates").rglob("*"))


@pytest.mark.parametrize("path", _TEMPLATES, ids=lambda path: path.name)
def test_a_template_decides_nothing(path: Path) -> None:
    tree = Environment().parse(path.read_text(encoding="utf-8"))
    assert list(_impurities(tree.body, frozenset(["view"]))) == []


def test_there_is_nothing_but_templates() -> None:
    assert _TEMPLATES
    assert all(path.name.endswith(".jinja") for path in _TEMPLATES)


def _impurities(body: list[nodes.Node], known: frozenset[str]) -> Iterator[str]:
    """What is more than an attribute, a loop or a condition, and in which line.

    Args:
        known: The names that are defined: the view, and the variables of loops.
    """
    for node in body:
        match node:
            case nodes.Output(nodes=parts):
                for part in parts:
                    if not isinstance(part, nodes.TemplateData):
                        yield from _unless_attribute(part, known)
            case nodes.For(target=nodes.Name(name=name), test=None, recursive=False):
                yield from _unless_attribute(node.iter, known)
                yield from _impurities(node.body, known | {name})
                yield from _impurities(node.else_, known)
            case nodes.If(test=test):
                flag = test.node if isinstance(test, nodes.Not) else test
                yield from _unless_attribute(flag, known)
                yield from _impurities([*node.body, *node.elif_, *node.else_], known)
            case _:
                yield _describe(node)


def _unless_attribute(node: nodes.Node, known: frozenset[str]) -> Iterator[str]:
    match node:
        case nodes.Name(name=name) if name in known:
            pass
        case nodes.Getattr(node=owner):
            yield from _unless_attribute(owner, known)
        case _:
            yield _describe(node)


def _describe(node: nodes.Node) -> str:
    return f"line {node.lineno}: {type(node).__name__}"
