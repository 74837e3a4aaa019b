"""Compares the clients: the credentials that they take, and where they call."""

from __future__ import annotations

from collections.abc import Iterator

from ..layout.package import CredentialArgument, Package
from ..reading.spec import (
    ApiKeyScheme,
    BasicScheme,
    BearerScheme,
    MutualTlsScheme,
)
from .change import Change
from .compare_variables import compare_variables
from .pairs import Pairs


def compare_clients(pairs: Pairs) -> Iterator[Change]:
    """Tell what changes about the arguments of ``Client``."""
    yield from _compare_base_urls(pairs)
    yield from compare_variables(pairs)
    before = {each.name: each for each in pairs.old.credentials}
    after = {each.name: each for each in pairs.new.credentials}
    for name, old in before.items():
        new = after.get(name)
        if new is None:
            yield _change(pairs, "credential-removed", "is no longer taken", old, None)
        elif _takes_pair(old) != _takes_pair(new):
            wanted = "a user name and a password" if _takes_pair(new) else "one secret"
            yield _change(pairs, "credential-changed", f"is {wanted} now", old, new)
        elif _way_of(old) != _way_of(new):
            text = f"is sent as {_way_of(new)}, and was as {_way_of(old)}"
            yield _change(pairs, "credential-scheme-changed", text, old, new)
        if new is not None and old.scheme.deprecated != new.scheme.deprecated:
            is_old = new.scheme.deprecated
            code = "deprecated" if is_old else "undeprecated"
            told = "is deprecated" if is_old else "is no longer deprecated"
            yield _change(pairs, code, told, old, new)
    for name, new in after.items():
        if name not in before:
            yield _change(pairs, "credential-added", "is new", None, new)


def _compare_base_urls(pairs: Pairs) -> Iterator[Change]:
    (before, template), (after, new_template) = map(_base_url, (pairs.old, pairs.new))
    places = pairs.places("/servers", "/servers")
    if before == after or (before and after and template == new_template):
        # Where only a default is another one, that of its variable is told.
        return
    if not after:
        code, text = "base-url-required", f'must be given, and was "{before}"'
    elif not before:
        code, text = "base-url-optional", f'is "{after}", and had to be given'
    else:
        code, text = "base-url-changed", f'is "{after}", and was "{before}"'
    yield Change(code, "Client(base_url=)", text, *places)


def _base_url(package: Package) -> tuple[str, str]:
    """What is called where nothing is said, and how it is written."""
    for server in package.api.servers[:1]:
        if server.is_whole:
            return server.url, server.template
    return "", ""


def _takes_pair(credential: CredentialArgument) -> bool:
    return isinstance(credential.scheme.means, BasicScheme)


def _way_of(credential: CredentialArgument) -> str:
    """How a credential goes over the wire."""
    match credential.scheme.means:
        case BearerScheme():
            return "a bearer token"
        case BasicScheme():
            return "a user name and a password"
        case ApiKeyScheme(place, name):
            return f'the {place} "{name}"'
        case MutualTlsScheme():
            raise AssertionError("a certificate is no argument")


def _change(
    pairs: Pairs,
    code: str,
    text: str,
    old: CredentialArgument | None,
    new: CredentialArgument | None,
) -> Change:
    named = old or new
    assert named is not None
    return Change(
        code,
        f"Client({named.name}=)",
        text,
        *pairs.places(
            old.scheme.pointer if old else None, new.scheme.pointer if new else None
        ),
    )
