"""Writes comparisons for people, for pull requests, and for other programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from ..escape import escape_unsafe
from .change import GRADES, Change, Comparison, Grade, Place

_SPECIAL = re.compile(r"[\\`*_{}\[\]()#+!|~@$<>&]")
"""What means something in Markdown or HTML, or tells somebody who is named."""

_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "@": "&#64;"}


def text_report(comparisons: Sequence[Comparison]) -> str:
    """The changes, the worst first, and a summary below them."""
    lines = [line for each in comparisons for line in _text_lines(each)]
    return "".join(f"{line}\n" for line in lines)


def markdown_report(comparisons: Sequence[Comparison]) -> str:
    """The summary, and the changes below it; those that break nobody are folded."""
    blocks = [block for each in comparisons for block in _markdown_blocks(each)]
    return "\n\n".join(blocks) + "\n"


def json_report(comparisons: Sequence[Comparison]) -> str:
    """One object; docs/diff.md says what its keys mean."""
    report = {"diff": 1, "comparisons": [_comparison_json(it) for it in comparisons]}
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


REPORTS = {"text": text_report, "markdown": markdown_report, "json": json_report}
"""By the name of the format."""


def _text_lines(comparison: Comparison) -> Iterator[str]:
    for grade in GRADES:
        changes = comparison.of_grade(grade)
        if changes:
            yield grade
        for change in changes:
            yield escape_unsafe(f"  {change.symbol}: {change.text} [{change.code}]")
            yield escape_unsafe(f"    {_say_places(change)}")
        if changes:
            yield ""
    yield comparison.summary


def _say_places(change: Change) -> str:
    """Where a change stands: once, if that is the same place in both descriptions."""
    places = [str(each) for each in (change.old, change.new) if each is not None]
    return " -> ".join(dict.fromkeys(places))


def _markdown_blocks(comparison: Comparison) -> Iterator[str]:
    yield f"### {_escape(comparison.summary)}"
    for grade in GRADES:
        changes = comparison.of_grade(grade)
        if not changes:
            continue
        listed = "\n".join(map(_markdown_item, changes))
        if grade == "compatible":
            yield f"<details><summary>{_heading(grade, changes)}</summary>"
            yield listed
            yield "</details>"
        else:
            yield f"#### {_heading(grade, changes)}"
            yield listed


def _heading(grade: Grade, changes: Sequence[Change]) -> str:
    return f"{grade.capitalize()} ({len(changes):,})"


def _markdown_item(change: Change) -> str:
    told = f"{_code(change.symbol)} {_escape(change.text)} ({_code(change.code)})"
    return escape_unsafe(f"- {told}<br>{_code(_say_places(change))}")


def _escape(text: str) -> str:
    return _SPECIAL.sub(lambda found: _spell(found[0]), text)


def _spell(character: str) -> str:
    return _ENTITIES.get(character, f"\\{character}")


def _code(text: str) -> str:
    """A code span; its fence is longer than what is inside (CommonMark section 6.1)."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    space = " " if longest else ""
    return f"{fence}{space}{text}{space}{fence}"


def _comparison_json(comparison: Comparison) -> dict[str, Any]:
    return {
        "name": comparison.name,
        "old": comparison.old,
        "new": comparison.new,
        **{grade: len(comparison.of_grade(grade)) for grade in GRADES},
        "changes": [_change_json(each) for each in comparison.changes],
    }


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "grade": change.grade,
        "code": change.code,
        "symbol": change.symbol,
        "text": change.text,
        "old": _place_json(change.old),
        "new": _place_json(change.new),
    }


def _place_json(place: Place | None) -> dict[str, str] | None:
    if place is None:
        return None
    return (
        {"file": place.file, "pointer": place.pointer}
        if place.file
        else {"pointer": place.pointer}
    )
