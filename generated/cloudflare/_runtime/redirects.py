# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Where a redirect leads, and what may go there."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from .request import Request
from .response import Response

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_ANYBODY = frozenset({"accept", "user-agent"})
_SAME_CONTENT = frozenset({307, 308})


def redirect(request: Request, response: Response) -> Request | None:
    """The request that a response asks for instead, or None if it asks for none.

    Only what reads is sent elsewhere (RFC 9110 section 9.2.1), and never from https
    to http. Another origin gets none of the caller's headers, as any may hold a secret,
    and no body.

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
    stays = _origin(old) == _origin(new)
    same_content = response.status in _SAME_CONTENT and request.is_repeatable
    if request.content is not None and not (stays and same_content):
        return None
    headers = request.headers
    if not stays:
        headers = {
            name: value
            for name, value in headers.items()
            if name.lower() in _FOR_ANYBODY
        }
    # Some servers write characters that a URL can't have.
    plain = quote(url.partition("#")[0], safe="%/:=&?~+!$,;'@()*[]")
    return replace(request, url=plain, headers=headers)


def is_same_origin(url: str, other: str) -> bool:
    """Whether both have the same scheme, host and port (RFC 6454 section 5)."""
    return _origin(urlsplit(url)) == _origin(urlsplit(other))


def _origin(url: SplitResult) -> tuple[str, str | None, int]:
    return url.scheme, url.hostname, url.port or (443 if url.scheme == "https" else 80)
