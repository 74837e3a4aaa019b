# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""What a server answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from os import PathLike
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar, runtime_checkable

from .errors import ApiError, DecodeError, TransportError
from .mismatch import decode_patiently

if TYPE_CHECKING:
    from .operation import Operation


T = TypeVar("T")

LONGEST_ERROR = 1024 * 1024
"""How much of an error's body is read; a longer one is cut off."""


class Body(Protocol):
    """The body of a response that is still on its way, unpacked if it is packed."""

    def read(self) -> bytes:
        """Give all that is left of it."""
        ...

    def __iter__(self) -> Iterator[bytes]:
        """Give the pieces as they arrive."""
        ...

    def close(self) -> None:
        """Give up what is left; a read that is under way in another thread ends."""
        ...


@runtime_checkable
class FinishableBody(Body, Protocol):
    """A body that can be told that nothing of it is wanted any more, as it is over."""

    def finish(self) -> None:
        """Keep the connection if the rest is short and comes at once, or else close."""
        ...


@runtime_checkable
class AsyncBody(Body, Protocol):
    """A body that can be awaited where it arrives; elsewhere it is waited for."""

    async def read_async(self, is_error: bool) -> bytes:
        """Give all of it; of an error only what is worth it."""
        ...


class Response:
    """An answer, of which the body may still be on its way.

    Such a one holds a connection until its body has been read or it is closed, which
    ``with`` does at the end of its block.

    Args:
        status: The status code.
        headers: By name in lower case; what was sent more than once is joined by ", ".
        content: The body, unpacked if it was sent packed.
    """

    __slots__ = (
        "_body",
        "_is_spent",
        "attempts",
        "envelope",
        "headers",
        "on_mismatch",
        "operation",
        "parsed",
        "status",
        "url",
    )

    def __init__(
        self, status: int, headers: Mapping[str, str], content: bytes | Body
    ) -> None:
        self.status = status
        self.headers = headers
        self.url = ""
        """What was asked for, without credentials, once that is known."""
        self.attempts = 0
        """How many requests were sent for the call, this one's with them."""
        self.operation: Operation[Any] | None = None
        """What it answers, once that is known."""
        self.envelope: object = None
        """What was decoded, where a function returns but a part of that."""
        self.on_mismatch: Callable[[DecodeError], object] | None = None
        self.parsed: list[Any] | None = None
        """Gets the JSON of the body once it is parsed; None if it is needed no more."""
        self._body = content
        self._is_spent = False

    @property
    def is_empty(self) -> bool:
        """Whether its head says that there is no body to come."""
        length = self.headers.get("content-length")
        return length == "0" or self.status in (204, 304)

    @property
    def content(self) -> bytes:
        """The body; what is still on its way is waited for.

        Raises:
            TransportError: It did not arrive, or is larger than a body may be.
        """
        body = self._body
        return body if isinstance(body, bytes) else self._read(body)

    def wait(self) -> None:
        """Wait until the body has arrived, or enough of it where it is an error's.

        Raises:
            TransportError: It did not arrive, or is larger than a body may be.
        """
        body = self._body
        if isinstance(body, bytes):
            return
        if self.status < 400:
            self._read(body)
            return
        begun = bytearray()
        for piece in self:
            begun += piece
            if len(begun) > LONGEST_ERROR:
                break
        body.close()
        self._body = bytes(begun[:LONGEST_ERROR])

    async def wait_async(self) -> None:
        """Await what ``wait`` waits for, where the transport is asynchronous."""
        body = self._body
        if isinstance(body, bytes):
            return
        if isinstance(body, AsyncBody):
            self._body = await body.read_async(self.status >= 400)
        else:
            self.wait()

    def _check_unread(self) -> None:
        if self._is_spent and not isinstance(self._body, bytes):
            raise TransportError("the body has been gone through already")

    def _read(self, body: Body) -> bytes:
        self._check_unread()
        content = self._body = body.read()
        return content

    def __iter__(self) -> Iterator[bytes]:
        """Give the pieces of the body as they arrive, each once.

        Raises:
            TransportError: The body ended too early.
        """
        body = self._body
        if isinstance(body, bytes):
            yield from (body,) if body else ()
            return
        self._check_unread()
        self._is_spent = True
        try:
            yield from body
        except ApiError as error:
            if self.operation is not None:
                error.during(self.operation)
            raise
        finally:
            body.close()

    def save_to(self, path: str | PathLike[str]) -> None:
        """Write the body to a file as it arrives; what is there is written over.

        Raises:
            TransportError: The body ended too early, or was gone through before.
        """
        self._check_unread()
        with open(path, "wb") as file:
            for piece in self:
                file.write(piece)

    def finish(self) -> None:
        """Give up what is left of a body that is as good as over."""
        if isinstance(self._body, FinishableBody):
            self._body.finish()
        else:
            self.close()

    def close(self) -> None:
        """Give up what is left of the body."""
        if not isinstance(self._body, bytes):
            self._body.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def decode(self, decode: Callable[[Any], T], value: Any, *place: str | int) -> T:
        """Decode a JSON value of the body.

        Args:
            place: The keys that lead to it, where it is not the whole.

        Raises:
            DecodeError: It is not what is promised, and nobody said to go on.
        """
        if self.on_mismatch is None:
            return decode(value)
        return decode_patiently(decode, value, partial(self._tell, place))

    def _tell(self, place: Sequence[str | int], error: DecodeError) -> None:
        for key in reversed(place):
            error.inside(key)
        error.response = self
        if self.operation is not None:
            error.during(self.operation)
        if self.on_mismatch is not None:
            self.on_mismatch(error)

    def __reduce__(self) -> tuple[object, ...]:
        # What is still on its way, and who waits for it, stay in this process.
        content = self._body if isinstance(self._body, bytes) else b""
        told = {name: getattr(self, name) for name in ("attempts", "envelope", "url")}
        return Response, (self.status, self.headers, content), (None, told)

    def __repr__(self) -> str:
        return f"Response({self.status})"
