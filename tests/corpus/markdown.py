"""Makes tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def make_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
