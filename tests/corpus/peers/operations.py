"""Finds the operations that a package can call, by reading its functions."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..process import MANIFEST, read_generated

Operation = tuple[str, str]
"""A method and a path."""


def count_matched(
    generated: Iterable[Operation], described: Iterable[Operation]
) -> int:
    """How many of the described operations there are functions for.

    What a path calls its parameters does not count, since tools spell them anew.
    """
    return (_count(generated) & _count(described)).total()


def find_operations(package: Path) -> set[Operation]:
    """Those of oasmith are in its manifest; those of others, in their source.

    What stands twice, as an operation with two tags may, is found once.
    """
    if (package / MANIFEST).exists():
        return set(read_generated(package))
    return {
        found
        for path in sorted(package.rglob("*.py"))
        for found in _in_source(path.read_text(encoding="utf-8"))
    }


def _count(operations: Iterable[Operation]) -> Counter[Operation]:
    return Counter(
        (method.upper(), re.sub(r"\{[^{}]*\}", "{}", path))
        for method, path in operations
    )


def _in_source(text: str) -> Iterator[Operation]:
    if "param_serialize" not in text and "_get_kwargs" not in text:
        return
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        match node:
            case ast.Call(keywords=keywords):
                # openapi-generator: param_serialize(method=..., resource_path=...)
                named = {each.arg: each.value for each in keywords}
                method, path = named.get("method"), named.get("resource_path")
            case ast.Dict(keys=keys, values=values):
                # openapi-python-client: {"method": ..., "url": ...}
                items = zip(map(_text, keys), values, strict=True)
                by_key = dict(items)
                method, path = by_key.get("method"), by_key.get("url")
            case _:
                continue
        found = _text(method), _text(path)
        if found[0] is not None and found[1] is not None:
            yield found[0].upper(), found[1]


def _text(node: ast.expr | None) -> str | None:
    """A literal, or the literal that `.format(...)` is called on."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)))):
            return text
        case _:
            return None
