"""Tables of requests and responses: read from YAML, and described as OpenAPI."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

import yaml

TABLES = Path(__file__).parent

_SERVER = "${server}"
_DONE = {"204": {"description": "Done."}}
_ROW = {
    *("name", "says", "at", "method", "parameters", "body", "responses"),
    *("operation", "item", "warns", "cases"),
}
_CASE = {
    *("call", "target", "whole_target", "headers", "body", "json", "parts"),
    *("raises", "message", "answer", "returns", "error", "client"),
    *("typed", "untyped"),
    *("answers", "targets"),
}


@dataclass(frozen=True)
class Made:
    """A value that JSON lacks; it is made when there is a package to make it with."""

    kind: str
    content: Any


@dataclass(frozen=True)
class Case:
    row: Row
    number: int
    expected: Mapping[str, Any]

    @property
    def name(self) -> str:
        return f"{self.row.table}-{self.row.name}-{self.number}"

    @property
    def call(self) -> dict[str, Any]:
        return dict(self.expected.get("call", {}))


@dataclass(frozen=True)
class Row:
    table: str
    name: str
    written: Mapping[str, Any] = field(repr=False)

    @property
    def cases(self) -> list[Case]:
        return [
            Case(self, number, each)
            for number, each in enumerate(self.written["cases"], 1)
        ]

    @property
    def warnings(self) -> list[str]:
        return self.written.get("warns", [])

    @property
    def path(self) -> str:
        return f"/{self.name}{self.written.get('at', '')}"

    def describe(self) -> dict[str, Any]:
        """The Path Item Object of the row."""
        operation = {
            "operationId": self.name,
            "tags": ["rows"],
            "responses": self.written.get("responses", _DONE),
            **self.written.get("operation", {}),
        }
        if "parameters" in self.written:
            operation["parameters"] = self.written["parameters"]
        if "body" in self.written:
            operation["requestBody"] = self.written["body"]
        method = self.written.get("method", "get")
        return {method: operation, **self.written.get("item", {})}


@dataclass(frozen=True)
class Table:
    name: str
    document: Mapping[str, Any]
    rows: list[Row]

    def describe(self, server: str) -> str:
        """The whole description, as text."""
        whole = {
            "info": {"title": self.name, "version": "1"},
            **self.document,
            "paths": {row.path: row.describe() for row in self.rows},
        }
        text: str = yaml.safe_dump(whole, sort_keys=False, allow_unicode=True)
        return text.replace(_SERVER, server)


def find_tables() -> list[str]:
    return sorted(path.stem for path in TABLES.glob("*.yaml"))


def read_table(name: str) -> Table:
    """Read a table; a key that is not known is a mistake of who wrote it."""
    written = yaml.load((TABLES / f"{name}.yaml").read_text(), _Loader)
    for row in written["rows"]:
        assert row.keys() <= _ROW, f"{name}: {row['name']}: {row.keys() - _ROW}"
        assert row["says"] and row["cases"], f"{name}: {row['name']}"
        for case in row["cases"]:
            assert case.keys() <= _CASE, f"{row['name']}: {case.keys() - _CASE}"
    rows = [Row(name, row["name"], row) for row in written["rows"]]
    assert len({row.name for row in rows}) == len(rows), "rows of one name"
    return Table(name, written["document"], rows)


def fill_server(keywords: Mapping[str, Any], server: str) -> dict[str, Any]:
    """The keywords of a client, with the URL of the server that listens."""
    return {
        name: value.replace(_SERVER, server) if isinstance(value, str) else value
        for name, value in keywords.items()
    }


def make_value(written: Any, make: Callable[[Made], Any]) -> Any:
    """Make the values that JSON lacks, at any depth."""
    match written:
        case Made():
            return make(written)
        case dict():
            return {key: make_value(item, make) for key, item in written.items()}
        case list():
            return [make_value(item, make) for item in written]
        case _:
            return written


class _Loader(yaml.SafeLoader):
    """Reads YAML 1.2's core: a date is a string unless it is tagged as one."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, regexp) for tag, regexp in found if "timestamp" not in tag]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_SCALARS: Mapping[str, Callable[[str], Any]] = {
    "!bytes": lambda text: text.encode(),
    "!hex": bytes.fromhex,
    "!text": str,
    "!date": dt.date.fromisoformat,
    "!datetime": dt.datetime.fromisoformat,
    "!decimal": Decimal,
    "!uuid": UUID,
}


def _add_scalar(tag: str, make: Callable[[str], Any]) -> None:
    _Loader.add_constructor(
        tag, lambda loader, node: make(loader.construct_scalar(node))
    )


for _tag, _make in _SCALARS.items():
    _add_scalar(_tag, _make)
_Loader.add_constructor("!unset", lambda loader, node: Made("unset", None))
_Loader.add_constructor(
    "!pair", lambda loader, node: tuple(loader.construct_sequence(node))
)
for _kind in ("file", "model"):
    _Loader.add_constructor(
        f"!{_kind}",
        lambda loader, node, kind=_kind: Made(
            kind, loader.construct_mapping(node, deep=True)
        ),
    )
for _kind in ("open", "pipe"):
    _Loader.add_constructor(
        f"!{_kind}",
        lambda loader, node, kind=_kind: Made(kind, loader.construct_scalar(node)),
    )
