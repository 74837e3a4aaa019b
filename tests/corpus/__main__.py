"""Runs the corpus and says what came out; exits with 1 unless all of it is clean."""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from .check_code import check_code
from .documents import TABLE, choose_documents, read_documents
from .outcome import Outcome
from .process import Workspace, process_document
from .report import to_json, to_markdown
from .store import default_store


def main() -> None:
    options = _parse_options()
    if not TABLE.exists():
        print(f'skipped: there is no "{TABLE.name}" beside this checkout')
        return
    with TemporaryDirectory(prefix="oasmith-corpus-") as scratch:
        folder = options.workspace or Path(scratch)
        outcomes = run_corpus(options, Workspace(folder, options.store, options.limit))
    options.report.with_suffix(".json").write_text(to_json(outcomes), encoding="utf-8")
    text = to_markdown(outcomes)
    options.report.with_suffix(".md").write_text(text, encoding="utf-8")
    print(text.partition("\n## Documents")[0])
    unclean = [each.document.package for each in outcomes if not each.is_clean]
    print(f"{len(outcomes) - len(unclean)} passed, {len(unclean)} failed")
    sys.exit(1 if unclean else 0)


def run_corpus(options: argparse.Namespace, workspace: Workspace) -> list[Outcome]:
    """Take the chosen documents through everything."""
    documents = choose_documents(
        read_documents(TABLE), options.only, tenth=options.sample == "tenth"
    )
    workspace.packages.mkdir(parents=True, exist_ok=True)
    outcomes: list[Outcome] = []
    with ThreadPoolExecutor(options.jobs) as pool:
        running = pool.map(lambda it: process_document(workspace, it), documents)
        for outcome in running:
            outcomes.append(outcome)
            print(f"{outcome.document.package}: exit {outcome.exit_code}", flush=True)
    check_code(workspace.packages, outcomes, options.jobs)
    return outcomes


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("tests.corpus", description=__doc__)
    parser.add_argument(
        "--only", metavar="PATTERN", help="documents that a glob matches"
    )
    parser.add_argument("--sample", choices=["tenth"], help="a fixed tenth of them")
    parser.add_argument("--jobs", type=int, default=2, help="how many at a time (2)")
    parser.add_argument("--limit", type=float, default=120.0, help="seconds a command")
    parser.add_argument("--store", type=Path, default=default_store(), metavar="DIR")
    parser.add_argument(
        "--workspace", type=Path, metavar="DIR", help="keep what is generated here"
    )
    parser.add_argument(
        "--report",
        type=Path,
        default=Path("build", "corpus"),
        metavar="PATH",
        help="where the table (.md) and the report (.json) go (build/corpus)",
    )
    options = parser.parse_args()
    options.report.parent.mkdir(parents=True, exist_ok=True)
    return options


if __name__ == "__main__":
    main()
