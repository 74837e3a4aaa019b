# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""One call: its attempts, pauses and redirects, all of them before its deadline."""

from __future__ import annotations

import os
import sys
import time
from typing import Any

from .auth import Credentials
from .errors import ConnectionFailed
from .operation import Operation
from .options import Options
from .redirects import is_same_origin, redirect
from .request import Request, check_request
from .response import Response
from .retry import RetryQuota, is_idempotent, pause_before_retry
from .transport import Transport


class Call:
    """Carries out one operation, and counts the requests that this takes.

    Args:
        deadline: When ``time.monotonic()`` comes to it, there is no further attempt.
    """

    def __init__(
        self,
        operation: Operation[Any],
        options: Options,
        credentials: Credentials,
        transport: Transport,
        quota: RetryQuota,
        deadline: float,
    ) -> None:
        self.attempts = 0
        self._operation = operation
        self._options = options
        self._credentials = credentials
        self._transport = transport
        self._quota = quota
        self._deadline = deadline

    def respond(self, request: Request) -> Response:
        """Give the response, which may be an error.

        Args:
            request: It has all but the credentials.

        Raises:
            MissingCredentials: There are none that would do.
            TransportError: No response arrived in time.
        """
        request = self._with_key(request)
        response = self._insist(self._sign(request))
        first = request.url
        for _ in range(self._options.redirects):
            onward = redirect(request, response)
            if onward is None:
                break
            response.close()
            request = onward
            at_home = is_same_origin(first, request.url)
            response = self._insist(self._sign(request) if at_home else request)
        response.url = request.url
        return response

    def _insist(self, request: Request) -> Response:
        """Send a request, again where that is safe and there is time for it."""
        options = self._options
        has_key = self._has_key(request)
        for attempt in range(options.retries):
            outcome: Response | ConnectionFailed
            try:
                outcome = self._send(request)
            except ConnectionFailed as error:
                outcome = error
            pause = pause_before_retry(request, outcome, attempt, has_key=has_key)
            if (
                pause is None
                or time.monotonic() + pause >= self._deadline
                or not self._quota.take()
            ):
                break
            _log("INFO", "%s is sent again in %.2f s", self._operation.name, pause)
            time.sleep(pause)
        else:
            outcome = self._send(request)
        if isinstance(outcome, ConnectionFailed):
            raise outcome
        self._quota.note(outcome.status, self.attempts)
        return outcome

    def _send(self, request: Request) -> Response:
        self.attempts += 1
        options = self._options
        if options.before_send is not None:
            request = options.before_send(request) or request
        check_request(request)
        start = time.monotonic()
        response = self._transport.send(request, self._deadline)
        response.on_mismatch = options.on_mismatch
        if request.idle_timeout is None or response.status >= 400:
            response.wait()
        operation = self._operation
        _log(
            "DEBUG",
            "%s: %s %s answered %d after %.3f s",
            operation.name,
            operation.method,
            operation.path,
            response.status,
            time.monotonic() - start,
        )
        if options.after_response is not None:
            options.after_response(request, response)
        return response

    def _sign(self, request: Request) -> Request:
        return self._credentials.sign(request, self._operation)

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


def _log(level: str, message: str, *values: object) -> None:
    """Tell the logger of the package; what is told has no argument of the call in it.

    Who has not imported logging reads no logs, and does not pay for its import.
    """
    logging = sys.modules.get("logging")
    if logging is not None:
        logger = logging.getLogger(__name__.partition("._runtime")[0])
        logger.log(getattr(logging, level), message, *values)
