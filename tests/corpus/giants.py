"""Measures the largest descriptions, one at a time: seconds, and memory of all."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .command import TIMED_OUT, Ran, run_command
from .described import read_described
from .documents import CorpusDocument, read_documents
from .markdown import make_table
from .process import Workspace, generate_package, last_words, read_generated
from .store import locate_source
from .tree_memory import TreeMemory

GIANTS = Path(__file__).with_name("giants.tsv")
GIANT_SECONDS = 1800.0
"""For each command."""

_MOST_MEGABYTES = 16_000.0
_MYPY_ERROR = re.compile(r": error: ")


@dataclass(frozen=True, slots=True)
class Measured:
    """A command that has run, or the reason why it did not."""

    told: str
    """What came out, or why nothing did."""

    seconds: float = 0.0
    cpu_seconds: float = 0.0
    megabytes: float = 0.0
    is_good: bool = True


@dataclass(frozen=True, slots=True)
class Giant:
    document: CorpusDocument
    size: int
    """Bytes of the description."""

    described: int
    missing: int
    generating: Measured
    importing: Measured
    checking: Measured

    @property
    def is_clean(self) -> bool:
        """A check that does not fit into memory or time says nothing of the code."""
        runs = (self.generating, self.importing, self.checking)
        return not self.missing and all(run.is_good for run in runs)


def read_giants() -> list[CorpusDocument]:
    return read_documents(GIANTS)


def run_giants(
    workspace: Workspace, documents: Sequence[CorpusDocument]
) -> Iterator[Giant]:
    """Measure each; never two at once, so that none slows the other down."""
    workspace.packages.mkdir(parents=True, exist_ok=True)
    for document in documents:
        giant = _measure(workspace, document)
        print(to_giants_markdown([giant]).rpartition("\n")[2], flush=True)
        yield giant


def to_giants_markdown(giants: Sequence[Giant]) -> str:
    heads = ["description", "MB", "operations"]
    for step in ("generating", "importing", "mypy --strict"):
        heads += [step, "s", "CPU s", "peak MB"]
    return make_table(heads, [_row(giant) for giant in giants])


def _measure(workspace: Workspace, document: CorpusDocument) -> Giant:
    spec = locate_source(workspace.store, document.source)
    described = read_described(spec).operations
    package = workspace.packages / document.package
    memory = _watch()
    ran = generate_package(workspace, spec, package, memory=memory)
    generating = Measured(
        "done" if ran.exit_code == 0 else _reason(ran, memory),
        ran.seconds,
        ran.cpu_seconds,
        memory.peak,
        ran.exit_code == 0,
    )
    importing = checking = Measured("nothing generated", is_good=False)
    missing = len(described)
    if generating.is_good:
        missing = len(described - read_generated(package))
        importing = _import_all(workspace, package)
        checking = _check_types(package)
    size = spec.stat().st_size
    return Giant(
        document, size, len(described), missing, generating, importing, checking
    )


def _import_all(workspace: Workspace, package: Path) -> Measured:
    memory = _watch()
    command = ["-m", "tests.corpus.import_modules", os.fspath(package)]
    ran = workspace.run(command, memory=memory)
    is_good = ran.exit_code == 0 and '"failures": {}' in ran.output
    modules = re.search(r'"modules": (\d+)', ran.output)
    told = f"{int(modules[1]):,} modules" if modules else _reason(ran, memory)
    return Measured(told, ran.seconds, ran.cpu_seconds, memory.peak, is_good)


def _check_types(package: Path) -> Measured:
    memory = _watch()
    ran = run_command(
        [
            *(sys.executable, "-m", "mypy", "--strict", "--no-error-summary"),
            *(f"--cache-dir={os.devnull}", "--config-file=", package.name),
        ],
        folder=package.parent,
        limit=GIANT_SECONDS,
        environment={},
        memory=memory,
    )
    if ran.exit_code not in (0, 1):
        told = _reason(ran, memory)
        return Measured(
            told, ran.seconds, ran.cpu_seconds, memory.peak, ran.exit_code < 0
        )
    errors = len(_MYPY_ERROR.findall(ran.output))
    return Measured(
        f"{errors} errors", ran.seconds, ran.cpu_seconds, memory.peak, not ran.exit_code
    )


def _watch() -> TreeMemory:
    return TreeMemory(_MOST_MEGABYTES)


def _reason(ran: Ran, memory: TreeMemory) -> str:
    if memory.is_exceeded:
        return f"more than {_MOST_MEGABYTES:,.0f} MB"
    if ran.exit_code == TIMED_OUT:
        return f"more than {GIANT_SECONDS:,.0f} s"
    return last_words(ran)


def _row(giant: Giant) -> list[str]:
    row = [giant.document.name, f"{giant.size / 1e6:.1f}"]
    row.append(f"{giant.described - giant.missing:,}/{giant.described:,}")
    for run in (giant.generating, giant.importing, giant.checking):
        row += [run.told, f"{run.seconds:.1f}", f"{run.cpu_seconds:.1f}"]
        row.append(f"{run.megabytes:,.0f}")
    return row
