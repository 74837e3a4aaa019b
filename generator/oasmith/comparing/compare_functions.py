"""Compares the client functions: which there are, and what they call."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..building.api import Operation, RawBody
from ..layout.package import OperationModule, Package
from .change import Change
from .compare_answers import compare_answers
from .compare_arguments import compare_arguments
from .compare_headers import compare_headers
from .compare_pages import compare_pages
from .pairs import Pairs, Places


def compare_functions(pairs: Pairs) -> Iterator[Change]:
    """Tell what changes about the functions of a client."""
    matched = _match(pairs.old, pairs.new)
    for old, new in sorted(matched, key=lambda pair: _symbol(pair[0])):
        yield from _compare(pairs, old, new)
    kept_old = {old.module for old, _ in matched}
    kept_new = {new.module for _, new in matched}
    for each in _functions(pairs.old):
        if each.module not in kept_old:
            places = pairs.places(each.operation.pointer, None)
            yield Change("function-removed", _symbol(each), "is gone", *places)
    for each in _functions(pairs.new):
        if each.module not in kept_new:
            places = pairs.places(None, each.operation.pointer)
            yield Change("function-added", _symbol(each), "is new", *places)


def _functions(package: Package) -> Iterator[OperationModule]:
    for group in package.groups:
        yield from group.operations


def _symbol(module: OperationModule) -> str:
    return f"client.{module.group}.{module.function}"


def _match(old: Package, new: Package) -> list[tuple[OperationModule, OperationModule]]:
    """Match functions by where their operations stand, and others by their names."""
    by_pointer = {each.operation.pointer: each for each in _functions(new)}
    matched = [
        (each, by_pointer[each.operation.pointer])
        for each in _functions(old)
        if each.operation.pointer in by_pointer
    ]
    taken = {one.module for one, _ in matched}, {other.module for _, other in matched}
    by_name = {
        each.module: each for each in _functions(new) if each.module not in taken[1]
    }
    matched += [
        (each, by_name[each.module])
        for each in _functions(old)
        if each.module not in taken[0] and each.module in by_name
    ]
    return matched


def _compare(
    pairs: Pairs, old: OperationModule, new: OperationModule
) -> Iterator[Change]:
    symbol = _symbol(old)
    places = pairs.places(old.operation.pointer, new.operation.pointer)
    if _symbol(new) != symbol:
        yield Change("function-moved", symbol, f"is {_symbol(new)} now", *places)
    yield from _compare_calls(symbol, old.operation, new.operation, places)
    yield from _compare_bodies(symbol, old.operation, new.operation, places)
    yield from _compare_security(pairs, symbol, old.operation, new.operation)
    yield from compare_arguments(pairs, (symbol, _symbol(new)), old, new)
    yield from compare_answers(pairs, symbol, old.operation, new.operation)
    yield from compare_headers(pairs, old, new)
    yield from compare_pages(pairs, old, new)


def _compare_calls(
    symbol: str, old: Operation, new: Operation, places: Places
) -> Iterator[Change]:
    before, after = _endpoint(old), _endpoint(new)
    if before != after:
        text = f"calls {new.method} {new.path}, and called {old.method} {old.path}"
        yield Change("endpoint-changed", symbol, text, *places)
    if old.server != new.server:
        text = f"calls {_server(new)}, and called {_server(old)}"
        yield Change("server-changed", symbol, text, *places)
    if new.doc.deprecated and not old.doc.deprecated:
        yield Change("deprecated", symbol, "is deprecated", *places)
    elif old.doc.deprecated and not new.doc.deprecated:
        yield Change("undeprecated", symbol, "is no longer deprecated", *places)


def _endpoint(operation: Operation) -> tuple[str, str]:
    """What is called, whatever the parameters of the path are called."""
    return operation.method, re.sub(r"\{[^{}]*\}", "{}", operation.path)


def _server(operation: Operation) -> str:
    return f'"{operation.server}"' if operation.server else "the client's base URL"


def _compare_bodies(
    symbol: str, old: Operation, new: Operation, places: Places
) -> Iterator[Change]:
    """Tell that a body is written in another media type."""
    if old.body is None or new.body is None:
        return
    before, after = old.body.content_type, new.body.content_type
    if before == after:
        return
    text = f'sends "{after}", and sent "{before}"'
    # What a caller gives as it is to be sent must be something else now.
    is_raw = isinstance(old.body, RawBody) or isinstance(new.body, RawBody)
    code = "media-type-changed" if is_raw else "wire-changed"
    yield Change(code, symbol, text, *places)


def _compare_security(
    pairs: Pairs, symbol: str, old: Operation, new: Operation
) -> Iterator[Change]:
    """Tell whose credentials are no longer enough, and which are from now on."""
    before, after = _alternatives(pairs.old, old), _alternatives(pairs.new, new)
    places = pairs.places(old.pointer, new.pointer)
    if any(not any(each <= given for each in after) for given in before):
        text = f"needs {_say(after)}, and needed {_say(before)}"
        yield Change("credentials-needed", symbol, text, *places)
    elif any(not any(each <= given for each in before) for given in after):
        text = f"needs {_say(after)}, and needed {_say(before)}"
        yield Change("credentials-accepted", symbol, text, *places)


def _alternatives(package: Package, operation: Operation) -> list[frozenset[str]]:
    """The credentials that are enough, by the client's keywords."""
    keywords = {each.scheme.name: each.name for each in package.credentials}
    return [
        frozenset(keywords.get(name, name) for name in names)
        for names in operation.security or ((),)
    ]


def _say(alternatives: Sequence[frozenset[str]]) -> str:
    told = (" with ".join(sorted(each)) or "none" for each in alternatives)
    return " or ".join(dict.fromkeys(told))
