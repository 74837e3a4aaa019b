"""Calls printed as they are made, each with its typed answer or its error."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from inspect import ismethod
from reprlib import Repr
from textwrap import wrap
from typing import ParamSpec

from cloudflare import ApiError, AsyncClient, Client, StatusError
from cloudflare.models import DispatchNamespace, Failure

P = ParamSpec("P")

_Answer = DispatchNamespace | list[DispatchNamespace] | None

_SHORT = Repr()
_SHORT.maxstring = 16


def title(text: str) -> None:
    print(f"\n{text}")


def show(call: Callable[P, _Answer], /, *args: P.args, **kwargs: P.kwargs) -> None:
    """Print a call, make it, and print the answer in short.

    Raises:
        ApiError: The call failed, which was printed.
    """
    print(f"  {_spell(call, args, kwargs)}")
    try:
        answer = call(*args, **kwargs)
    except ApiError as error:
        print(_indent("! ", _describe_error(error)))
        raise
    print(f"    = {_describe(answer)}")


def show_in_full(
    call: Callable[P, object], /, *args: P.args, **kwargs: P.kwargs
) -> None:
    """Print a call, make it, and print all of the answer."""
    print(f"  {_spell(call, args, kwargs)}")
    answer = repr(call(*args, **kwargs))
    print(_indent("= ", answer))


async def show_async(
    call: Callable[P, Awaitable[_Answer]], /, *args: P.args, **kwargs: P.kwargs
) -> None:
    """Like show, but awaits the answer; the call is printed when it is answered."""
    answer = await call(*args, **kwargs)
    print(f"  await {_spell(call, args, kwargs)}\n    = {_describe(answer)}")


def show_error(
    kind: type[ApiError],
    why: str,
    call: Callable[P, object],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> None:
    """Print a call that has to fail in one way, why it has to, and how it did.

    Raises:
        AssertionError: The call did not fail.
    """
    print(f"  {why}: {_spell(call, args, kwargs)}")
    try:
        call(*args, **kwargs)
    except kind as error:
        print(_indent("! ", _describe_error(error)))
    else:
        raise AssertionError(f"{kind.__name__} was not raised")


def _indent(mark: str, text: str) -> str:
    """Break a text into lines, indented behind a mark."""
    lines = wrap(text, 82, break_on_hyphens=False, break_long_words=False)
    return f"    {mark}" + "\n      ".join(lines)


def _spell(
    call: Callable[..., object], args: tuple[object, ...], kwargs: dict[str, object]
) -> str:
    words = [_spell_argument(value) for value in args]
    words += [f"{name}={_spell_argument(value)}" for name, value in kwargs.items()]
    name = call.__name__
    if ismethod(call):
        # The method of an asynchronous client is a function with a longer name.
        name = f"workers.{name.removesuffix('_async')}"
    return f"{name}({', '.join(words)})"


def _spell_argument(value: object) -> str:
    return "client" if isinstance(value, Client | AsyncClient) else _SHORT.repr(value)


def _describe(answer: _Answer) -> str:
    kind = type(answer).__name__
    match answer:
        case list():
            names = [found.namespace_name for found in answer]
            return f"list of {names}"
        case DispatchNamespace(namespace_name=name, created_on=datetime() as created):
            return f"{kind} {name!r}, created {created:%Y-%m-%d %H:%M:%S %Z}"
        case _:
            return repr(answer)


def _describe_error(error: ApiError) -> str:
    kind = type(error).__name__
    match error:
        case StatusError(status=status, body=Failure(errors=[first, *_])):
            return f"{kind} {status}: Failure, code {first.code}, {first.message!r}"
        case _:
            return f"{kind}: {error}"
