"""Makes numbers that keep within bounds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from random import Random
from typing import Any

_BEYOND_DOUBLES = 2**53 + 1


def sample_integer(random: Random, keywords: Mapping[str, Any]) -> int | float:
    """An integer; sometimes beyond what a double holds, or written as 1.0."""
    low, high = _bounds(keywords, -(2**31), 2**31 - 1)
    step = keywords.get("multipleOf", 1)
    first, last = math.ceil(low / step), math.floor(high / step)
    if first > last:
        first = last
    picks = [first, last, random.randint(first, last), max(first, min(1, last))]
    number = math.floor(random.choice(picks) * step)
    if "maximum" not in keywords and keywords.get("format") != "int32":
        number = random.choice((number, number, number, _BEYOND_DOUBLES // step * step))
    return float(number) if random.random() < 0.1 and abs(number) < 2**53 else number


def sample_number(random: Random, keywords: Mapping[str, Any]) -> int | float:
    """A number with a fraction or without one."""
    if "multipleOf" in keywords:
        low, high = _bounds(keywords, 0, 1000)
        step: float = keywords["multipleOf"]
        count = random.randint(math.ceil(low / step), max(math.floor(high / step), 0))
        return round(count * step, 9)
    low, high = _bounds(keywords, -1e6, 1e6)
    middle = (low + high) / 2
    return random.choice((low, high, middle, math.floor(middle) if low <= 0 else high))


def _bounds(
    keywords: Mapping[str, Any], lowest: float, highest: float
) -> tuple[float, float]:
    low = keywords.get("minimum", lowest)
    high = keywords.get("maximum", highest)
    if "exclusiveMinimum" in keywords:
        low = max(keywords["exclusiveMinimum"] + 1, low)
    if "exclusiveMaximum" in keywords:
        high = min(keywords["exclusiveMaximum"] - 1, high)
    return (
        (low, max(high, low)) if "maximum" not in keywords else (min(low, high), high)
    )
