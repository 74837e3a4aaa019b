"""Says what became of the calls, each exception with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .drive import Driven

_MOST = 400


@dataclass(slots=True)
class Report:
    """What became of one description's operations."""

    document: str
    operations: list[Driven] = field(default_factory=list)
    problem: str = ""

    @property
    def right(self) -> int:
        """How many operations had every call right."""
        return sum(not each.failures and not each.not_tried for each in self.operations)

    @property
    def is_clean(self) -> bool:
        failed = any(each.failures for each in self.operations)
        return not self.problem and not failed and bool(self.operations)


def to_markdown(reports: Sequence[Report]) -> str:
    """A table of all descriptions, and below it every exception."""
    lines = [
        "| description | operations | all calls right | calls | wrong | not tried |",
        "| --- | --: | --: | --: | --: | --: |",
    ]
    for each in reports:
        total = len(each.operations)
        share = f"{each.right} ({each.right / total:.1%})" if total else "0"
        calls = sum(it.calls for it in each.operations)
        wrong = sum(bool(it.failures) for it in each.operations)
        not_tried = sum(bool(it.not_tried) for it in each.operations)
        cells = (each.document, total, share, calls, wrong, not_tried)
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    for each in reports:
        lines += _exceptions(each)
    return "\n".join(lines) + "\n"


def _exceptions(report: Report) -> list[str]:
    lines = [f"- problem: {report.problem}"] if report.problem else []
    for each in report.operations:
        lines += [f"- wrong: {each.operation}: {it[:_MOST]}" for it in each.failures]
        if each.not_tried:
            lines.append(f"- not tried: {each.operation}: {each.not_tried}")
        left = dict.fromkeys(each.left_out)
        lines += [f"- left out: {each.operation}: {it}" for it in left]
    return ["", f"## {report.document}", "", *lines] if lines else []
