# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Which proxy a request goes through, by an argument or by the environment."""

from __future__ import annotations

import os
from binascii import b2a_base64
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit

from .errors import InvalidArgument, TransportError

_PROBLEM = "must be the URL of an http or https proxy"


@dataclass(frozen=True, slots=True)
class Proxy:
    scheme: str
    host: str
    port: int

    authorization: str = field(repr=False)
    """What Proxy-Authorization is to be, or "" without credentials."""

    @property
    def place(self) -> str:
        """Where it is, without credentials."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def parse_proxy(url: str) -> Proxy:
    """Read the URL of a proxy, of which all but the host may be left out.

    Raises:
        InvalidArgument: It is none; the message has nothing of it, for it may hold a
            password.
    """
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        host, port = parts.hostname, parts.port
    except ValueError:
        raise InvalidArgument("proxy", _PROBLEM) from None
    if parts.scheme not in ("http", "https") or not host or port == 0:
        raise InvalidArgument("proxy", _PROBLEM)
    if not (host.isascii() and host.isprintable()) or " " in host:
        raise InvalidArgument("proxy", _PROBLEM)
    port = port or (443 if parts.scheme == "https" else 80)
    return Proxy(parts.scheme, host, port, _authorize(parts))


def proxy_from_environment(url: SplitResult) -> Proxy | None:
    """The proxy that the environment names for a URL, as urllib.request reads it.

    What "all_proxy" names is for what has no proxy of its own.

    Raises:
        TransportError: It names something else.
    """
    proxies = _read_environment()
    named = proxies.get(url.scheme) or proxies.get("all")
    if not named or _is_exempt(url, proxies.get("no", "")):
        return None
    try:
        return parse_proxy(named)
    except InvalidArgument:
        problem = f"the proxy that the environment names for {url.scheme} {_PROBLEM}"
        raise TransportError(problem) from None


def _read_environment() -> dict[str, str]:
    """What variables like "https_proxy" hold, by their first part.

    Those in lower case count more. A web server makes HTTP_PROXY of a header "Proxy"
    of a request, so a CGI program does not believe it.
    """
    named = {
        name: value
        for name, value in os.environ.items()
        if name[-6:].lower() == "_proxy"
    }
    proxies = {name[:-6].lower(): value for name, value in named.items() if value}
    if "REQUEST_METHOD" in os.environ:
        proxies.pop("http", None)
    for name, value in named.items():
        if name.endswith("_proxy"):
            proxies[name[:-6].lower()] = value
    return proxies


def _is_exempt(url: SplitResult, exempt: str) -> bool:
    """Whether "no_proxy" lists the host, or what its name ends with."""
    if exempt == "*":
        return True
    host = url.hostname or ""
    candidates = (f".{host}", f".{url.netloc.lower()}")
    for listed in exempt.lower().split(","):
        suffix = listed.strip().lstrip(".")
        if suffix and any(each.endswith(f".{suffix}") for each in candidates):
            return True
    return False


def _authorize(parts: SplitResult) -> str:
    if parts.username is None:
        return ""
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return "Basic " + b2a_base64(pair.encode(), newline=False).decode()
