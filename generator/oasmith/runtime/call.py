# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""One call: its attempts, pauses and redirects, all of them before its deadline.

A call does nothing that takes time. It says what is to be done next and is told what
came of it, so the same rules hold for clients that block and for those that await.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Generator
from dataclasses import replace
from threading import TIMEOUT_MAX
from typing import TYPE_CHECKING, Any, Self, TypeVar

from .auth import Credentials, Signed
from .errors import ApiError, ConnectionFailed, SourceFailed, TransportError
from .operation import Operation
from .options import Options
from .request import Request, check_request
from .response import Response
from .retry import Retries, RetryQuota, insist, is_idempotent

if TYPE_CHECKING:
    from .cancellation import Cancellation
    from .errands import Errand
    from .transport import Transport

T = TypeVar("T")


class Wait:
    """See to it that an errand is begun, and wait until it is over, or for a time."""

    __slots__ = ("errand", "until")

    def __init__(self, errand: Errand, until: float) -> None:
        self.errand = errand
        self.until = until

    @property
    def seconds(self) -> float:
        return min(max(0.0, self.until - time.monotonic()), TIMEOUT_MAX)


Step = Request | Response | float | Wait
"""What is to be done: send a request, wait for a response's body, sleep so long, or
wait for what may be another call's doing."""

Steps = Generator[Step, Response | None, T]
"""Is told the response to each request, and leads to something. What goes wrong is
thrown into it."""

Attempt = Steps[Response | ConnectionFailed]
"""Sends a request once, and gives what went wrong where another attempt may help."""


class Call:
    """One operation that is carried out; counts the requests that this takes.

    Within ``with`` errors learn of the operation and of this count.

    Args:
        complete: Makes the request, with all but the credentials.
        deadline: When ``time.monotonic()`` comes to it, there is no further attempt.
        logger: The name of the logger that is told of it.
    """

    def __init__(
        self,
        operation: Operation[Any],
        complete: Callable[[], Request],
        options: Options,
        credentials: Credentials,
        quota: RetryQuota,
        deadline: float,
        logger: str,
    ) -> None:
        self.attempts = 0
        self._has_replaced = False
        self._operation = operation
        self._complete = complete
        self._options = options
        self._credentials = credentials
        self._quota = quota
        self._deadline = deadline
        self._logger = logger

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        failure = error.reason if isinstance(error, SourceFailed) else error
        if isinstance(failure, ApiError):
            # A hook may have made a call of its own, and that one failed.
            failure.attempts = failure.attempts or self.attempts
            failure.during(self._operation)
        if isinstance(error, SourceFailed):
            error.raise_reason()

    @property
    def runs_functions(self) -> bool:
        """Whether its steps run hooks or credentials' functions, which may block."""
        hooks = self._options.before_send or self._options.after_response
        return hooks is not None or self._credentials.has_functions

    def steps(self) -> Steps[Response]:
        """Lead to the response, which may be an error.

        Raises:
            MissingCredentials: There are none that would do.
            TransportError: No response arrived in time.
        """
        request = self._with_key(self._complete())
        response = yield from self._insist_signed(request)
        response.url = request.url
        if self._options.redirects:
            response = yield from self._follow(request, response)
        return response

    def _follow(self, request: Request, response: Response) -> Steps[Response]:
        # Few clients follow redirects, and the others need not import this.
        from .redirects import is_same_origin, redirect

        first, at_home = request.url, True
        for _ in range(self._options.redirects):
            onward = redirect(request, response)
            if onward is None:
                break
            response.close()
            request = onward
            # Whoever was sent elsewhere does not come back with the credentials.
            at_home = at_home and is_same_origin(first, request.url)
            insist = self._insist_signed if at_home else self._insist
            response = yield from insist(request)
            response.url = request.url
        return response

    def _insist_signed(self, request: Request) -> Steps[Response]:
        """Send a request with the credentials, and with a new token if one is refused.

        A request that was refused with 401 was not processed, so that any can be sent
        again (RFC 9110 section 15.5.2).
        """
        signed = yield from self._sign(request)
        response = yield from self._insist(signed.request)
        if (
            response.status == 401
            and not self._has_replaced
            and self._credentials.replace_tokens(signed, self._operation)
            and request.is_repeatable
        ):
            self._has_replaced = True
            signed = yield from self._sign(request)
            response = yield from self._insist(signed.request)
            if response.status == 401:
                self._credentials.note_futility(self._operation)
        return response

    def _insist(self, request: Request) -> Steps[Response]:
        """Send a request, again where that is safe and there is time for it."""
        retries = Retries(
            self._options.retries,
            self._deadline,
            self._quota,
            has_key=self._has_key(request),
            tell=self._tell_pause,
        )
        return insist(request, self._attempt, retries)

    def _attempt(self, request: Request) -> Attempt:
        """Send a request once, and show it and its response to the hooks.

        What hooks raise leaves the call, also where they lost a connection themselves.
        """
        before, after = self._options.before_send, self._options.after_response
        if before is not None:
            request = _changed(request, before(request))
        check_request(request)
        try:
            response = yield from self._exchange(request)
        except ConnectionFailed as failure:
            return failure
        if after is not None:
            try:
                after(request, response)
            except BaseException:
                response.close()
                raise
        return response

    def _exchange(self, request: Request) -> Steps[Response]:
        self.attempts += 1
        start = time.monotonic()
        response = yield request
        assert response is not None, "a request is answered"
        response.attempts = self.attempts
        response.on_mismatch = self._options.on_mismatch
        operation = self._operation
        if not operation.streams_at(response.status) or response.is_empty:
            yield response
        self._log(
            "DEBUG",
            "%s: %s %s answered %d after %.3f s",
            operation.name,
            operation.method,
            operation.path,
            response.status,
            time.monotonic() - start,
        )
        return response

    def _sign(self, request: Request) -> Steps[Signed]:
        return self._credentials.sign(request, self._operation, self._deadline)

    def _with_key(self, request: Request) -> Request:
        """The request with a key that all of its attempts have, if it needs one."""
        header = self._options.idempotency_header
        if header is None or is_idempotent(request.method):
            return request
        if any(name.lower() == header.lower() for name in request.headers):
            return request
        headers = {**request.headers, header: os.urandom(16).hex()}
        return Request(
            request.method, request.url, headers, request.content, request.idle_timeout
        )

    def _has_key(self, request: Request) -> bool:
        header = self._options.idempotency_header
        return header is not None and any(
            name.lower() == header.lower() for name in request.headers
        )

    def _tell_pause(self, seconds: float) -> None:
        self._log("INFO", "%s is sent again in %.2f s", self._operation.name, seconds)

    def _log(self, level: str, message: str, *values: object) -> None:
        """Tell the logger; what is told has no argument of the call in it.

        Who has not imported logging reads no logs, and does not pay for its import.
        """
        logging = sys.modules.get("logging")
        if logging is not None:
            logger = logging.getLogger(self._logger)
            logger.log(getattr(logging, level), message, *values)


