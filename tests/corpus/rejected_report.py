"""Writes what both modes made of the descriptions that are not valid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from .markdown import make_table
from .rejected import Attempt, Judged

_MESSAGES = 4
_LONGEST = 300


def to_rejected_markdown(judged: Sequence[Judged]) -> str:
    """How often what came out, then each document, then what was said of which."""
    parts = ["# Rejected descriptions", _totals(judged)]
    parts += [_documents(judged), *_details(judged)]
    return "\n\n".join(parts) + "\n"


def _totals(judged: Sequence[Judged]) -> str:
    modes = [
        Counter(each.strict.verdict for each in judged),
        Counter(each.lenient.verdict for each in judged),
    ]
    verdicts = dict.fromkeys(verdict for mode in modes for verdict in mode)
    rows = [[name, *(str(mode[name]) for mode in modes)] for name in verdicts]
    return make_table(["outcome", "strict", "lenient"], rows)


def _documents(judged: Sequence[Judged]) -> str:
    heads = ["document", "fault", "strict", "lenient", "operations", "strict codes"]
    return make_table(heads, [_row(each) for each in judged])


def _row(each: Judged) -> list[str]:
    return [
        each.document.package,
        each.fault,
        *(_spell(attempt) for attempt in (each.strict, each.lenient)),
        str(each.described),
        ", ".join(each.strict.codes),
    ]


def _spell(attempt: Attempt) -> str:
    if attempt.verdict in ("repaired", "accepted", "in part"):
        return f"{attempt.verdict} ({attempt.generated})"
    return attempt.verdict


def _details(judged: Sequence[Judged]) -> Iterator[str]:
    for each in judged:
        lines = [
            *(f"broken: {it}" for it in (*each.strict.unclean, *each.lenient.unclean)),
            *each.strict.errors[:_MESSAGES],
            *(f"lenient: {it}" for it in each.lenient.errors[:_MESSAGES]),
        ]
        if lines:
            listed = "\n".join(f"- {line[:_LONGEST]}" for line in lines)
            yield f"## {each.document.package}: {each.document.name}\n\n{listed}"
