# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Requests, responses and files as plain data."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from .errors import InvalidArgument

_TOKEN = frozenset("!#$%&'*+-.^_`|~" + string.digits + string.ascii_letters)
"""What a header's name is made of (RFC 9110 section 5.6.2)."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Request:
    """What is to be sent; its repr has nothing in it that may be secret."""

    method: str

    url: str
    """Operations give what follows the base URL, and transports get all of it."""

    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    content: bytes | None = None

    def __repr__(self) -> str:
        return f"Request({self.method} {self.url.partition('?')[0]})"


def check_request(request: Request) -> None:
    """Refuse what would change the meaning of the bytes around it.

    Raises:
        InvalidArgument: A header or the URL can't be sent as it is.
    """
    if not (request.url.isascii() and request.url.isprintable()) or " " in request.url:
        raise InvalidArgument("the URL", "must be printable ASCII without spaces")
    for name, value in request.headers.items():
        if not _is_token(name):
            raise InvalidArgument(f"header {name!r}", "has a name that can't be")
        if not (value.isascii() and value.isprintable()):
            problem = "must be printable ASCII without line breaks"
            raise InvalidArgument(f"header {name}", problem)


@cache
def _is_token(name: str) -> bool:
    """Whether it is a token by RFC 9110 section 5.6.2."""
    return bool(name) and _TOKEN.issuperset(name)


@dataclass(frozen=True, slots=True)
class Response:
    """What was answered."""

    status: int

    headers: Mapping[str, str] = field(repr=False)
    """By name in lower case; what was sent more than once is joined by ", "."""

    content: bytes = field(repr=False)
    """The body, unpacked if it was sent packed."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to upload, with its name and media type where these matter."""

    data: bytes = field(repr=False)

    filename: str | None = None
    """ "" is for a part that is no file; without one it is called like its field."""

    content_type: str | None = None

    headers: Mapping[str, str] = field(
        default_factory=dict[str, str], repr=False, hash=False
    )
    """Those of its part of a form, besides the ones that tell its names and type."""