def _changed(request: Request, given: Request | None) -> Request:
    """What a hook gives is sent; how the response is read is not the hook's affair."""
    if given is None:
        return request
    return replace(
        given,
        idle_timeout=request.idle_timeout,
        cancellation=request.cancellation,
    )


def carry_out(steps: Steps[T], transport: Transport, deadline: float) -> T:
    """Do steps one after the other, and wait for each.

    Raises:
        TransportError: No response arrived in time.
    """
    while isinstance(result := carry_on(steps, transport, deadline), Wait):
        # Few calls come here: to where one does what others wait for, too.
        from .errands import wait_for

        wait_for(result, transport)
    return result


def carry_on(
    steps: Steps[T],
    transport: Transport,
    deadline: float,
    cancellation: Cancellation | None = None,
) -> T | Wait:
    """Do steps as ``carry_out`` does, but leave it to the caller to wait for an errand.

    Called again with the same steps, it goes on with them.

    Raises:
        TransportError: No response arrived in time, or the call was cancelled.
    """
    answer: Response | None
    try:
        step = steps.send(None)
        while True:
            try:
                answer = None
                match step:
                    case Request():
                        if cancellation is not None:
                            step = _cancellable(step, cancellation)
                        answer = transport.send(step, deadline)
                    case Response():
                        step.wait()
                    case Wait():
                        return step
                    case _ if cancellation is None:
                        time.sleep(step)
                    case _:
                        cancellation.pause(step)
            except TransportError as error:
                if cancellation is not None:
                    cancellation.check()
                step = steps.throw(error)
            else:
                step = steps.send(answer)
    except StopIteration as end:
        result: T = end.value
        return result


def _cancellable(request: Request, cancellation: Cancellation) -> Request:
    return Request(
        request.method,
        request.url,
        request.headers,
        request.content,
        request.idle_timeout,
        cancellation,
    )
