"""Trees are read back from YAML and JSON as they were written."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from oasmith.diagnostics import Diagnostics
from oasmith.loading.load import load_document
from oasmith.slicing.dump import dump_document

Reread = Callable[[dict[str, Any], str], object]

_TEXTS = [
    *[
        "",
        " ",
        "a",
        "a ",
        " a",
        "a b",
        "a: b",
        "a:",
        "a:b",
        "https://a.b/c",
        "a #b",
        "a#b",
    ],
    *["- a", "-", "---", "...", "? a", "{a}", "/pets/{id}", "[a]", "a, b", "*a", "&a"],
    *["!a", "|", ">", "%a", "@a", "`a`", "'a'", '"a"', "\\", "<<", "=", "~", "#/a/b"],
    *["no", "On", "YES", "y", "null", "Null", "true", "FALSE", "1", "-1", "1.5", "1e3"],
    *[
        "0x1f",
        "0o7",
        "0777",
        ".inf",
        ".nan",
        "1_000",
        "1:30",
        "2001-01-01",
        "é",
        "日本",
    ],
    *[
        "a\nb",
        "a\nb\n",
        "a\n\n",
        "\na",
        "a\n  b",
        "a\n \nb",
        " a\nb",
        "a \nb",
        "a\tb\n",
    ],
    *[
        "\t",
        "\r",
        "\r\n",
        "\x00",
        "\x7f",
        "\x85",
        "\u2028",
        "\ufeff",
        "\U0001f600",
        "\n",
    ],
    *["a" * 3_000, "a\n" * 100, "key: " * 300],
]

_NUMBERS = [0, -1, 2**70, 1.5, -0.0, 1e16, 1e-7, 1e300, 123456789.123456789]


_ROOTS: list[dict[str, Any]] = [
    {"texts": _TEXTS},
    {"keys": {key: {"in": ["side"]} for key in _TEXTS}},
    {"numbers": _NUMBERS, "others": [True, False, None]},
    {"empty": [[], {}, [[]], [{}], {"a": []}, {"a": {}}]},
    {"lists": [[1, [2, [3]]], [{"a": [{"b": 1, "c": 2}], "d": 3}]]},
    {"texts": {"in": {"depth": _TEXTS}}},
]


@pytest.fixture
def reread(tmp_path: Path) -> Reread:
    """Write a tree to a file, and give the tree that is read from there."""

    def reread(root: dict[str, Any], name: str) -> object:
        source = tmp_path / "source.json"
        source.write_text(json.dumps(root), encoding="utf-8")
        document = load_document(str(source), Diagnostics())
        text = dump_document(document, name)
        (tmp_path / name).write_text(text, encoding="utf-8")
        return load_document(str(tmp_path / name), Diagnostics()).root

    return reread


@pytest.mark.parametrize("name", ["slice.json", "slice.yaml", "slice.yml", "slice"])
@pytest.mark.parametrize(
    "root",
    _ROOTS,
    ids=lambda root: next(iter(root)),
)
def test_values_survive(reread: Reread, root: dict[str, Any], name: str) -> None:
    assert repr(reread(root, name)) == repr(root)


def test_random_trees_survive(reread: Reread) -> None:
    chance = random.Random(20)
    root = {f"tree {index}": _make_tree(chance, 4) for index in range(500)}
    assert repr(reread(root, "slice.yaml")) == repr(root)


def test_the_deepest_trees_survive(reread: Reread) -> None:
    root: dict[str, Any] = {"leaf": 1}
    for level in range(248):
        root = {"a": [root]} if level % 2 else {"b": root, "c": 1}
    for name in ("slice.yaml", "slice.json"):
        assert reread(root, name) == root


def test_yaml_reads_as_one_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(_READABLE, encoding="utf-8")
    document = load_document(str(path), Diagnostics())
    assert dump_document(document, "slice.yaml") == _READABLE


_READABLE = """\
openapi: "3.1.0"
info:
  title: "It's: quoted"
  version: "1.0"
  description: |
    First line.

      Indented line.
paths:
  /pets/{id}:
    get:
      tags:
        - Pets
      parameters:
        - name: id
          in: path
          schema:
            type: string
        - $ref: "#/components/parameters/Page"
      responses:
        "200":
          description: |-
            No end
            of line
          headers: {}
x-numbers:
  - 1
  - 1.5
  - true
  - null
"""


def _make_tree(chance: random.Random, levels: int) -> object:
    kind = chance.randrange(6 if levels else 4)
    if kind == 4:
        return [_make_tree(chance, levels - 1) for _ in range(chance.randrange(4))]
    if kind == 5:
        keys = [_make_text(chance) for _ in range(chance.randrange(4))]
        return {key: _make_tree(chance, levels - 1) for key in keys}
    return _make_text(chance) if kind else chance.choice(_NUMBERS)


def _make_text(chance: random.Random) -> str:
    if chance.random() < 0.3:
        return chance.choice(_TEXTS)
    letters = "ab :#-\n\n  \t{}[],&*!|>'\"%@`?0159.eE+/~\\\u2028\x85é="
    return "".join(chance.choices(letters, k=chance.randrange(12)))
