"""Compares what client functions take."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ..layout.package import OperationModule
from ..reading.spec import Value
from .arguments import Argument, arguments_of, positional_names
from .change import Change
from .compare_constraints import compare_constraints
from .match_names import match_names
from .pairs import Pairs
from .type_changes import Spot, Use, compare_uses

Arguments = dict[str, Argument]


def compare_arguments(
    pairs: Pairs, symbols: tuple[str, str], old: OperationModule, new: OperationModule
) -> Iterator[Change]:
    """Tell what changes about the arguments of a function.

    Args:
        symbols: The function, as a caller wrote it, and as one writes it now.
    """
    symbol, new_symbol = symbols
    before, after = arguments_of(old), arguments_of(new)
    matched = _match(before, after)
    for name, argument in before.items():
        found = after[matched[name]] if name in matched else None
        if found is None:
            text = "is no longer taken"
            yield _change(pairs, "argument-removed", symbol, text, argument, None)
            continue
        if found.name != name:
            text = f"is called {found.name} now"
            yield _change(pairs, "argument-renamed", symbol, text, argument, found)
        yield from _compare(pairs, symbol, argument, found)
    for name, argument in after.items():
        if name not in matched.values():
            yield _added(pairs, new_symbol, argument)
    yield from _compare_order(pairs, symbol, old, new)


def _match(before: Arguments, after: Arguments) -> dict[str, str]:
    """The new name of each argument.

    One of the path is known by its position, too, where there are as many as before.
    """
    matched = match_names(before, after, lambda each: each.wire[:2])
    taken = set(matched.values())
    old, new = positional_names(before), positional_names(after)
    for name, other in zip(old, new, strict=True) if len(old) == len(new) else ():
        if name not in matched and other not in taken:
            matched[name] = other
    return matched


def _compare(
    pairs: Pairs, function: str, old: Argument, new: Argument
) -> Iterator[Change]:
    def change(code: str, text: str) -> Change:
        return _change(pairs, code, function, text, old, new)

    if new.must_be_given and not old.must_be_given:
        yield change("argument-required", "must be given, and could be left out")
    elif old.must_be_given and not new.must_be_given:
        yield change("argument-optional", "may be left out, and had to be given")
    if old.is_positional and not new.is_positional:
        yield change("argument-keyword-only", "can only be passed by name")
    if old.wire != new.wire:
        yield change("wire-changed", "is sent in another way")
    spot = Spot(_symbol(function, old), ("sent",))
    yield from compare_uses(
        pairs, spot, Use(old.type, old.pointer), Use(new.type, new.pointer)
    )
    if old.doc.default != new.doc.default and not new.must_be_given:
        yield change("argument-default-changed", _tell_default(old, new))
    if new.is_checked:
        for code, text in compare_constraints(old.doc.constraints, new.doc.constraints):
            yield change(code, text)
    if new.doc.deprecated != old.doc.deprecated:
        yield (
            change("deprecated", "is deprecated")
            if new.doc.deprecated
            else change("undeprecated", "is no longer deprecated")
        )


def _added(pairs: Pairs, function: str, new: Argument) -> Change:
    if new.must_be_given:
        code, text = "argument-added-required", "is new, and must be given"
    else:
        code, text = "argument-added", "is new, and may be left out"
    return _change(pairs, code, function, text, None, new)


def _compare_order(
    pairs: Pairs, function: str, old: OperationModule, new: OperationModule
) -> Iterator[Change]:
    """Tell that what is passed by position arrives as something else."""
    before = positional_names(arguments_of(old))
    after = positional_names(arguments_of(new))
    if [each for each in before if each in after] != [
        each for each in after if each in before
    ]:
        yield Change(
            "argument-order",
            function,
            f"takes {', '.join(after)} in this order, and took {', '.join(before)}",
            *pairs.places(old.operation.pointer, new.operation.pointer),
        )


def _tell_default(old: Argument, new: Argument) -> str:
    before, after = old.doc.default, new.doc.default
    if after is None:
        return "has no default of the API any more"
    given = f"is {_say(after)} where it is left out"
    return given if before is None else f"{given}, and was {_say(before)}"


def _say(value: Value) -> str:
    return json.dumps(value.json, ensure_ascii=False)


def _symbol(function: str, argument: Argument) -> str:
    return f"{function}({argument.name}=)"


def _change(
    pairs: Pairs,
    code: str,
    function: str,
    text: str,
    old: Argument | None,
    new: Argument | None,
) -> Change:
    named = old or new
    assert named is not None
    return Change(
        code,
        _symbol(function, named),
        text,
        *pairs.places(old.pointer if old else None, new.pointer if new else None),
    )
