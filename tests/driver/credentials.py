"""Says which credentials a request must bring, and takes them out of it."""

from __future__ import annotations

import base64
from dataclasses import replace
from urllib.parse import unquote

from .calling import SECRETS
from .decoding import Target, Unreadable
from .described import Description, Operation


def take_credentials(
    description: Description, operation: Operation, target: Target
) -> Target:
    """What is left of a request without its credentials.

    A client that has all of them meets the first alternative that asks for something.

    Raises:
        Unreadable: One is missing, is not as it should be, or is one too many.
    """
    needed = next(filter(None, operation.security), ())
    authorizations: list[str] = []
    for name in needed:
        scheme = description.scheme(name)
        match scheme["type"], scheme.get("in"):
            case "apiKey", "header":
                found = target.headers.get(scheme["name"].lower())
                _expect(name, found, SECRETS["header"])
            case "apiKey", "query":
                target = _take_from_query(target, scheme["name"])
            case "apiKey", "cookie":
                target = _take_cookie(target, scheme["name"])
            case "http", _ if scheme["scheme"].lower() == "basic":
                pair = ":".join(SECRETS["user"]).encode()
                authorizations.append(f"Basic {base64.b64encode(pair).decode()}")
            case ("http" | "oauth2" | "openIdConnect"), _:
                authorizations.append(f"Bearer {SECRETS['token']}")
            case _:
                pass
    found = target.headers.get("authorization")
    keys = {description.scheme(name).get("name", "").lower() for name in needed}
    if authorizations and found not in authorizations:
        raise Unreadable(f"Authorization is {found!r}")
    if found and not authorizations and "authorization" not in keys:
        raise Unreadable("an Authorization that nobody asked for")
    return target


def _take_from_query(target: Target, name: str) -> Target:
    parts = target.query.split("&")
    own = [each for each in parts if unquote(each.partition("=")[0]) == name]
    if not own:
        raise Unreadable(f"there is no key {name!r} in the query")
    _expect(name, unquote(own[-1].partition("=")[2]), SECRETS["plain"])
    parts.remove(own[-1])
    return replace(target, query="&".join(parts))


def _take_cookie(target: Target, name: str) -> Target:
    own = [each for each in target.cookies if each[0] == name]
    if not own:
        raise Unreadable(f"there is no cookie {name!r}")
    _expect(name, unquote(own[-1][1]), SECRETS["plain"])
    left = [each for each in target.cookies if each != own[-1]]
    return replace(target, cookies=left)


def _expect(name: str, found: str | None, secret: object) -> None:
    if found != secret:
        raise Unreadable(f"the key {name!r} is {found!r}")
