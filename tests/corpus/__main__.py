"""Runs the corpus and says what came out; exits with 1 unless all of it is clean.

Without --rejected, --giants or --peers: every valid description, through everything.
"""

from __future__ import annotations

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from .documents import TABLE, CorpusDocument, choose_documents, read_documents
from .giants import GIANT_SECONDS, read_giants, run_giants, to_giants_markdown
from .peers.compare import compare_tools
from .peers.report import to_peers_markdown
from .peers.tools import OURS
from .process import Workspace
from .rejected import read_rejected, run_rejected
from .rejected_report import to_rejected_markdown
from .report import to_json, to_markdown
from .run import run_corpus
from .store import default_store


def main() -> None:
    options = _parse_options()
    if not TABLE.exists():
        print(f'skipped: there is no "{TABLE.name}" beside this checkout')
        return
    with TemporaryDirectory(prefix="oasmith-corpus-") as scratch:
        folder: Path = options.workspace or Path(scratch)
        limit = GIANT_SECONDS if options.mode == "giants" else options.limit
        workspace = Workspace(folder.absolute(), options.store.absolute(), limit)
        match options.mode:
            case "rejected":
                clean = _run_rejected(workspace, options)
            case "giants":
                clean = _run_giants(workspace, options)
            case "peers":
                clean = _run_peers(workspace, options)
            case _:
                clean = _run_corpus(workspace, options)
    print(f"{clean.count(True)} passed, {clean.count(False)} failed")
    sys.exit(0 if all(clean) else 1)


def _run_corpus(workspace: Workspace, options: argparse.Namespace) -> list[bool]:
    if find_spec("jsonschema_rs") is None:
        print("corpus: this needs jsonschema-rs: pip install jsonschema-rs")
        sys.exit(2)
    documents = _choose(read_documents(TABLE), options)
    outcomes = run_corpus(workspace, documents, options.jobs)
    text = to_markdown(outcomes)
    _write_report(options, "corpus", text, to_json(outcomes))
    print(text.partition("\n## Documents")[0])
    return [each.is_clean for each in outcomes]


def _run_rejected(workspace: Workspace, options: argparse.Namespace) -> list[bool]:
    judged = run_rejected(workspace, _choose(read_rejected(), options), options.jobs)
    text = to_rejected_markdown(judged)
    _write_report(options, "rejected", text)
    print(text)
    return [each.is_clean for each in judged]


def _run_giants(workspace: Workspace, options: argparse.Namespace) -> list[bool]:
    giants = list(run_giants(workspace, _choose(read_giants(), options)))
    _write_report(options, "giants", to_giants_markdown(giants) + "\n")
    return [each.is_clean for each in giants]


def _run_peers(workspace: Workspace, options: argparse.Namespace) -> list[bool]:
    """What others make is measured, and no fault; all that we make must be right."""
    made = list(compare_tools(workspace, _choose(read_documents(TABLE), options)))
    text = to_peers_markdown(made)
    _write_report(options, "peers", text)
    print(text.partition("\n## Documents")[0])
    return [each.is_whole for each in made if each.tool == OURS]


def _choose(
    documents: list[CorpusDocument], options: argparse.Namespace
) -> list[CorpusDocument]:
    return choose_documents(documents, options.only, tenth=options.sample == "tenth")


def _write_report(
    options: argparse.Namespace, name: str, text: str, json: str | None = None
) -> None:
    report: Path = options.report or Path("build", name)
    report.parent.mkdir(parents=True, exist_ok=True)
    report.with_suffix(".md").write_text(text, encoding="utf-8")
    if json is not None:
        report.with_suffix(".json").write_text(json, encoding="utf-8")


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("tests.corpus", description=__doc__)
    add = parser.add_argument
    mode = parser.add_mutually_exclusive_group()
    for name, told in (
        ("rejected", "descriptions that are not valid, strictly and leniently"),
        ("giants", "time and memory for the largest, one at a time"),
        ("peers", "other generators on the same descriptions, one after the other"),
    ):
        mode.add_argument(
            f"--{name}", dest="mode", action="store_const", const=name, help=told
        )
    add("--only", metavar="PATTERN", help="documents whose source a glob matches")
    add("--sample", choices=["tenth"], help="a fixed tenth of the documents")
    add("--jobs", type=int, default=2, help="how many at a time (2)")
    add("--limit", type=float, default=120.0, help="seconds for a command (120)")
    add(
        "--store",
        type=Path,
        default=default_store(),
        metavar="DIR",
        help="where fetched packages are kept (in the user's cache folder)",
    )
    add("--workspace", type=Path, metavar="DIR", help="keep what is generated here")
    add(
        "--report",
        type=Path,
        metavar="PATH",
        help="where the table (.md) and the report (.json) go (build/corpus, ...)",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
