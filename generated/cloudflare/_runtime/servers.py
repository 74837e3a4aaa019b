# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Variables of a server's URL, none of which can change what is around it.

Each function gives the text of one kind of variable, or raises InvalidArgument. Where
the description lists choices, these are all that is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .checks import check_choice
from .errors import InvalidArgument
from .kinds import describe
from .styles import percent_encode

_HOST = re.compile(r"[A-Za-z0-9._~-]+")
"""What of RFC 3986 section 3.2.2 a name or an IPv4 address is made of."""

_AUTHORITY = re.compile(rf"({_HOST.pattern})?(:[0-9]*)?(/[A-Za-z0-9._~/-]*)?")

_URL = re.compile(rf"https?://{_HOST.pattern}(:[0-9]+)?(/[A-Za-z0-9._~/-]*)?")

_PATH_SAFE = "/!$&'()*+,;=:@"
"""RFC 3986 section 3.3: what a path may hold besides the unreserved characters."""


def fill(template: str, variables: Mapping[str, str]) -> str:
    """Put the texts of variables, which hold no braces, into a URL."""
    for name, text in variables.items():
        template = template.replace(f"{{{name}}}", text)
    return template


def scheme(name: str, value: str, *choices: str) -> str:
    """The scheme: "http" or "https"."""
    check_choice(name, _check_text(name, value), *(choices or ("https", "http")))
    return value


def host(name: str, value: str, *choices: str) -> str:
    """A host, or a part of its name: "eu" in "eu.example.org"."""
    problem = "must be letters, digits, dots and hyphens, as it is part of a host"
    return _check(name, value, choices, _HOST, problem)


def port(name: str, value: str, *choices: str) -> str:
    problem = "must be digits, as it is a port"
    return _check(name, value, choices, re.compile("[0-9]{1,5}"), problem)


def authority(name: str, value: str, *choices: str) -> str:
    """A host with a port, or a part of these, and perhaps a path behind it."""
    return _check(name, value, choices, _AUTHORITY, "must be a host with a port")


def url(name: str, value: str, *choices: str) -> str:
    """The beginning of the URL, with scheme and host."""
    return _check(name, value, choices, _URL, "must be an absolute http or https URL")


def path(name: str, value: str, *choices: str) -> str:
    """A part of the path, percent-encoded; it may be several segments."""
    text = _check_text(name, value)
    if choices:
        check_choice(name, value, *choices)
    elif any(part in (".", "..") for part in text.split("/")):
        problem = 'must not make "." or ".." a segment of the path'
        raise InvalidArgument(name, problem)
    return percent_encode(text, _PATH_SAFE)


def absolute_path(name: str, value: str, *choices: str) -> str:
    """The beginning of the path, right behind the host: "/..." or nothing."""
    if _check_text(name, value)[:1] not in ("", "/"):
        raise InvalidArgument(name, 'must begin with "/", as it is behind a host')
    return path(name, value, *choices)


def _check(
    name: str,
    value: str,
    choices: tuple[str, ...],
    pattern: re.Pattern[str],
    problem: str,
) -> str:
    text = _check_text(name, value)
    if choices:
        check_choice(name, text, *choices)
    elif not pattern.fullmatch(text):
        raise InvalidArgument(name, f"{problem}; base_url takes a whole URL")
    return text


def _check_text(name: str, value: object) -> str:
    if isinstance(value, str):
        return value
    raise InvalidArgument(name, f"must be a string, not {describe(value)}")
