"""Tells what a replay gave, as a table in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .replay import Step

_HEADS = (
    *("history", "steps", "operations", "things in both", "names moved"),
    *("lines in", "lines out", "breaking / risky / compatible"),
    *("unequal cold", "mypy errors", "seconds a step"),
)
_STEP_HEADS = (
    *("release", "operations", "names moved", "modules moved", "lines in"),
    *("lines out", "of the lock", "breaking / risky / compatible"),
    *("unequal cold", "mypy errors", "seconds"),
)


def to_summary(steps: Sequence[Step]) -> str:
    """A row for each history."""
    names = dict.fromkeys(each.history for each in steps)
    rows = [_sum_up([each for each in steps if each.history == name]) for name in names]
    return _make_table(_HEADS, rows)


def to_markdown(steps: Sequence[Step]) -> str:
    """The summary, a row for each step, and whatever is not as it should be."""
    lines = ["# Replay of history", "", to_summary(steps)]
    for name in dict.fromkeys(each.history for each in steps):
        own = [each for each in steps if each.history == name]
        lines += ["", f"## {name}", "", _make_table(_STEP_HEADS, map(_row, own))]
        for step in own:
            lines += _details(step)
    return "\n".join(lines) + "\n"


def _sum_up(steps: Sequence[Step]) -> list[str]:
    made = [each for each in steps if not each.problem]
    checked = [each.mypy for each in made if each.mypy is not None]
    return [
        steps[0].history,
        str(len(steps) - 1),
        f"{made[0].operations:,} to {made[-1].operations:,}" if made else "none",
        f"{sum(each.common for each in steps):,}",
        str(sum(len(each.moved) for each in steps)),
        f"{sum(each.lines_in for each in steps):,}",
        f"{sum(each.lines_out for each in steps):,}",
        _grades(steps),
        str(sum(len(each.unequal) for each in steps)),
        f"{sum(map(len, checked))} in {len(checked)} releases",
        f"{sum(each.seconds for each in made) / max(len(made), 1):.1f}",
    ]


def _row(step: Step) -> list[str]:
    if step.problem:
        return [step.version, f"refused: {_plain(step.problem)}", *[""] * 9]
    return [
        step.version,
        f"{step.operations:,}",
        str(len(step.moved)),
        str(len(step.moved_modules)),
        f"{step.lines_in:,}",
        f"{step.lines_out:,}",
        f"{step.lines_of_lock:,}",
        _grades([step]),
        str(len(step.unequal)),
        "" if step.mypy is None else str(len(step.mypy)),
        f"{step.seconds:.1f}",
    ]


def _grades(steps: Sequence[Step]) -> str:
    grades = ("breaking", "risky", "compatible")
    return " / ".join(f"{sum(s.count(grade) for s in steps):,}" for grade in grades)


def _details(step: Step) -> Iterator[str]:
    for title, found in (
        ("names moved", step.moved),
        ("modules moved", step.moved_modules),
        ("told", step.told),
        ("unequal cold", step.unequal),
        ("mypy", step.mypy or ()),
        ("changes", [f"{e.grade} {e.code} {e.symbol}: {e.text}" for e in step.changes]),
    ):
        if found:
            yield from ("", f"{step.version}, {title}:", "")
            yield from (f"- {_plain(each)}" for each in found)


def _plain(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _make_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
