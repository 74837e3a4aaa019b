"""docs/diff.md lists every code, with the grade that it has."""

from __future__ import annotations

import re
from pathlib import Path

from oasmith.comparing.change import GRADE_OF

_PAGE = Path(__file__).parents[2] / "docs" / "diff.md"
_ROW = re.compile(r"^\| `([a-z-]+)` \| (breaking|risky|compatible) \| .+ \|$", re.M)


def test_the_page_lists_the_codes() -> None:
    rows = _ROW.findall(_PAGE.read_text(encoding="utf-8"))
    assert dict(rows) == dict(GRADE_OF)
    assert len(rows) == len(GRADE_OF)


def test_the_codes_are_sorted_within_their_sections() -> None:
    for section in _PAGE.read_text(encoding="utf-8").split("\n### "):
        codes = [code for code, _ in _ROW.findall(section)]
        assert codes == sorted(codes)
