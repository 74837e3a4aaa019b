"""Drives the packages of real descriptions; exits with 1 unless all calls are right.

``python -m tests.driver --part`` takes a few descriptions that need no network.
"""

from __future__ import annotations

import argparse
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.corpus.documents import TABLE, CorpusDocument
from tests.corpus.store import FetchFailed, default_store, locate_source

import oasmith

from .report import Report, to_markdown


def main() -> None:
    options = _parse_options()
    if not TABLE.exists():
        print(f'skipped: there is no "{TABLE.name}" beside this checkout')
        return
    if find_spec("jsonschema_rs") is None:
        print("skipped: this needs jsonschema-rs: pip install jsonschema-rs")
        return
    from .documents import chosen_documents

    documents = [
        each
        for each in chosen_documents(part=options.part)
        if options.only in each.name
    ]
    with TemporaryDirectory(prefix="oasmith-driver-") as scratch:
        os.environ.setdefault("OASMITH_CACHE", os.path.join(scratch, "cache"))
        folder: Path = options.workspace or Path(scratch)
        reports = [_drive(each, folder.absolute(), options.store) for each in documents]
    text = to_markdown(reports)
    if options.report is not None:
        options.report.parent.mkdir(parents=True, exist_ok=True)
        options.report.write_text(text, encoding="utf-8")
    print(text)
    sys.exit(0 if all(each.is_clean for each in reports) else 1)


def _drive(document: CorpusDocument, folder: Path, store: Path) -> Report:
    from .drive import drive_package

    report = Report(document.name)
    package = folder / document.package
    try:
        spec = locate_source(store.absolute(), document.source)
        oasmith.generate(spec, package)
    except (FetchFailed, oasmith.Failed) as failure:
        report.problem = str(failure)
        return report
    for driven in drive_package(spec, package):
        report.operations.append(driven)
    return report


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("tests.driver", description=__doc__)
    add = parser.add_argument
    add("--part", action="store_true", help="the small part that needs no network")
    add("--only", default="", metavar="TEXT", help="descriptions whose name has a text")
    add("--store", type=Path, default=default_store(), metavar="DIR")
    add("--workspace", type=Path, metavar="DIR", help="keep what is generated here")
    add("--report", type=Path, metavar="PATH", help="write the report here as well")
    return parser.parse_args()


if __name__ == "__main__":
    main()
