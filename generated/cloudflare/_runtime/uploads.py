# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Bytes to send that are not all in memory: files, and what is open for reading."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from typing import Protocol, TypeGuard, runtime_checkable

from .errors import InvalidArgument, SourceFailed
from .kinds import describe

_SIZE = 64 * 1024


@runtime_checkable
class Readable(Protocol):
    """A file that is open in binary mode, or what reads like one."""

    def read(self, size: int, /) -> bytes: ...


@runtime_checkable
class _Seekable(Readable, Protocol):
    def seek(self, offset: int, whence: int = 0, /) -> int: ...

    def tell(self) -> int: ...


FileSource = bytes | os.PathLike[str] | Readable
"""Bytes, the path of a file, or something that is open for reading."""


def is_source(value: object) -> TypeGuard[FileSource]:
    # A model may have a property "read".
    is_file = isinstance(value, Readable) and callable(value.read)
    return is_file or isinstance(value, bytes | os.PathLike)


class Upload:
    """The body of a request in pieces, which are read when they are sent.

    What is open is read from where it stands, and a file up to the length that it had
    when the upload was made.

    Args:
        name: The argument that it comes from, for errors.
        sources: What gives the bytes; iterators of bytes can be read only once.

    Raises:
        InvalidArgument: A file can't be read, or something gives no bytes.
    """

    def __init__(
        self, name: str, sources: Iterable[FileSource | Iterator[bytes]]
    ) -> None:
        self._name = name
        self._begun = False
        try:
            self._parts = [_measure(name, source) for source in sources]
        except (OSError, ValueError) as error:
            raise _unreadable(name, error) from error
        lengths = [part.length for part in self._parts if part.length is not None]
        is_known = len(lengths) == len(self._parts)
        self.length = sum(lengths) if is_known else None
        """How many bytes there are, where that is known before they are read."""

    @property
    def is_repeatable(self) -> bool:
        """Whether all of it can be sent, even if it was sent before."""
        return not self._begun or self.length is not None

    def __iter__(self) -> Iterator[bytes]:
        """Read all of it.

        Raises:
            InvalidArgument: A file can't be read, or something gives no bytes.
            SourceFailed: What is the caller's own raised an error.
        """
        self._begun = True
        for part in self._parts:
            left = part.length
            pieces = part.open()
            while left != 0 and (piece := self._next(pieces)):
                if left is not None:
                    piece = piece[:left]
                    left -= len(piece)
                yield piece
            if left:
                raise InvalidArgument(self._name, "has become shorter meanwhile")

    def _next(self, pieces: Iterator[object]) -> bytes:
        try:
            piece = next(pieces, b"")
        except InvalidArgument:
            raise
        except Exception as error:
            raise SourceFailed(error) from error
        if isinstance(piece, bytes):
            return piece
        raise InvalidArgument(self._name, f"must give bytes, not {describe(piece)}")


def _unreadable(name: str, error: Exception) -> InvalidArgument:
    if isinstance(error, InvalidArgument):
        return error
    return InvalidArgument(name, f"can't be read: {error}")


class _Part:
    """What gives some of the bytes.

    Args:
        length: How many, where they can be read more than once.
        open: Begins to read them.
    """

    __slots__ = ("length", "open")

    def __init__(
        self, length: int | None, open: Callable[[], Iterator[object]]
    ) -> None:
        self.length = length
        self.open = open


def _measure(name: str, source: object) -> _Part:
    if isinstance(source, bytes):
        return _Part(len(source), lambda: iter((source,)))
    if _is_path(source):
        path = os.fspath(source)
        with open(path, "rb") as file:
            return _Part(file.seek(0, os.SEEK_END), partial(_read_path, name, path))
    if isinstance(source, _Seekable):
        with suppress(OSError):  # A pipe has these methods, but they don't work.
            start, end = source.tell(), source.seek(0, os.SEEK_END)
            source.seek(start)
            return _Part(max(0, end - start), partial(_read_from, source, start))
    if isinstance(source, Readable):
        return _Part(None, partial(_read_on, source))
    if _is_iterator(source):
        return _Part(None, lambda: source)
    raise InvalidArgument(name, f"must be bytes or a file, not {describe(source)}")


def _is_path(source: object) -> TypeGuard[os.PathLike[str]]:
    return isinstance(source, os.PathLike)


def _is_iterator(source: object) -> TypeGuard[Iterator[object]]:
    return isinstance(source, Iterator)


def _read_path(name: str, path: str) -> Iterator[object]:
    try:
        with open(path, "rb") as file:
            yield from _read_on(file)
    except OSError as error:
        raise _unreadable(name, error) from error


def _read_from(file: _Seekable, start: int) -> Iterator[object]:
    file.seek(start)
    yield from _read_on(file)


def _read_on(file: Readable) -> Iterator[object]:
    while (piece := file.read(_SIZE)) != b"":
        yield piece
