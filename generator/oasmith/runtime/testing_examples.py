# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""The description's examples as answers, for fakes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pkgutil import get_data
from typing import Any

from .response import Response
from .testing_answers import write_response
from .testing_functions import Function


@dataclass(frozen=True, slots=True)
class Example:
    """What the body of an answer may be."""

    status: str
    content_type: str
    value: Any


Examples = Mapping[str, Sequence[Example]]
"""By method and path: "GET /pets/{id}"."""


def read_examples(package: str) -> Examples:
    """Read the examples of a package.

    Raises:
        ValueError: It was generated without them.
    """
    try:
        data = get_data(package, "examples.json") or b""
    except OSError:
        problem = f'{package} has no examples: generate it with "examples = true"'
        raise ValueError(problem) from None
    return {
        operation: [
            Example(each["status"], each["content_type"], each["value"])
            for each in examples
        ]
        for operation, examples in json.loads(data).items()
    }


def example_of(function: Function, examples: Examples) -> Response | None:
    """The first success of which there is an example, or that has no body."""
    return next(_make_responses(function, examples), None)


def _make_responses(function: Function, examples: Examples) -> Iterator[Response]:
    known = {
        (each.status, each.content_type): each.value
        for each in examples.get(f"{function.method} {function.path}", ())
    }
    for answer in function.successes:
        if answer.content_type is None:
            yield write_response(answer, None)
        elif (answer.status, answer.content_type) in known:
            value = known[answer.status, answer.content_type]
            yield write_response(answer, value)
