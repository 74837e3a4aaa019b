# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""The head of an HTTP/1.1 response: status, headers, and where the body ends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from .errors import TransportError

_STATUS_LINE = re.compile(r"HTTP/1\.([0-9])[ \t]+([1-9][0-9]{2})(?:[ \t].*)?")
_BLANK = " \t"
_NAME = re.compile(r"[!-9;-~]+")
MOST_FIELDS = 1000
_LONGEST_LENGTH = 18
"""How many digits a length may have."""


class BrokenResponse(Exception):
    """The response is not HTTP, or not whole; nothing that was sent is in the text."""


class Head(NamedTuple):
    status: int

    headers: Mapping[str, str]
    """By name in lower case; what was sent more than once is joined by ", "."""

    is_chunked: bool

    length: int | None
    """The bytes of the body; None if they are chunked, or go on until the end."""

    is_last: bool
    """Whether the connection is good for no other response."""


def parse_head(head: bytes, method: str) -> Head:
    """Read what stands before the empty line (RFC 9112 sections 4 to 6).

    Args:
        method: Of the request.

    Raises:
        BrokenResponse: It is no head, or leaves open where the body ends.
        TransportError: It has too many headers.
    """
    text = head.decode("latin-1").replace("\r\n", "\n")
    if "\r" in text or "\0" in text:
        raise BrokenResponse("a control character in the head")
    first, *lines = text.split("\n")
    status_line = _STATUS_LINE.fullmatch(first)
    if status_line is None:
        raise BrokenResponse("no status line")
    status = int(status_line[2])
    headers = _parse_fields(lines)
    has_body = _has_body(method, status)
    is_chunked, length = _find_end(headers) if has_body else (False, 0)
    connection = headers.get("connection", "").lower()
    is_last = "close" in connection
    if status_line[1] == "0":
        is_last = is_last or is_chunked or "keep-alive" not in connection
    if length is None:
        # Who sends both may be fooled about what follows (RFC 9112 section 6.3).
        is_last = is_last or not is_chunked or "content-length" in headers
    return Head(status, headers, is_chunked, length, is_last)


def _has_body(method: str, status: int) -> bool:
    """Whether there is one, whatever the headers say (RFC 9112 section 6.3)."""
    if method == "HEAD" or (method == "CONNECT" and status // 100 == 2):
        return False
    return status >= 200 and status not in (204, 304)


def _parse_fields(lines: list[str]) -> dict[str, str]:
    if len(lines) > MOST_FIELDS:
        raise TransportError("the response has too many headers")
    headers: dict[str, str] = {}
    key = ""
    for line in lines:
        if key and line.startswith((" ", "\t")):
            # It goes on with the line before (RFC 9112 section 5.2).
            headers[key] = f"{headers[key]} {line.strip(_BLANK)}".strip(_BLANK)
            continue
        name, colon, value = line.partition(":")
        if not colon or not _NAME.fullmatch(name):
            raise BrokenResponse("a line in the head that is no header")
        key, value = name.lower(), value.strip(_BLANK)
        headers[key] = f"{headers[key]}, {value}" if key in headers else value
    return headers


def _find_end(headers: Mapping[str, str]) -> tuple[bool, int | None]:
    """Whether a body comes in chunks, or else how long it is if that is said."""
    coding = headers.get("transfer-encoding")
    if coding is not None:
        if coding.lower() != "chunked":
            raise BrokenResponse("an unknown transfer coding")
        return True, None
    text = headers.get("content-length")
    if text is None:
        return False, None
    # Some send it twice, which is nothing if they are the same.
    lengths = {each.strip(_BLANK) for each in text.split(",")}
    length = lengths.pop()
    if lengths or not length.isdecimal() or len(length) > _LONGEST_LENGTH:
        raise BrokenResponse("no length that could be")
    return False, int(length)
