# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Groups: the functions of one tag as methods, each imported when it is first used."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, TypeVar

from .operation import AsyncSender, Operation, Sender
from .request import Request

R = TypeVar("R")


class _Methods:
    """Finds a method in the module of its name, beside the one of the group."""

    _operations: ClassVar[Sequence[str]]
    _pages: ClassVar[Mapping[str, str]] = {}
    """The functions that give all pages, each with the one that gives a page."""
    _suffix: ClassVar[str] = ""

    if not TYPE_CHECKING:  # Checkers see what the groups declare, and nothing more.

        def __getattr__(self, name):
            group = type(self)
            if name not in group._operations and name not in group._pages:
                raise AttributeError(f"{group.__name__!r} has no attribute {name!r}")
            module = f"{group.__module__}.{group._pages.get(name, name)}"
            __import__(module)
            function = getattr(sys.modules[module], name + group._suffix)
            setattr(group, name, function)
            return getattr(self, name)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._operations, *self._pages]


class Group(_Methods):
    """The operations of one tag, for one client."""

    def __init__(self, client: Sender) -> None:
        self._client = client

    def send(self, operation: Operation[R], request: Request) -> R:
        return self._client.send(operation, request)


class AsyncGroup(_Methods):
    """The asynchronous operations of one tag, for one client."""

    _suffix = "_async"

    def __init__(self, client: AsyncSender) -> None:
        self._client = client

    async def send(self, operation: Operation[R], request: Request) -> R:
        return await self._client.send(operation, request)
