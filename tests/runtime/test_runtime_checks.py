"""Checks of arguments: what passes, and what is said of what does not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from sample_types import Dog

from oasmith.runtime.checks import (
    check_array,
    check_choice,
    check_number,
    check_object,
    check_str,
    compile_pattern,
)
from oasmith.runtime.errors import InvalidArgument
from oasmith.runtime.unset import UNSET

Check = Callable[[str, object], None]


def choice(*choices: str | float | bool | None) -> Check:
    return lambda name, value: check_choice(name, value, *choices)


@pytest.mark.parametrize(
    ("check", "good", "bad", "message"),
    [
        (check_str, ["", "é"], 1, "must be a string, not an integer"),
        (
            partial(check_str, max_length=2),
            ["é💥"],
            "abc",
            "must have at most 2 characters",
        ),
        (partial(check_str, min_length=1), ["a"], "", "must have at least 1 character"),
        (partial(check_str, pattern="^a$"), ["a"], "a\n", "must match ^a$"),
        (partial(check_str, pattern=r"\d"), ["xx1"], "٣", r"must match \d"),
        (partial(check_str, pattern=r"[$]\$$"), ["$$"], "$$x", r"must match [$]\$$"),
        (partial(check_str, pattern="(?<a>b)"), ["abc"], "a", "must match (?<a>b)"),
        (check_number, [1, 1.5], True, "must be a number, not true"),
        (check_number, [1, 1.5], "1", "must be a number, not a string"),
        (partial(check_number, minimum=1), [1, 2.5], 0, "must be at least 1"),
        (partial(check_number, minimum=1), [1], float("nan"), "must be at least 1"),
        (partial(check_number, maximum=1), [1, -1], 1.5, "must be at most 1"),
        (
            partial(check_number, exclusive_minimum=1),
            [1.1],
            1,
            "must be greater than 1",
        ),
        (partial(check_number, exclusive_maximum=1), [0.9], 1, "must be less than 1"),
        (
            partial(check_number, multiple_of=0.1),
            [0.3, 1e300, 3],
            0.35,
            "must be a multiple of 0.1",
        ),
        (partial(check_number, multiple_of=3), [9, 9.0], 10, "must be a multiple of 3"),
        (
            partial(check_number, multiple_of=0.1),
            [0],
            float("inf"),
            "must be a multiple of 0.1",
        ),
        (check_array, [[], ()], "ab", "must be an array, not a string"),
        (
            partial(check_array, min_items=2),
            [[1, 1]],
            [1],
            "must have at least 2 items",
        ),
        (partial(check_array, max_items=1), [[1]], [1, 2], "must have at most 1 item"),
        (
            partial(check_array, unique=True),
            [[1, True, "1", [1], [True]]],
            [1, 1.0],
            "must not hold an item twice",
        ),
        (
            partial(check_array, unique=True),
            [[{"a": 1}, {"a": 2}]],
            [{"a": 1, "b": 2}, {"b": 2, "a": 1}],
            "must not hold an item twice",
        ),
        (check_object, [{}, Dog(kind="dog")], [], "must be an object, not an array"),
        (
            partial(check_object, min_properties=1),
            [{"a": UNSET, "b": 1}],
            {"a": UNSET},
            "must have at least 1 property",
        ),
        (
            partial(check_object, max_properties=2),
            [Dog(kind="dog")],
            {"a": 1, "b": 2, "c": 3},
            "must have at most 2 properties",
        ),
        (choice("a", "b"), ["a"], "c", "must be one of: a, b"),
        (choice(1), [1, 1.0], True, "must be one of: 1"),
    ],
)
def test_check(check: Check, good: list[object], bad: object, message: str) -> None:
    for value in (*good, UNSET, None):
        check("it", value)
    with pytest.raises(InvalidArgument) as caught:
        check("it", bad)
    assert str(caught.value) == f"it {message}"
    assert isinstance(caught.value, ValueError)


def test_a_pattern_that_python_has_not_is_not_checked() -> None:
    assert compile_pattern(r"^\p{L}+$") is None
    check_str("it", "anything", pattern=r"^\p{L}+$")
