"""Pieces of Python text that know what they need imported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..layout.package import Symbol

_NONE: frozenset[Symbol] = frozenset()


@dataclass(frozen=True, slots=True)
class Code:
    """An expression or statement, and the symbols that its text uses."""

    text: str
    symbols: frozenset[Symbol] = _NONE


def use(symbol: Symbol) -> Code:
    """Use a symbol by its name."""
    return Code(symbol.name, frozenset([symbol]))


def fill(template: str, *parts: Code) -> Code:
    """Put pieces into the ``{}`` of a template."""
    text = template.format(*(part.text for part in parts))
    return Code(text, _NONE.union(*(part.symbols for part in parts)))


def join(separator: str, parts: Iterable[Code]) -> Code:
    """Put pieces one after another."""
    listed = list(parts)
    text = separator.join(part.text for part in listed)
    return Code(text, _NONE.union(*(part.symbols for part in listed)))


def symbols_of(parts: Iterable[Code]) -> frozenset[Symbol]:
    return _NONE.union(*(part.symbols for part in parts))
