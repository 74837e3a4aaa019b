# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""What becomes of a value that is not what the API description promises.

It is an error, unless the client was told to go on. Then the value is put back where it
was, marked as one to be kept, and all is decoded again: so decoders of values that are
as promised have nothing to do with this, and are not slower for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Never, TypeVar

from .errors import DecodeError
from .kinds import describe, is_array, is_object
from .unset import UNSET

T = TypeVar("T")

OnMismatch = Callable[[DecodeError], object]
"""Is told of each value that is kept as it is; the error says where, and what."""

_MOST = 100
"""How many values of one answer are kept before it is an error after all."""


class Kept:
    """A value that is kept as it is, whatever it should be."""

    # No dataclass: every program would wait a millisecond for it to be made.
    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value


if TYPE_CHECKING:

    def refuse(expected: str, value: object, *path: str) -> Never:
        """Give a value that is to be kept, in place of what was expected.

        Checkers take it for one that never returns: what it gives has another type
        than what is promised, for whoever asked for that.

        Args:
            path: The key of the value, where its object is what was decoded.

        Raises:
            DecodeError: It is not to be kept.
        """
        ...

else:

    def refuse(expected, value, *path):
        if type(value) is Kept:
            return value.value
        raise DecodeError(expected, describe(value), *path)


def decode_patiently(
    decode: Callable[[Any], T], value: Any, told: Callable[[DecodeError], object]
) -> T:
    """Decode a JSON value, and keep as it is what is not as promised.

    Raises:
        DecodeError: There is too much of that.
    """
    root: list[Any] = [value]
    seen: set[str] = set()
    while True:
        try:
            return decode(root[0])
        except DecodeError as error:
            if error.pointer in seen or len(seen) == _MOST:
                raise
            seen.add(error.pointer)
            _keep(root, error.keys)
            told(error)


def _keep(root: list[Any], path: Sequence[str | int]) -> None:
    """Mark the value at a path, or what is missing there, as one to be kept."""
    holder: Any = root
    key: Any = 0
    for following in path:
        holder, key = holder[key], following
    try:
        old = holder[key]
    except KeyError:
        old = UNSET
    holder[key] = Kept(plain(old))


def plain(value: Any) -> Any:
    """A value without marks in it; what was missing is missing again."""
    if isinstance(value, Kept):
        return value.value
    if is_object(value):
        items = ((key, plain(item)) for key, item in value.items())
        return {key: item for key, item in items if item is not UNSET}
    return [plain(item) for item in value] if is_array(value) else value
