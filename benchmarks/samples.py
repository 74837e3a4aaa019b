"""What was measured in several rounds, in which all contestants take turns.

Machines get slower and faster as others use them. So contestants are compared within a
round, where they had the same luck, and the median over the rounds is what counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from statistics import median, quantiles
from typing import TypeVar

T = TypeVar("T")

Samples = Sequence[float]
"""One figure for each round."""


def interleave(
    actions: Mapping[str, Callable[[], T]], rounds: int
) -> dict[str, list[T]]:
    """Do each action once a round, in turn; a round before the first does not count."""
    results: dict[str, list[T]] = {name: [] for name in actions}
    for number in range(rounds + 1):
        for name, act in actions.items():
            result = act()
            if number:
                results[name].append(result)
    return results


def ratio(samples: Samples, baseline: Samples) -> float:
    """How many times the baseline it is: the median of what the rounds say."""
    return median(a / b for a, b in zip(samples, baseline, strict=True))


def spread(samples: Samples) -> tuple[float, float]:
    """The quartiles, between which the middle half of the samples is."""
    if len(samples) < 2:
        return samples[0], samples[0]
    low, _, high = quantiles(samples, n=4, method="inclusive")
    return low, high
