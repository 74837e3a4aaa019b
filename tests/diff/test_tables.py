"""Tables of two descriptions each, and what callers are told of the difference.

A table says which frame stands around its rows: a description, and the pointer at which
each row puts its old and its new part. An expected change is a grade, a code, and what
follows on the table's symbol, or another symbol. Its options are those of ``diff``.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

import oasmith
from oasmith.comparing.change import GRADE_OF, Change
from oasmith.comparing.compare import compare_packages
from oasmith.config_arguments import make_client
from oasmith.diagnostics import Diagnostics
from oasmith.document import split_pointer
from oasmith.layout.package import Kept, Package
from oasmith.loading.load import load_document
from oasmith.pipeline import design_package

# Each run validates in a process of its own, which then need not import this again.
import_module("openapi_spec_validator")


@dataclass(frozen=True)
class Row:
    table: str
    raw: dict[str, Any]
    name: str
    old: Any
    new: Any
    changes: list[str]

    def description(self, part: Any) -> str:
        frame = deepcopy(self.raw["frame"])
        _put(frame, split_pointer(self.raw["at"]), part)
        return yaml.safe_dump(frame, sort_keys=False)

    @property
    def expected(self) -> list[str]:
        return sorted(map(self._spell_out, self.changes))

    def _spell_out(self, change: str) -> str:
        grade, code, *rest = change.split(" ", 2)
        symbol = rest[0] if rest else ""
        if not symbol or symbol[0] in "(.":
            symbol = self.raw["symbol"] + symbol
        return f"{grade} {code} {symbol}"


def _put(frame: dict[str, Any], keys: list[str], part: Any) -> None:
    if not keys:
        frame.update(part)
        return
    *above, last = keys
    node: Any = frame
    for key in above:
        node = node[int(key) if isinstance(node, list) else key]
    node[last] = part


def _rows() -> Iterator[Row]:
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        for row in raw.pop("rows"):
            yield Row(path.stem, raw, **row)


def _told(change: Change) -> str:
    return f"{change.grade} {change.code} {change.symbol}"


@pytest.mark.parametrize(
    "row", list(_rows()), ids=lambda row: f"{row.table}: {row.name}"
)
def test_row(row: Row, tmp_path: Path) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(row.description(row.old))
    new.write_text(row.description(row.new))
    result = oasmith.diff(old, new, **row.raw.get("options", {}))
    assert sorted(map(_told, result.comparison.changes)) == row.expected
    assert result.diagnostics == ()


_NAMED = """
openapi: 3.1.0
info: {title: Pets, version: "1"}
paths:
  /pets:
    get:
      operationId: findPet
      tags: [pets]
      parameters: [{name: limit, in: query, schema: {type: integer}}]
      responses: {"204": {description: None.}}
"""


def test_a_chosen_name_is_another_one(tmp_path: Path) -> None:
    """As `generate` tells it; of two descriptions, both have what is chosen."""
    spec = tmp_path / "spec.yaml"
    spec.write_text(_NAMED)
    client = make_client(str(spec), "pets", Diagnostics())

    def design(kept: Kept) -> Package:
        load = partial(load_document, str(spec))
        return design_package(client, load, kept, Diagnostics())

    chosen = {"arguments": {"/paths/~1pets/get/query/limit": "most"}}
    changes = compare_packages(design(Kept()), design(Kept(chosen=chosen)))
    told = ["breaking argument-renamed client.pets.find_pet(limit=)"]
    assert list(map(_told, changes)) == told


def test_every_code_is_in_a_row() -> None:
    used = {change.split(" ")[1] for row in _rows() for change in row.changes}
    # The test above has that one.
    assert GRADE_OF.keys() - used == {"argument-renamed"}
