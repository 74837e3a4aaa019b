"""Faults of statuses: errors, redirects, and when it is safe to ask again."""

from __future__ import annotations

from .connections import SLOW
from .fault import FINE, Close, Fault, ForEver, Reset, Send, head, says, whole


def _retried(name: str, value: str | None, *, status: int = 503, **more: str) -> Fault:
    fields = {} if value is None else {"Retry-After": value}
    return Fault(
        name=name,
        answers=(says(whole(b"busy", status, {**fields, **more})), FINE),
        comes="staging",
        requests=2,
    )


def _told(name: str, value: str) -> Fault:
    """A time to come back that is too far away, so there is no use in waiting."""
    return Fault(
        name=name,
        answers=(says(whole(b"busy", 503, {"Retry-After": value})), FINE),
        comes="StatusError",
    )


def _posted(name: str, status: int, retry_after: str, comes: str, sent: int) -> Fault:
    fields = {"Retry-After": retry_after} if retry_after else {}
    return Fault(
        name=name,
        method="POST",
        answers=(says(whole(b"busy", status, fields)), FINE),
        comes=comes,
        requests=sent,
    )


def _redirected(
    name: str, location: str | None, status: int = 302, **more: int
) -> Fault:
    """A redirect to where nothing is sent."""
    fields = {} if location is None else {"Location": location}
    return Fault(
        name=name,
        answers=(says(whole(b"", status, fields)), FINE),
        redirects=3,
        comes="StatusError",
    )


STATUSES = (
    Fault(
        name="internal_error_in_html",
        answers=(says(whole(b"<html>Oops", 500, {"Content-Type": "text/html"})),),
        comes="StatusError",
        requests=3,
    ),
    Fault(name="not_found", answers=(says(whole(b"{}", 404)),), comes="StatusError"),
    Fault(name="unauthorized", answers=(says(whole(b"", 401)),), comes="StatusError"),
    Fault(
        name="not_implemented", answers=(says(whole(b"", 501)),), comes="StatusError"
    ),
    Fault(name="status_999", answers=(says(whole(b"", 999)),), comes="StatusError"),
    Fault(
        name="success_of_another_kind",
        answers=(says(whole(status=206)),),
        comes="StatusError",
    ),
    Fault(
        name="endless_error",
        answers=((Send(head(400)), Send(b"no" * 32768, ForEver)),),
        comes="StatusError",
        mebibytes=6,
    ),
    Fault(
        name="drip_in_error",
        answers=((Send(head(400)), Send(b"n", 200, 0.03)),),
        timeout=SLOW,
        comes="DeadlineExceeded",
    ),
    Fault(
        name="drip_in_error_of_stream",
        answers=((Send(head(400)), Send(b"n", 200, 0.03)),),
        items="events",
        timeout=SLOW,
        comes="DeadlineExceeded",
    ),
    Fault(
        name="error_that_is_cut",
        answers=((Send(head(404, {"Content-Length": "50"}) + b"no"), Close()),),
        comes="ConnectionFailed",
        requests=3,
    ),
    Fault(
        name="error_with_broken_gzip",
        answers=(says(whole(b"no", 404, {"Content-Encoding": "gzip"})),),
        comes="TransportError",
    ),
    *(
        _retried(f"status_{status}", None, status=status)
        for status in (408, 429, 500, 502, 503, 504)
    ),
    Fault(
        name="three_kinds_of_trouble",
        answers=(says(whole(b"", 503)), (Reset(),), FINE),
        comes="staging",
        requests=3,
    ),
    _retried("retry_after_0", "0"),
    _retried("retry_after_with_blanks", " 0 "),
    _retried("retry_after_date", "Fri, 31 Dec 1999 23:59:59 GMT"),
    _retried("retry_after_rfc_850_date", "Friday, 31-Dec-99 23:59:59 GMT"),
    _retried("retry_after_asctime_date", "Fri Dec 31 23:59:59 1999"),
    _retried("retry_after_negative", "-5"),
    _retried("retry_after_fraction", "0.5"),
    _retried("retry_after_words", "soon"),
    _retried("retry_after_empty", ""),
    _retried("retry_after_twice", "0\r\nRetry-After: 0"),
    _retried("retry_after_impossible_date", "Fri, 99 Dec 9999 99:99:99 GMT"),
    _retried("retry_after_half_a_date", "Fri, 31"),
    _retried("retry_after_other_digits", "\xb2"),
    _retried("retry_after_429", "0", status=429),
    _told("retry_after_an_hour", "3600"),
    _told("retry_after_400_digits", "9" * 400),
    _told("retry_after_far_date", "Fri, 31 Dec 2199 23:59:59 GMT"),
    _posted("post_too_often", 429, "", "staging", 2),
    _posted("post_unavailable", 503, "", "StatusError", 1),
    _posted("post_unavailable_for_a_while", 503, "0", "staging", 2),
    _posted("post_internal_error", 500, "0", "StatusError", 1),
    _posted("post_bad_gateway", 502, "0", "StatusError", 1),
    Fault(
        name="redirect_that_nobody_allowed",
        answers=(says(whole(b"", 302, {"Location": "/other"})), FINE),
        comes="StatusError",
    ),
    Fault(
        name="redirect",
        answers=(says(whole(b"", 302, {"Location": "/other"})), FINE),
        redirects=3,
        comes="staging",
        requests=2,
    ),
    Fault(
        name="redirect_loop",
        answers=(says(whole(b"", 302, {"Location": "/loop"})),),
        redirects=3,
        comes="StatusError",
        requests=4,
    ),
    Fault(
        name="redirect_of_post",
        method="POST",
        answers=(says(whole(b"", 307, {"Location": "/other"})), FINE),
        redirects=3,
        comes="StatusError",
    ),
    _redirected("redirect_to_nowhere", None),
    _redirected("redirect_to_a_file", "file:///etc/passwd"),
    _redirected("redirect_to_a_script", "javascript:alert(1)"),
    _redirected("redirect_to_broken_url", "http://["),
    _redirected("redirect_to_user_info", "http://user@127.0.0.1/"),
    _redirected("redirect_not_at_all", "/other", 300),
)
