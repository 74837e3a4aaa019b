"""Takes documents through everything, several at a time."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from .check_code import check_code
from .documents import CorpusDocument
from .outcome import Outcome
from .process import Workspace, process_document


def run_corpus(
    workspace: Workspace, documents: Sequence[CorpusDocument], jobs: int
) -> list[Outcome]:
    """Process each document, then check the code of all packages together.

    Threads only wait here: the work is done by processes that they start.
    """
    workspace.packages.mkdir(parents=True, exist_ok=True)
    outcomes: list[Outcome] = []
    with ThreadPoolExecutor(jobs) as pool:
        for outcome in pool.map(partial(process_document, workspace), documents):
            outcomes.append(outcome)
            print(f"{outcome.document.package}: exit {outcome.exit_code}", flush=True)
    check_code(workspace.packages, outcomes, jobs)
    return outcomes
