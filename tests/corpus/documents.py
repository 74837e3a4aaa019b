"""The documents of the corpus: which there are, and where each comes from."""

from __future__ import annotations

import csv
import fnmatch
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
CORPUS = CHECKOUT.parent / "shared" / "corpus"
TABLE = CORPUS / "dev-200.tsv"

_NPM = re.compile(r"npm:(?P<package>.+@[^@ ]+) (?P<path>.+)")
_PYPI = re.compile(r"pypi:(?P<package>[^ ]+) \((?P<kind>sdist|wheel)\) (?P<path>.+)")
_FILE = re.compile(r"file:(?P<path>.+)")


@dataclass(frozen=True, slots=True)
class NpmSource:
    """``path`` is below the folder that npm packs everything into."""

    package: str
    path: str


@dataclass(frozen=True, slots=True)
class PypiSource:
    package: str
    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class FileSource:
    """``path`` is below the folder of the table."""

    path: str


Source = NpmSource | PypiSource | FileSource


@dataclass(frozen=True, slots=True)
class CorpusDocument:
    number: int
    name: str
    """The source as the table has it."""

    source: Source
    version: str

    @property
    def package(self) -> str:
        """The name of the package that is made of it, which no other document has."""
        stem = self.source.path.rpartition("/")[2].rpartition(".")[0].lower()
        return f"d{self.number:03}_" + re.sub(r"\W+", "_", stem, flags=re.ASCII)


def read_documents(table: Path) -> list[CorpusDocument]:
    """Read the table of the corpus."""
    with table.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return [
        CorpusDocument(
            number, row["source"], _read_source(row["source"]), row["openapi"]
        )
        for number, row in enumerate(rows, 1)
    ]


def choose_documents(
    documents: Sequence[CorpusDocument], pattern: str | None, *, tenth: bool
) -> list[CorpusDocument]:
    """Those whose source or package matches a glob, or every tenth, or all."""
    chosen = documents[::10] if tenth else documents
    if pattern is None:
        return list(chosen)
    glob = f"*{pattern}*"
    return [
        each
        for each in chosen
        if fnmatch.fnmatch(each.name, glob) or fnmatch.fnmatch(each.package, glob)
    ]


def _read_source(text: str) -> Source:
    if found := _NPM.fullmatch(text):
        return NpmSource(found["package"], found["path"])
    if found := _PYPI.fullmatch(text):
        return PypiSource(found["package"], found["kind"], found["path"])
    if found := _FILE.fullmatch(text):
        return FileSource(found["path"])
    raise ValueError(f'"{text}" is no source of a document')
