# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Handlers that answer requests in tests, and what they may be and give."""

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
    called = [handler] if inspect.isroutine(handler) else [handler, handler.__call__]
    if any(gives_later(each) for gives_later in _GIVE_LATER for each in called):
        raise _gives_later(function, handler)
    try:
        signature = inspect.signature(handler)
    except (TypeError, ValueError):
        # Some that are written in C do not tell.
        return
    try:
        signature.bind(None)
    except TypeError:
        name = _name(handler)
        problem = f"must take one argument, the request; it is {name}{signature}"
        raise TypeError(f"{name}, the handler of {function}, {problem}") from None


def check_given(function: Function, handler: object, given: object) -> None:
    """Refuse what is no answer yet; only calling some handlers shows that.

    Raises:
        TypeError: It is such a thing.
    """
    if any(is_later(given) for is_later in _ARE_LATER):
        if inspect.iscoroutine(given):
            given.close()  # Or Python warns of one that was never awaited.
        raise _gives_later(function, handler)


def _gives_later(function: Function, handler: object) -> TypeError:
    problem = "must give the answer, not what is to be awaited or gone through"
    return TypeError(f"{_name(handler)}, the handler of {function}, {problem}")


def _name(handler: object) -> str:
    return getattr(handler, "__name__", type(handler).__name__)


_GIVE_LATER = (
    inspect.iscoroutinefunction,
    inspect.isasyncgenfunction,
    inspect.isgeneratorfunction,
)

_ARE_LATER = (inspect.isawaitable, inspect.isasyncgen, inspect.isgenerator)
