"""Fetches a file by HTTP, within bounds of size, of time and of where it comes from."""

from __future__ import annotations

from http.client import HTTPException, HTTPMessage
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from .. import __version__
from .addresses import authority_of

MOST_BYTES = 64 * 2**20
MOST_SECONDS = 30.0


class NotFetched(Exception):
    """Nothing was fetched; the message says why."""


def fetch(url: str) -> bytes:
    """What stands at an http or https URL.

    Redirects are followed within the host alone.

    Raises:
        NotFetched: It can't be had, or not within the bounds.
    """
    outcomes: SimpleQueue[bytes | NotFetched] = SimpleQueue()
    # Names are resolved, and headers read, at the pace of others: nothing but a thread
    # that is left behind keeps to a time for all of it.
    Thread(target=lambda: outcomes.put(_try_to_fetch(url)), daemon=True).start()
    try:
        outcome = outcomes.get(timeout=MOST_SECONDS)
    except Empty:
        message = f"it takes more than {MOST_SECONDS:g} seconds"
        raise NotFetched(message) from None
    if isinstance(outcome, NotFetched):
        raise outcome
    return outcome


class _WithinHost(HTTPRedirectHandler):
    def redirect_request(
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> Request | None:
        if authority_of(newurl) != authority_of(req.full_url):
            raise NotFetched(f'it redirects to another host, "{newurl}"')
        if urlsplit(newurl).scheme != "https" and req.type == "https":
            raise NotFetched(f'it redirects to plain http, "{newurl}"')
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _try_to_fetch(url: str) -> bytes | NotFetched:
    try:
        return _fetch(url)
    except NotFetched as error:
        return error
    except HTTPError as error:
        return NotFetched(f"the answer is {error.code} {error.msg}".rstrip())
    except URLError as error:
        return NotFetched(_reason_of(error.reason))
    except (OSError, HTTPException, ValueError) as error:
        return NotFetched(_reason_of(error))


def _fetch(url: str) -> bytes:
    opener = OpenerDirector()
    for handler in (
        ProxyHandler,
        HTTPHandler,
        HTTPSHandler,
        HTTPErrorProcessor,
        HTTPDefaultErrorHandler,
        _WithinHost,
    ):
        opener.add_handler(handler())
    request = Request(url, headers={"User-Agent": f"oasmith/{__version__}"})
    with opener.open(request, timeout=MOST_SECONDS) as response:
        content: bytes = response.read(MOST_BYTES + 1)
        announced = response.headers.get("Content-Length")
    if len(content) > MOST_BYTES:
        raise NotFetched(f"it is larger than {MOST_BYTES / 2**20:g} MiB")
    if announced is not None and str(len(content)) != announced.strip():
        raise NotFetched("the answer was cut off")
    return content


def _reason_of(error: object) -> str:
    reason = getattr(error, "strerror", None) or str(error)
    return str(reason).lower() or type(error).__name__
