"""Tables in Markdown: contestants, what they took, and how they compare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from .processes import Cost
from .samples import Samples, ratio, spread

OURS = "**oasmith**"
"""How our own row begins, here and in the names of contestants."""


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    note: str
    """What was measured, in a sentence or two."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]

    def __str__(self) -> str:
        lines = [
            f"### {self.title}",
            "",
            self.note,
            "",
            _line(self.header),
            _line(["---", *("---:" for _ in self.header[1:])]),
            *map(_line, self.rows),
        ]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Measure:
    """What was measured of each contestant, and the one that they are compared with."""

    title: str
    samples: Mapping[str, Samples]
    """In seconds, by contestant."""

    baseline: str
    unit: str = "ms"
    budget: float | None = None
    """How many times the baseline ours may be at most."""


_UNITS = {"s": 1.0, "ms": 1e3, "us": 1e6}


def compare(title: str, note: str, measures: Sequence[Measure]) -> Table:
    """Make a table with two columns for each measure: median with spread, and ratio."""
    header = [""]
    for measure in measures:
        header += [f"{measure.title}, {measure.unit}", _ratio_title(measure)]
    names = dict.fromkeys(name for measure in measures for name in measure.samples)
    rows = [
        [name, *(cell for measure in measures for cell in _cells(measure, name))]
        for name in names
    ]
    return Table(title, note, header, rows)


def compare_costs(
    title: str,
    note: str,
    costs: Mapping[str, Sequence[Cost]],
    baseline: str,
    budget: float | None,
) -> Table:
    """Compare what processes cost; the budget is for how long they take."""
    wall = {name: [cost.wall for cost in each] for name, each in costs.items()}
    cpu = {name: [cost.cpu for cost in each] for name, each in costs.items()}
    measures = [
        Measure("wall", wall, baseline, budget=budget),
        Measure("CPU", cpu, baseline),
    ]
    return compare(title, note, measures)


def _ratio_title(measure: Measure) -> str:
    return "ratio" if measure.budget is None else f"ratio (budget {measure.budget:g})"


def _cells(measure: Measure, name: str) -> tuple[str, str]:
    samples = measure.samples.get(name)
    if samples is None:
        return "", ""
    scale = _UNITS[measure.unit]
    low, high = (_digits(value * scale) for value in spread(samples))
    times = ratio(samples, measure.samples[measure.baseline])
    return f"{_digits(median(samples) * scale)} ({low} to {high})", f"{times:.2f}"


def _digits(value: float) -> str:
    """Three digits are more than such figures are good for."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
