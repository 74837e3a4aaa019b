# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""When a request is sent again, and how long to wait before that."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime

from .errors import ConnectionFailed
from .request import Request
from .response import Response

_IDEMPOTENT = frozenset({"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "QUERY"})
"""RFC 9110 section 9.2.2, and the QUERY method."""

_PASSING = frozenset({408, 429, 500, 502, 503, 504})
_LONGEST_PAUSE = 8.0


def pause_before_retry(
    request: Request, outcome: Response | ConnectionFailed, attempt: int
) -> float | None:
    """The seconds to wait before the next attempt, or None if there shall be none.

    What is not idempotent is sent again only when it is certain that nothing came of
    it: the server was not reached, or refused (429), or said when to try again (503).
    What can be read only once is sent only once.

    Args:
        attempt: How many attempts came before this one.
    """
    if not request.is_repeatable:
        return None
    method = request.method
    if isinstance(outcome, ConnectionFailed):
        again = method in _IDEMPOTENT or not outcome.sent
        return _backoff(attempt) if again else None
    if outcome.status not in _PASSING:
        return None
    asked = _retry_after(outcome)
    refused = outcome.status == 429 or (outcome.status == 503 and asked is not None)
    if method not in _IDEMPOTENT and not refused:
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
    if value.isascii() and value.isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None
