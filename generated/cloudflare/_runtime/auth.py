# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Credentials: held where nothing shows them, and put where the API wants them."""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote, unquote

from .errors import InvalidArgument, MissingCredentials
from .operation import Operation
from .request import Request

Credential = str | Callable[[], str]
"""A secret, or a function that is called for one before each call."""

BasicCredential = tuple[str, str] | Callable[[], tuple[str, str]]
"""A user name and a password, or a function that is called for both."""

_COOKIE_OCTETS = "!#$%&'()*+-./:<=>?@[]^_`{|}~"
"""RFC 6265 section 4.1.1: what a cookie's value may hold besides letters and digits."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """Where the credential of a security scheme goes, and how it is written."""

    place: Literal["header", "query", "cookie"]
    name: str
    form: Literal["plain", "bearer", "basic"] = "plain"


def bearer() -> Scheme:
    """HTTP bearer (RFC 6750), and what OAuth 2 and OpenID Connect come down to."""
    return Scheme("header", "Authorization", "bearer")


def basic() -> Scheme:
    """HTTP basic (RFC 7617)."""
    return Scheme("header", "Authorization", "basic")


def api_key(place: Literal["header", "query", "cookie"], name: str) -> Scheme:
    return Scheme(place, name)


class Credentials:
    """What a client was given, by the name of the security scheme."""

    def __init__(
        self,
        schemes: Mapping[str, Scheme],
        given: Mapping[str, Credential | BasicCredential | None],
    ) -> None:
        self._schemes = schemes
        # A function shows nothing of what it holds, unlike a string or a partial.
        self._secrets = {
            name: _seal(name, schemes[name], credential)
            for name, credential in given.items()
            if credential is not None
        }
        self.has_functions = any(map(callable, given.values()))

    def sign(self, request: Request, operation: Operation[Any]) -> Request:
        """Add the credentials of the first alternative that can be satisfied.

        Raises:
            MissingCredentials: There is none.
        """
        names = self._choose(operation)
        if not names:
            return request
        url, headers = request.url, dict(request.headers)
        for name in names:
            scheme, secret = self._schemes[name], self._secrets[name]()
            if scheme.place == "header":
                headers[scheme.name] = Secret(secret)
            elif scheme.place == "query":
                url = _with_key(url, scheme.name, secret)
            else:
                others = f"{headers['Cookie']}; " if "Cookie" in headers else ""
                value = quote(secret, safe=_COOKIE_OCTETS)
                headers["Cookie"] = Secret(f"{others}{scheme.name}={value}")
        return Request(
            request.method, url, headers, request.content, request.idle_timeout
        )

    def _choose(self, operation: Operation[Any]) -> tuple[str, ...]:
        # An alternative that needs nothing is the last resort, wherever it stands.
        for alternative in sorted(operation.security or ((),), key=_needs_nothing):
            if all(name in self._secrets for name in alternative):
                return alternative
        wanted = ", or ".join(" and ".join(names) for names in operation.security)
        raise MissingCredentials(f"needs {wanted}")


def _with_key(url: str, name: str, secret: str) -> str:
    """A URL with a key; one that the API repeated in it, as in a link, is replaced."""
    path, mark, query = url.partition("?")
    pairs = query.split("&") if mark else []
    kept = [each for each in pairs if unquote(each.partition("=")[0]) != name]
    pair = f"{quote(name, safe='')}={quote(secret, safe='')}"
    return f"{path}?{'&'.join([*kept, pair])}"


def _needs_nothing(alternative: tuple[str, ...]) -> bool:
    return not alternative


class Secret(str):
    """Text that doesn't show when something that holds it is shown."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'***'"


def _seal(
    name: str, scheme: Scheme, credential: Credential | BasicCredential
) -> Callable[[], str]:
    """Make the function that gives what is sent."""

    def secret() -> str:
        given = credential() if callable(credential) else credential
        match given, scheme.form:
            case str(), "plain":
                return given
            case str(), "bearer":
                return f"Bearer {given}"
            case (str() as user, str() as password), "basic" if ":" not in user:
                pair = f"{user}:{password}".encode()
                return "Basic " + b2a_base64(pair, newline=False).decode()
            case _:
                raise InvalidArgument(name, f"must be {_WANTED[scheme.form]}")

    if not callable(credential):
        secret()
    return secret


_WANTED = {
    "plain": "a string, or a function that gives one",
    "bearer": "a string, or a function that gives one",
    "basic": "a user name without colon and a password, or a function that gives both",
}
