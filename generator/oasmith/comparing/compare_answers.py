"""Compares what client functions return, and the errors that they raise."""

from __future__ import annotations

from collections.abc import Iterator

from ..building.api import (
    BytesContent,
    Content,
    JsonContent,
    NullType,
    Operation,
    Response,
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
    spot = Spot(f"{symbol}()", ("received",), "the result")
    yield from compare_uses(pairs, spot, _result_of(old), _result_of(new))
    yield from _compare_statuses(pairs, spot.symbol, old, new)
    yield from _compare_errors(pairs, spot.symbol, old, new)


def _result_of(operation: Operation) -> Use:
    """What a function returns: the contents of all successes, or else None."""
    successes = [each for each in operation.responses if not each.is_error]
    types = dict.fromkeys(found for each in successes for found in _types_of(each))
    pointer = successes[0].pointer if successes else operation.pointer
    return Use(_union(list(types) or [NullType()]), pointer)


def _types_of(response: Response) -> Iterator[Type]:
    if not response.content:
        yield NullType()
    for _, content in response.content:
        yield _type_of(content)


def _type_of(content: Content) -> Type:
    match content:
        case JsonContent(built):
            return built
        case TextContent():
            return StringType()
        case BytesContent():
            return StringType("byte")


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
    return {
        each.status: Use(_union(list(dict.fromkeys(_types_of(each)))), each.pointer)
        for each in operation.responses
        if each.content and (each.is_error or each.status == "default")
    }


def _find(errors: dict[str, Use], status: str) -> Use | None:
    """What the runtime reads the body of a status as."""
    for key in (status, f"{status[:1]}XX", "default"):
        if (found := errors.get(key)) is not None:
            return found
    return None
