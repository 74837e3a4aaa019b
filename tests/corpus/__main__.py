"""Runs the corpus and says what came out; exits with 1 unless all of it is clean."""

from __future__ import annotations

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from .documents import TABLE, choose_documents, read_documents
from .process import Workspace
from .report import to_json, to_markdown
from .run import run_corpus
from .store import default_store


def main() -> None:
    options = _parse_options()
    if not TABLE.exists():
        print(f'skipped: there is no "{TABLE.name}" beside this checkout')
        return
    if find_spec("jsonschema_rs") is None:
        print("corpus: this needs jsonschema-rs: pip install jsonschema-rs")
        sys.exit(2)
    documents = choose_documents(
        read_documents(TABLE), options.only, tenth=options.sample == "tenth"
    )
    with TemporaryDirectory(prefix="oasmith-corpus-") as scratch:
        folder: Path = options.workspace or Path(scratch)
        workspace = Workspace(
            folder.absolute(), options.store.absolute(), options.limit
        )
        outcomes = run_corpus(workspace, documents, options.jobs)
    report: Path = options.report
    report.parent.mkdir(parents=True, exist_ok=True)
    report.with_suffix(".json").write_text(to_json(outcomes), encoding="utf-8")
    text = to_markdown(outcomes)
    report.with_suffix(".md").write_text(text, encoding="utf-8")
    print(text.partition("\n## Documents")[0])
    clean = sum(each.is_clean for each in outcomes)
    print(f"{clean} passed, {len(outcomes) - clean} failed")
    sys.exit(0 if clean == len(outcomes) else 1)


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("tests.corpus", description=__doc__)
    add = parser.add_argument
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
        default=Path("build", "corpus"),
        metavar="PATH",
        help="where the table (.md) and the report (.json) go (build/corpus)",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
