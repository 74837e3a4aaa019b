"""Compares what client functions return, and the errors that they raise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from ..building.api import (
    BytesContent,
    Content,
    JsonContent,
    NullType,
    Operation,
    Response,
    StreamContent,
    StringType,
    TextContent,
    Type,
    UnionType,
)
from .change import Change
from .pairs import Pairs
from .type_changes import Spot, Use, compare_uses


def compare_answers(
    pairs: Pairs, symbol: str, old: Operation, new: Operation
) -> Iterator[Change]:
    """Tell what changes about the result of a function, and about its errors.

    Args:
        symbol: The function, as a caller writes it.
    """
    called = f"{symbol}()"
    yield from _compare_results(pairs, called, _result_of(old), _result_of(new))
    yield from _compare_envelopes(pairs, called, old, new)
    yield from _compare_statuses(pairs, called, old, new)
    yield from _compare_errors(pairs, called, old, new)


@dataclass(frozen=True, slots=True)
class _Result:
    """What a function returns."""

    use: Use
    given: str
    """How it is given: as a whole, or item by item."""

    subject: str
    """What is of the type."""


def _compare_results(
    pairs: Pairs, symbol: str, old: _Result, new: _Result
) -> Iterator[Change]:
    if old.given == new.given:
        spot = Spot(symbol, ("received",), new.subject)
        yield from compare_uses(pairs, spot, old.use, new.use)
    else:
        text = f"gives {new.given}, and gave {old.given}"
        places = pairs.places(old.use.pointer, new.use.pointer)
        yield Change("received-type-changed", symbol, text, *places)


def _result_of(operation: Operation) -> _Result:
    """What a function returns: the contents of all successes, or else None."""
    successes = [each for each in operation.responses if not each.is_error]
    forms = [
        content.form
        for each in successes
        for _, content in each.content
        if isinstance(content, StreamContent)
    ]
    # Of a stream, a success without content has no items.
    types = dict.fromkeys(
        found
        for each in successes
        if each.content or not forms
        for found in _types_of(each)
    )
    pointer = successes[0].pointer if successes else operation.pointer
    use = Use(_union(list(types) or [NullType()]), pointer)
    if not forms:
        return _Result(use, "the result as a whole", "the result")
    if {"events", "text events"} & set(forms):
        return _Result(use, "an ItemStream of events", "the data of each event")
    return _Result(use, "an ItemStream", "each item")


def _types_of(response: Response) -> Iterator[Type]:
    if not response.content:
        yield NullType()
    for _, content in response.content:
        yield _type_of(content)


def _type_of(content: Content) -> Type:
    match content:
        case JsonContent():
            return content.returned
        case StreamContent(item=built):
            return built
        case TextContent():
            return StringType()
        case BytesContent():
            # What JSON has as base64 is the same to a caller.
            return StringType("byte")
        case _:
            assert_never(content)


def _compare_envelopes(
    pairs: Pairs, symbol: str, old: Operation, new: Operation
) -> Iterator[Change]:
    """Compare what results are in, which is kept with the response."""
    before, after = _envelope_of(old), _envelope_of(new)
    if before is not None and after is not None:
        spot = Spot(symbol, ("received",), "the envelope")
        yield from compare_uses(pairs, spot, before, after)


def _envelope_of(operation: Operation) -> Use | None:
    types = dict.fromkeys(
        content.type
        for each in operation.responses
        for _, content in each.content
        if isinstance(content, JsonContent) and content.envelope
    )
    return Use(_union(list(types)), operation.pointer) if types else None


def _union(types: list[Type]) -> Type:
    return types[0] if len(types) == 1 else UnionType(tuple(types))


def _compare_statuses(
    pairs: Pairs, symbol: str, old: Operation, new: Operation
) -> Iterator[Change]:
    before, after = _successes(old), _successes(new)
    if before != after and before and after:
        yield Change(
            "status-changed",
            symbol,
            f"succeeds with {' or '.join(after)}, and did with {' or '.join(before)}",
            *pairs.places(old.pointer, new.pointer),
        )


def _successes(operation: Operation) -> list[str]:
    return sorted(each.status for each in operation.responses if not each.is_error)


def _compare_errors(
    pairs: Pairs, symbol: str, old: Operation, new: Operation
) -> Iterator[Change]:
    """Compare the bodies of errors by status; "default" stands for the others."""
    before, after = _errors_of(old), _errors_of(new)
    for status in sorted(before.keys() | after.keys()):
        one, other = _find(before, status), _find(after, status)
        named = "any other status" if status == "default" else status
        if one is not None and other is not None:
            spot = Spot(symbol, ("received",), f"on {named} the error's body")
            yield from compare_uses(pairs, spot, one, other)
        elif other is not None:
            text = f"has an error's body on {named}, and had none"
            places = pairs.places(None, other.pointer)
            yield Change("error-added", symbol, text, *places)
        elif one is not None:
            text = f"has no error's body on {named} any more"
            places = pairs.places(one.pointer, None)
            yield Change("error-removed", symbol, text, *places)


def _errors_of(operation: Operation) -> dict[str, Use]:
    """The bodies of errors, which are read as a whole, by status."""
    found: dict[str, Use] = {}
    for each in operation.responses:
        types = dict.fromkeys(
            _type_of(content)
            for _, content in each.content
            if not isinstance(content, StreamContent)
        )
        if types and (each.is_error or each.status == "default"):
            found[each.status] = Use(_union(list(types)), each.pointer)
    return found


def _find(errors: dict[str, Use], status: str) -> Use | None:
    """What the runtime reads the body of a status as."""
    for key in (status, f"{status[:1]}XX", "default"):
        if (found := errors.get(key)) is not None:
            return found
    return None
