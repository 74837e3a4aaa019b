# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Requests, and the files in them."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .errors import InvalidArgument

if TYPE_CHECKING:
    from .cancellation import Cancellation
    from .uploads import FileSource, Upload

_TOKEN = frozenset("!#$%&'*+-.^_`|~" + string.digits + string.ascii_letters)
"""What a header's name is made of (RFC 9110 section 5.6.2)."""

_SENDABLE = "must be printable ASCII without spaces"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Request:
    """What is to be sent; its repr has nothing in it that may be secret."""

    method: str

    url: str
    """Operations give what follows the base URL, pages what leads to the next of them,
    and transports get all of it."""

    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    content: bytes | Upload | None = None

    idle_timeout: float | None = None
    """The seconds to wait for each piece of the response's body, where it is read piece
    by piece. Without it, all of the body has to be there before the deadline."""

    cancellation: Cancellation | None = None
    """Transports that can tell it what they wait for, so that the waiting can be ended
    from another thread."""

    @property
    def is_repeatable(self) -> bool:
        """Whether it can be sent now, even if it has been sent before."""
        content = self.content
        return content is None or isinstance(content, bytes) or content.is_repeatable

    def __repr__(self) -> str:
        return f"Request({self.method} {self.url.partition('?')[0]})"


def check_request(request: Request) -> None:
    """Refuse what would change the meaning of the bytes around it.

    Raises:
        InvalidArgument: A header or the URL can't be sent as it is.
    """
    if not _is_sendable(request.url):
        raise InvalidArgument("the URL", _SENDABLE)
    for name, value in request.headers.items():
        if not _is_token(name):
            raise InvalidArgument(f"header {name!r}", "has a name that can't be")
        # A tab may stand between what is printable (RFC 9110 section 5.5).
        if not (value.isascii() and value.replace("\t", " ").isprintable()):
            problem = "must be printable ASCII without line breaks"
            raise InvalidArgument(f"header {name}", problem)


@cache
def check_base_url(url: str) -> str:
    """Give the URL as paths are added to it.

    Raises:
        InvalidArgument: It is no URL that paths can be added to.
    """
    try:
        parts = urlsplit(url)
        whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        plain = parts.username is None and not parts.query and not parts.fragment
    except ValueError:
        whole = plain = False
    if not whole:
        raise InvalidArgument("base_url", "must be an absolute http or https URL")
    if not plain:
        raise InvalidArgument("base_url", "must have no user, query or fragment")
    if not _is_sendable(url):
        raise InvalidArgument("base_url", _SENDABLE)
    return url.rstrip("/?#")


def _is_sendable(url: str) -> bool:
    return url.isascii() and url.isprintable() and " " not in url


@cache
def _is_token(name: str) -> bool:
    """Whether it is a token by RFC 9110 section 5.6.2."""
    return bool(name) and _TOKEN.issuperset(name)


@dataclass(frozen=True, slots=True)
class File:
    """A file to upload, with its name and media type where these matter."""

    data: FileSource = field(repr=False)

    filename: str | None = None
    """ "" is for a part that is no file; without one it is called like the file that it
    is read from, or else like its field."""

    content_type: str | None = None

    headers: Mapping[str, str] = field(
        default_factory=dict[str, str], repr=False, hash=False
    )
    """Those of its part of a form, besides the ones that tell its names and type."""
