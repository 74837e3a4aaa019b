"""The corpus as a test, for those who ask for it: OASMITH_CORPUS=tenth or =all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .documents import TABLE, choose_documents, read_documents
from .process import Workspace
from .report import to_markdown
from .run import run_corpus
from .store import default_store

_ASKED = os.environ.get("OASMITH_CORPUS", "")


@pytest.mark.skipif(not TABLE.exists(), reason="the corpus is not beside this checkout")
@pytest.mark.skipif(not _ASKED, reason="takes minutes; ask with OASMITH_CORPUS=tenth")
def test_every_document_becomes_a_clean_package(tmp_path: Path) -> None:
    pytest.importorskip("jsonschema_rs")
    documents = choose_documents(read_documents(TABLE), None, tenth=_ASKED == "tenth")
    outcomes = run_corpus(Workspace(tmp_path, default_store(), 120.0), documents, 2)
    unclean = [each for each in outcomes if not each.is_clean]
    assert not unclean, to_markdown(unclean)
