"""Takes descriptions that are not valid through both modes, and judges what is said."""

from __future__ import annotations

import csv
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from oasmith.diagnostics import Stopped

from .command import Ran
from .described import read_described
from .documents import CorpusDocument, read_documents
from .process import (
    DIAGNOSTIC,
    MANIFEST,
    Workspace,
    generate_package,
    last_words,
    read_generated,
    run_program,
)
from .store import FetchFailed, locate_source

REJECTED = Path(__file__).with_name("rejected.tsv")

_LENIENT = "--lenient"
_LONGEST_LINE = 1000
_PLACE = re.compile(r".+:[1-9]\d*:[1-9]\d*")
_OF_WHOLE_FILES = ("error[nothing-left]",)
"""What is beside errors that have a place of their own."""

Verdict = Literal[
    "repaired", "accepted", "in part", "refused", "broken", "not available"
]
"""Accepted is what needed no repair; broken is what neither ends nor fails well.

"In part" is a package of what is sound, beside errors that tell what is not.
"""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one mode made of a description."""

    verdict: Verdict
    codes: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    unclean: tuple[str, ...] = ()
    """What should not be, whatever is wrong with the description."""

    generated: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Judged:
    document: CorpusDocument
    fault: str
    described: int
    strict: Attempt
    lenient: Attempt

    @property
    def is_clean(self) -> bool:
        return "broken" not in (self.strict.verdict, self.lenient.verdict)


def read_faults(table: Path) -> dict[str, str]:
    """The kind of fault of each document, by its source."""
    with table.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        return {row["source"]: row["fault"] for row in rows}


def run_rejected(
    workspace: Workspace, documents: Sequence[CorpusDocument], jobs: int
) -> list[Judged]:
    """Judge each document, several at a time."""
    workspace.packages.mkdir(parents=True, exist_ok=True)
    faults = read_faults(REJECTED)
    modes = ("strict", _LENIENT) if has_lenient_mode(workspace) else ("strict",)
    judge = partial(_judge_document, workspace, faults, modes)
    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(judge, documents))


def read_rejected() -> list[CorpusDocument]:
    return read_documents(REJECTED)


def has_lenient_mode(workspace: Workspace) -> bool:
    """Whether this generator knows the option at all."""
    return _LENIENT in workspace.run(["-m", "oasmith", "generate", "--help"]).output


def _judge_document(
    workspace: Workspace,
    faults: dict[str, str],
    modes: Sequence[str],
    document: CorpusDocument,
) -> Judged:
    try:
        spec = locate_source(workspace.store, document.source)
    except FetchFailed as failure:
        broken = Attempt("broken", unclean=(str(failure),))
        return Judged(document, faults[document.name], 0, broken, broken)
    lenient = Attempt("not available")
    strict = _attempt(workspace, spec, document.package)
    if _LENIENT in modes:
        lenient = _attempt(workspace, spec, f"{document.package}_lenient", _LENIENT)
    described = _count_described(spec)
    return Judged(document, faults[document.name], described, strict, lenient)


def _count_described(spec: Path) -> int:
    try:
        return len(read_described(spec).operations)
    except Stopped:
        return 0


def _attempt(workspace: Workspace, spec: Path, name: str, *options: str) -> Attempt:
    package = workspace.packages / name
    ran = generate_package(workspace, spec, package, *options)
    found = DIAGNOSTIC.findall(ran.errors)
    codes = Counter(mark for _, mark, _ in found)
    unclean = list(find_unclean(ran))
    generated = 0
    is_written = (package / MANIFEST).exists()
    if is_written:
        generated = len(read_generated(package))
        unclean += _import_failures(workspace, package)
    return Attempt(
        "broken" if unclean else _verdict(ran, codes, is_written=is_written),
        tuple(f"{count} x {code}" for code, count in codes.items()),
        tuple(
            f"{os.path.basename(place)}: {mark}: {text}"
            for place, mark, text in found
            if mark.startswith("error")
        ),
        tuple(unclean),
        generated,
        ran.seconds,
    )


def _verdict(ran: Ran, codes: Counter[str], *, is_written: bool) -> Verdict:
    if ran.exit_code:
        return "in part" if is_written else "refused"
    is_repaired = any(code.startswith("warning[repair[") for code in codes)
    return "repaired" if is_repaired else "accepted"


def find_unclean(ran: Ran) -> Iterator[str]:
    """What no run should do, whatever it is given.

    It ends with 0, or with 1 and errors that have a place, and no line is endless.
    """
    if ran.exit_code not in (0, 1):
        yield last_words(ran)
    if "Traceback" in ran.errors:
        yield "a traceback"
    for line in ran.errors.splitlines():
        if len(line) > _LONGEST_LINE:
            yield f"a line of {len(line):,} characters: {line[:60]}..."
    errors = [it for it in DIAGNOSTIC.findall(ran.errors) if it[1].startswith("error")]
    if ran.exit_code == 1 and not errors:
        yield "it fails without an error"
    for place, mark, text in errors:
        if mark not in _OF_WHOLE_FILES and not _PLACE.fullmatch(place):
            yield f"no place: {mark}: {text[:100]}"


def _import_failures(workspace: Workspace, package: Path) -> Iterator[str]:
    found = run_program(workspace, "import_modules", [package])
    if isinstance(found, str):
        yield f"imports: {found}"
        return
    for module, message in found["failures"].items():
        yield f"import of {module}: {message}"
