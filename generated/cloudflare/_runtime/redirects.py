# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Where a redirect leads, and what may go there."""

from __future__ import annotations

from urllib.parse import SplitResult, urljoin, urlsplit

from .request import Request
from .response import Response

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ONLY_FOR_ORIGIN = frozenset({"authorization", "cookie", "proxy-authorization"})


def redirect(request: Request, response: Response) -> Request | None:
    """The request that a response asks for instead, or None if it asks for none.

    Only what reads is sent elsewhere (RFC 9110 section 9.2.1), and never from https
    to http. Another origin gets no header that may hold a secret.

    Args:
        request: The one that was answered, without the client's credentials.
    """
    location = response.headers.get("location")
    if location is None or response.status not in _REDIRECTS:
        return None
    if request.method not in _SAFE:
        return None
    try:
        url = urljoin(request.url, location)
        old, new = urlsplit(request.url), urlsplit(url)
        is_lesser = old.scheme == "https" and new.scheme != "https"
        known = new.scheme in ("http", "https") and new.hostname and new.port != 0
    except ValueError:
        return None
    if is_lesser or not known or new.username is not None:
        return None
    headers = request.headers
    if _origin(old) != _origin(new):
        headers = {
            name: value
            for name, value in headers.items()
            if name.lower() not in _ONLY_FOR_ORIGIN
        }
    plain = url.partition("#")[0]
    return Request(request.method, plain, headers, None, request.idle_timeout)


def is_same_origin(url: str, other: str) -> bool:
    """Whether both have the same scheme, host and port (RFC 6454 section 5)."""
    return _origin(urlsplit(url)) == _origin(urlsplit(other))


def _origin(url: SplitResult) -> tuple[str, str | None, int]:
    return url.scheme, url.hostname, url.port or (443 if url.scheme == "https" else 80)
