# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Handlers that answer requests in tests, looked at before there is a request."""

from __future__ import annotations

import inspect

from .testing_functions import Function


def check_handler(function: Function, handler: object) -> None:
    """Refuse what can't be called with a recorded request.

    Args:
        function: What it is to answer.

    Raises:
        TypeError: It is such a thing.
    """
    if not callable(handler):
        told = f"got {type(handler).__name__}; a value goes to answer(...)"
        raise TypeError(f"{function} needs a function as handler, {told}")
    name = getattr(handler, "__name__", type(handler).__name__)
    called = handler if inspect.isroutine(handler) else handler.__call__
    if any(gives_later(called) for gives_later in _GIVE_LATER):
        problem = "must give the answer, not what is to be awaited or gone through"
        raise TypeError(f"{name}, the handler of {function}, {problem}")
    try:
        signature = inspect.signature(handler)
    except (TypeError, ValueError):
        # Some that are written in C do not tell.
        return
    try:
        signature.bind(None)
    except TypeError:
        problem = f"must take one argument, the request; it is {name}{signature}"
        raise TypeError(f"{name}, the handler of {function}, {problem}") from None


_GIVE_LATER = (
    inspect.iscoroutinefunction,
    inspect.isasyncgenfunction,
    inspect.isgeneratorfunction,
)
