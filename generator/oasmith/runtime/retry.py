# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""When a request is sent again, how long to wait before that, and how often in all."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

from .errors import ConnectionFailed
from .request import Request
from .response import Response

if TYPE_CHECKING:
    from .call import Attempt, Steps

_IDEMPOTENT = frozenset({"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "QUERY"})
"""RFC 9110 section 9.2.2, and the QUERY method."""

_PASSING = frozenset({408, 429, 500, 502, 503, 504})
_LONGEST_PAUSE = 8.0
_QUOTA = 500
_COST = 5


class RetryQuota:
    """How many retries all calls of a client have left; successes give some back.

    An outage is not multiplied: after 100 retries that came to nothing there are none
    until calls succeed again. The numbers are those of the AWS SDKs' standard mode.
    """

    def __init__(self) -> None:
        self._left = _QUOTA
        self._lock = Lock()

    def take(self) -> bool:
        """Take one retry, if there is one left."""
        with self._lock:
            if self._left < _COST:
                return False
            self._left -= _COST
            return True

    def note(self, status: int, attempts: int) -> None:
        """Give back what a call took that came to an end, or a little if none."""
        if self._left < _QUOTA and status not in _PASSING:
            with self._lock:
                back = _COST if attempts > 1 else 1
                self._left = min(_QUOTA, self._left + back)


class Retries:
    """How often one request may be sent again, and until when.

    Args:
        most: How often at most.
        deadline: When ``time.monotonic()`` comes to it, there is no further attempt.
        quota: What the retries are taken from.
        has_key: Whether the API knows the request when it comes again.
        tell: Is told the seconds of each pause.
    """

    __slots__ = (
        "_deadline",
        "_has_key",
        "_most",
        "_tell",
        "count",
        "lack_time",
        "quota",
    )

    def __init__(
        self,
        most: int,
        deadline: float,
        quota: RetryQuota,
        *,
        has_key: bool,
        tell: Callable[[float], object] | None = None,
    ) -> None:
        self._most = most
        self._deadline = deadline
        self._has_key = has_key
        self._tell = tell
        self.quota = quota
        self.count = 0
        """How many were taken."""
        self.lack_time = False
        """Whether one was not taken for want of time."""

    def take(
        self, request: Request, outcome: Response | ConnectionFailed
    ) -> float | None:
        """The seconds to wait before the next attempt, or None if there is none."""
        if self.count >= self._most:
            return None
        pause = pause_before_retry(request, outcome, self.count, has_key=self._has_key)
        if pause is None:
            return None
        self.lack_time = time.monotonic() + pause >= self._deadline
        if self.lack_time or not self.quota.take():
            return None
        self.count += 1
        if self._tell is not None:
            self._tell(pause)
        return pause


def insist(
    request: Request, attempt: Callable[[Request], Attempt], retries: Retries
) -> Steps[Response]:
    """Send a request, again where that is safe and there is time for it.

    Raises:
        ConnectionFailed: No response arrived at the last attempt.
    """
    while True:
        outcome = yield from attempt(request)
        pause = retries.take(request, outcome)
        if pause is None:
            break
        yield pause
    if isinstance(outcome, ConnectionFailed):
        raise outcome
    retries.quota.note(outcome.status, retries.count + 1)
    return outcome


def is_idempotent(method: str) -> bool:
    return method in _IDEMPOTENT


def is_passing(response: Response) -> bool:
    """Whether the same request may be answered otherwise later."""
    return response.status in _PASSING


def pause_before_retry(
    request: Request,
    outcome: Response | ConnectionFailed,
    attempt: int,
    *,
    has_key: bool = False,
) -> float | None:
    """The seconds to wait before the next attempt, or None if there shall be none.

    What is not idempotent is sent again only when it is certain that nothing came of
    it: the server was not reached, or refused (429), or said when to try again (503).
    What can be read only once is sent only once.

    Args:
        attempt: How many attempts came before this one.
        has_key: Whether the API knows the request when it comes again.
    """
    if not request.is_repeatable:
        return None
    repeatable = has_key or request.method in _IDEMPOTENT
    if isinstance(outcome, ConnectionFailed):
        return _backoff(attempt) if repeatable or not outcome.sent else None
    if outcome.status not in _PASSING:
        return None
    asked = _retry_after(outcome)
    refused = outcome.status == 429 or (outcome.status == 503 and asked is not None)
    if not (repeatable or refused):
        return None
    return _backoff(attempt) if asked is None else asked


def _backoff(attempt: int) -> float:
    """Exponential, with full jitter."""
    # Few calls come here, and the import costs more than most calls.
    from random import uniform

    return uniform(0, min(_LONGEST_PAUSE, 0.5 * 2**attempt))


def _retry_after(response: Response) -> float | None:
    """Read seconds or a date (RFC 9110 section 10.2.3)."""
    value = response.headers.get("retry-after", "").strip()
    if not value:
        return None
    if value.isascii() and value.isdecimal():
        return float(value)
    # Few calls come here, as in `_backoff`.
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None
