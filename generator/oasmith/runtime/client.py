# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""The client that blocks: base URL, credentials, deadline and retries."""

from __future__ import annotations

import time
from copy import copy
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, Unpack

from .auth import Credentials
from .call import Call, Steps, Wait, carry_on, carry_out
from .errors import DecodeError
from .operation import Operation
from .options import OptionChanges, Options
from .request import Request, check_base_url
from .response import Response
from .retry import RetryQuota
from .transport import HttpTransport, Transport

if TYPE_CHECKING:
    from .cancellation import Cancellation
    from .errands import Errand

R = TypeVar("R")

_ABSOLUTE = ("http://", "https://")

_HEADERS = {
    "Accept": "application/json, */*;q=0.5",
    # Some APIs refuse those that don't say what they are.
    "User-Agent": "oasmith",
}


class BaseClient:
    """Signs requests, sends them, and sends them again where that is safe."""

    _logger: ClassVar[str] = __name__.rpartition(".")[0]
    """The name of the package whose client it is; others may share this runtime."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if BaseClient in cls.__bases__:
            cls._logger = cls.__module__.rpartition(".")[0]

    def __init__(
        self,
        credentials: Credentials,
        *,
        base_url: str | None,
        default_base_url: str,
        timeout: float = 60.0,
        retries: int = 2,
        transport: Transport | None = None,
    ) -> None:
        self._credentials = credentials
        self._base_url = None if base_url is None else check_base_url(base_url)
        self._default_base_url = default_base_url
        self._options = Options(timeout=timeout, retries=retries)
        self._transport = HttpTransport() if transport is None else transport
        self._quota = RetryQuota()

    def with_options(self, **changes: Unpack[OptionChanges]) -> Self:
        """A client like this one, and with the same connections.

        Args:
            changes: What is not as it is here; ``Options`` says what there is.
        """
        other = copy(self)
        other._options = replace(self._options, **changes)
        return other

    def send(self, operation: Operation[R], request: Request) -> R:
        """Carry out an operation within the time that a call may take."""
        deadline = self.deadline()
        with self.begin_call(deadline, operation, request) as call:
            return operation.read(carry_out(call.steps(), self._transport, deadline))

    def send_on(
        self,
        steps: Steps[Response],
        deadline: float,
        operation: Operation[R],
        cancellation: Cancellation,
    ) -> R | Wait:
        """Carry out an operation, or a part of it that ends where others' doing begins.

        Called again with the same steps, it goes on with them.
        """
        result = carry_on(steps, self._transport, deadline, cancellation)
        return result if isinstance(result, Wait) else operation.read(result)

    def run_errand(
        self, errand: Errand, steps: Steps[Any], cancellation: Cancellation
    ) -> None:
        """Do the steps of an errand that was begun."""
        from .errands import run_errand

        run_errand(
            errand,
            steps,
            self._transport,
            until=errand.until,
            cancellation=cancellation,
        )

    def begin_call(
        self, deadline: float, operation: Operation[Any], request: Request
    ) -> Call:
        """Make what leads through one call."""
        complete = partial(self._complete, operation, request)
        return Call(
            operation,
            complete,
            self._options,
            self._credentials,
            self._quota,
            deadline,
            self._logger,
        )

    def deadline(self) -> float:
        """When a call that begins now must have ended, by ``time.monotonic()``."""
        return time.monotonic() + self._options.timeout

    def with_transport(self, transport: Transport) -> Self:
        """A client like this one that sends its requests over something else."""
        other = copy(self)
        other._transport = transport
        return other

    def close(self) -> None:
        """Close the connections, also those of clients made by ``with_options``."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def _complete(self, operation: Operation[Any], request: Request) -> Request:
        base_url = self._base_url or check_base_url(
            operation.server or self._default_base_url
        )
        given = {name.lower() for name in request.headers}
        headers = {
            name: _HEADERS[name] for name in _HEADERS if name.lower() not in given
        }
        headers.update(request.headers)
        idle_timeout = self._options.timeout if operation.streams else None
        url = request.url
        if url.startswith(_ABSOLUTE):
            from .redirects import is_same_origin

            # It was in an answer, and what goes there has the credentials.
            if not is_same_origin(base_url, url):
                expected = "a next page of the same origin as the base URL"
                raise DecodeError(expected, "one of another")
        else:
            url = base_url + url
        return Request(request.method, url, headers, request.content, idle_timeout)
