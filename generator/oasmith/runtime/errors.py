# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""The errors of a call.

ApiError
  InvalidArgument       an argument breaks a rule of the API; nothing was sent
  MissingCredentials    the client has no credentials that would do; nothing was sent
    TokenRefused        the authorization server gave no access token
  TransportError        no whole response arrived
    ConnectionFailed    the server could not be reached, or hung up
    DeadlineExceeded    the call took longer than it may
  StatusError           the API answered with an error status
  DecodeError           the answer is not what the API description promises
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from .operation import Operation
    from .response import Response


class ApiError(Exception):
    """The root of every error that a call raises."""

    operation = ""
    """The name of the operation, or "" where it is not known."""

    method = ""

    path = ""
    """The path template, with the names of its parameters and not their values."""

    attempts = 0
    """How many requests were sent for the call."""

    def during(self, operation: Operation[Any]) -> None:
        """Note which operation failed, unless that is known already."""
        if not self.operation:
            self.operation = operation.name
            self.method = operation.method
            self.path = operation.path

    def __str__(self) -> str:
        if not self.operation:
            return self._describe()
        place = f"{self.operation} ({self.method} {self.path})"
        after = f" ({self.attempts} attempts)" if self.attempts > 1 else ""
        return f"{place}: {self._describe()}{after}"

    def _describe(self) -> str:
        return ", ".join(str(argument) for argument in self.args)


class InvalidArgument(ApiError, ValueError):
    """An argument breaks a rule of the API; nothing was sent."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(name, problem)
        self.name = name
        self.problem = problem

    def _describe(self) -> str:
        return f"{self.name} {self.problem}"


class MissingCredentials(ApiError):
    """The client has none of the credentials that the operation accepts."""


class TokenRefused(MissingCredentials):
    """The authorization server gave no access token; the API was not called.

    ``error`` is its code ("invalid_grant", RFC 6749 section 5.2) and ``description``
    its explanation, each "" where it gave none, or one that repeats a secret.
    """

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(status, error, description)
        self.status = status
        self.error = error
        self.description = description

    def _describe(self) -> str:
        told = (
            f"the authorization server answered {self.status} without an access token"
        )
        reason = ": ".join(filter(None, [self.error, self.description]))
        return f"{told} ({reason})" if reason else told


class TransportError(ApiError):
    """No whole response arrived; ``__cause__`` has the reason."""


class ConnectionFailed(TransportError):
    """The server could not be reached, or hung up before its response was whole.

    ``sent`` is False only when the server certainly saw nothing of the request.
    """

    def __init__(self, problem: str, sent: bool) -> None:
        super().__init__(problem, sent)
        self.sent = sent

    def _describe(self) -> str:
        return str(self.args[0])


class DeadlineExceeded(TransportError, TimeoutError):
    """The call took longer than it may."""


class Closed(TransportError):
    """What carries a call was closed: its client, its transport or its response.

    Callers see a TransportError. It says nothing to calls that go on elsewhere.
    """


class SourceFailed(ApiError):
    """What the caller gave to be sent raised an error, which leaves the call instead.

    It is no other error until then, so that no transport takes it for the network's.
    """

    def __init__(self, reason: Exception) -> None:
        super().__init__(reason)
        self.reason = reason

    def raise_reason(self) -> NoReturn:
        """Raise the caller's own error, and leave it as it was."""
        context = self.reason.__context__
        try:
            raise self.reason
        finally:
            self.reason.__context__ = context


class StatusError(ApiError):
    """The API answered with an error status, or with one that is not described.

    ``body`` is the decoded error where the description has one for this status
    and the response kept to it, otherwise None.
    """

    def __init__(self, response: Response, body: object) -> None:
        super().__init__(response, body)
        self.status = response.status
        self.headers = response.headers
        self.content = response.content
        self.body = body

    def _describe(self) -> str:
        told = f"the API answered {self.status}"
        if self.body is not None:
            return f"{told}: {self.body!r:.500}"
        if self.content:
            return f"{told}: {self.content[:200].decode(errors='replace')!r}"
        return told


class DecodeError(ApiError):
    """A value is not what the API description promises.

    The message tells the place and the types, and never the value.
    """

    response: Response | None = None
    """What the API answered, where the value came from there."""

    def __init__(self, expected: str, got: str, *path: str | int) -> None:
        super().__init__(expected, got, *path)
        self.expected = expected
        self.got = got
        self._path = list(path)

    def inside(self, key: str | int) -> None:
        """Note a key that the value is below; called from the inside outwards."""
        self._path.append(key)

    @property
    def depth(self) -> int:
        return len(self._path)

    @property
    def keys(self) -> Sequence[str | int]:
        """The keys that lead to the value, from the outside inwards."""
        return self._path[::-1]

    @property
    def pointer(self) -> str:
        """Where the value stands, as a JSON Pointer (RFC 6901): "/result/0/id"."""
        keys = map(str, self.keys)
        return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in keys)

    def _describe(self) -> str:
        place = f"at {self.pointer}: " if self._path else ""
        return f"{place}expected {self.expected}, got {self.got}"
