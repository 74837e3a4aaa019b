"""The addresses of files on other hosts, and where copies of these files are kept."""

from __future__ import annotations

import os
import re
from hashlib import sha256
from urllib.parse import quote, unquote, urljoin, urlsplit

from ..output.paths import is_safe

_PORTS = {"http": 80, "https": 443}
_SAFE = "%/:?[]@!$&'()*+,;=~"
_LONGEST = 80
"""Characters of a part of a URL that its copy is named by."""


class BadAddress(ValueError):
    """A URL that nothing can be fetched from; the message says why."""


def is_remote(name: str) -> bool:
    """Whether the name of a source is a URL rather than a path."""
    return name.startswith(("http://", "https://"))


def address_of(uri: str, base: str) -> str:
    """The whole URL of a reference, as its file is known by.

    Args:
        uri: Without a fragment; relative to the base, if that is a URL.
        base: The name of the source that has the reference.

    Raises:
        BadAddress: It is none that is fetched.
    """
    try:
        parts = urlsplit(urljoin(base, uri) if is_remote(base) else uri)
        host = authority_of(parts.geturl())
    except ValueError:
        raise BadAddress("is no URL") from None
    if parts.scheme not in _PORTS:
        raise BadAddress("is neither a file beside this one nor an http or https URL")
    if "@" in parts.netloc or not host:
        raise BadAddress("names no host, or credentials with it")
    whole = parts._replace(netloc=parts.netloc.lower(), path=parts.path or "/")
    return quote(whole.geturl(), safe=_SAFE)


def authority_of(url: str) -> str:
    """The host of a URL, with the port unless that is the scheme's own.

    Raises:
        ValueError: The port is no number, or the host is broken.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    shown = f"[{host}]" if ":" in host else host
    is_usual = parts.port in (None, _PORTS.get(parts.scheme))
    return shown if is_usual else f"{shown}:{parts.port}"


def copy_path(spec: str, url: str) -> str:
    """Where the copy of a fetched file is kept: in a folder beside the description.

    The digest keeps apart what only differs in what no file can be called by.

    Args:
        spec: The path of the description.
    """
    *folders, last = map(_file_name, urlsplit(url).path.split("/")[1:])
    stem, suffix = os.path.splitext(last)
    digest = sha256(url.encode()).hexdigest()[:8]
    host = re.sub(r"[^a-z0-9.-]+", "_", authority_of(url))
    name = f"{stem}-{digest}{suffix}"
    return os.path.join(f"{spec}.remote", host, *folders, name)


def _file_name(segment: str) -> str:
    name = re.sub(r"[^A-Za-z0-9._-]+", "_", unquote(segment))[-_LONGEST:]
    return name if is_safe(name) else f"_{name.strip('.')}_"
