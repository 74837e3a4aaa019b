"""Presents the clients, and the groups of functions that hang on them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import chain
from typing import assert_never

from ..layout.package import CredentialArgument, Group, Package, Symbol
from ..layout.symbols import standard
from ..reading.spec import ApiKeyScheme, BasicScheme, BearerScheme, MutualTlsScheme
from .docstrings import Section, make_docstring
from .imports import make_imports
from .literals import make_literal
from .phrases import as_sentence
from .present_servers import (
    default_url,
    describe_base_url,
    describe_variable,
    present_server,
)
from .views import (
    ClientView,
    CredentialView,
    GroupPropertyView,
    GroupView,
    MethodView,
    Page,
)

_MARGIN = 4

_GROUP_NEEDS = (
    standard("typing", "TYPE_CHECKING"),
    Symbol("_runtime.group", "AsyncGroup"),
    Symbol("_runtime.group", "Group"),
)


def present_clients(package: Package, header: str) -> Iterable[Page]:
    """Present the client and its asynchronous twin."""
    for module, template in (
        ("client", "client.py.jinja"),
        ("async_client", "async_client.py.jinja"),
    ):
        yield Page(
            f"{module}.py",
            template,
            partial(_present_client, package, module, header),
        )


def present_groups(package: Package, header: str) -> Iterable[Page]:
    """Present the package of each group."""
    for group in package.groups:
        present = partial(_present_group, package, group, header)
        yield Page(f"api/{group.name}/__init__.py", "group.py.jinja", present)


def describe_group(group: Group) -> str:
    """What the docstring of a group says, in a line."""
    return f'The "{" ".join(group.tag.split())}" operations'


def _present_client(package: Package, module: str, header: str) -> ClientView:
    credentials = tuple(map(_present_credential, package.credentials))
    server = present_server(package)
    is_async = module == "async_client"
    groups = tuple(
        _present_property(package, group, is_async) for group in package.groups
    )
    auth = {"Credentials"} if not is_async else set[str]()
    if not is_async:
        auth |= {each.scheme.partition("(")[0] for each in credentials}
    auth |= {each.annotation for each in credentials}
    base = Symbol(f"_runtime.{module}", "BaseAsyncClient" if is_async else "BaseClient")
    needs = {Symbol("_runtime.auth", name) for name in auth} | {
        base,
        Symbol("_runtime.transport", "Transport"),
    }
    if is_async:
        needs.add(Symbol("client", "Client"))
        needs.add(Symbol("_runtime.async_transport", "AsyncTransport"))
    if groups:
        needs.add(standard("typing", "TYPE_CHECKING"))
    needs |= server.async_needs if is_async else server.needs
    base_url = default_url(package)
    return ClientView(
        header=header,
        imports=make_imports(needs, module, package.runtime),
        checking_imports=make_imports(
            {
                Symbol(f"api.{group.name}", view.class_name)
                for group, view in zip(package.groups, groups, strict=True)
            },
            module,
            package.runtime,
            _MARGIN,
        ),
        base_url=make_literal(base_url) if base_url else "",
        base_url_annotation="str | None = None" if base_url else "str",
        default_base_url="BASE_URL" if base_url else '""',
        docstring=_present_docstring(package),
        async_docstring=make_docstring(
            f"Calls the {describe_api(package)} and awaits the responses; takes what "
            "Client takes.\n\n``max_concurrency`` is how many calls may be under way "
            "at once.",
            _MARGIN,
        ),
        credentials=credentials,
        server_types=server.types,
        server_variables=server.variables,
        groups=groups,
    )


def describe_api(package: Package) -> str:
    """The title of the API, as it stands in a sentence."""
    title = " ".join(package.api.title.split()) or package.name
    return title if title.upper().endswith("API") else f"{title} API"


def _present_docstring(package: Package) -> str:
    entries = [(each.name, _describe_credential(each)) for each in package.credentials]
    entries += [
        (each.name, describe_variable(each)) for each in package.server_variables
    ]
    entries += [
        ("base_url", describe_base_url(package)),
        ("timeout", "The seconds that a call may take in all, retries included."),
        ("retries", "How often a request is sent again where that is safe."),
        ("transport", _describe_transport(package)),
    ]
    text = f"Calls the {describe_api(package)}; may be shared by threads."
    if package.credentials:
        text += (
            "\n\nA credential is given as it is, or as a function that is called for it"
            " before each call."
        )
    return make_docstring(text, _MARGIN, [Section("Args", tuple(entries))])


def _describe_credential(credential: CredentialArgument) -> str:
    text = as_sentence(credential.scheme.description) or _describe(credential)
    return f"{text} Deprecated." if credential.scheme.deprecated else text


def _describe_transport(package: Package) -> str:
    """What the docstring says of the transport, and of certificates that it shows."""
    used = {name for each in package.api.operations for name in chain(*each.security)}
    wanted = [
        make_literal(scheme.name)
        for scheme in package.api.schemes
        if isinstance(scheme.means, MutualTlsScheme) and scheme.name in used
    ]
    text = "What carries the requests, instead of HttpTransport."
    if not wanted:
        return text
    return (
        f"{text} The certificate that {' and '.join(wanted)} asks for is given by "
        "HttpTransport(tls=context), with an ssl.SSLContext that has loaded it."
    )


def _present_credential(credential: CredentialArgument) -> CredentialView:
    annotation = "Credential"
    match credential.scheme.means:
        case BearerScheme():
            scheme = "bearer()"
        case BasicScheme():
            scheme, annotation = "basic()", "BasicCredential"
        case ApiKeyScheme(place, name):
            scheme = f"api_key({make_literal(place)}, {make_literal(name)})"
        case MutualTlsScheme():
            raise AssertionError("a certificate is no argument")
        case _:
            assert_never(credential.scheme.means)
    key = make_literal(credential.name)
    return CredentialView(credential.name, annotation, key, scheme)


def _describe(credential: CredentialArgument) -> str:
    """What a credential is, where the description does not say."""
    match credential.scheme.means:
        case BasicScheme():
            return "A user name and a password."
        case ApiKeyScheme(place, name):
            return f'The key that is sent in the {place} as "{name}".'
        case BearerScheme(kind="oauth2", token_url=url):
            source = f" from {url}" if url else ""
            return f"A token, or an OAuth2 that fetches tokens{source}."
        case _:
            return "A token."


def _present_property(
    package: Package, group: Group, is_async: bool
) -> GroupPropertyView:
    class_name = f"Async{group.class_name}" if is_async else group.class_name
    symbol = Symbol(f"api.{group.name}", class_name)
    return GroupPropertyView(
        name=group.name,
        class_name=class_name,
        imports=make_imports([symbol], "client", package.runtime, 2 * _MARGIN),
        docstring=make_docstring(f"{describe_group(group)}.", 2 * _MARGIN),
    )


def _present_group(package: Package, group: Group, header: str) -> GroupView:
    module = f"api.{group.name}.__init__"
    paged = [
        (each.pages_function, each) for each in group.operations if each.pages_function
    ]
    named = [(each.function, each) for each in group.operations] + paged
    methods = tuple(MethodView(name, f"{name}_async") for name, _ in named)
    functions = {
        Symbol(each.module, function)
        for name, each in named
        for function in (name, f"{name}_async")
    }
    return GroupView(
        header=header,
        docstring=make_docstring(f"{describe_group(group)}, as methods.", 0),
        imports=make_imports(_GROUP_NEEDS, module, package.runtime),
        checking_imports=make_imports(functions, module, package.runtime, _MARGIN),
        operations=tuple(make_literal(each.function) for each in group.operations),
        class_name=group.class_name,
        async_class_name=f"Async{group.class_name}",
        methods=methods,
        pages=tuple(
            f"{make_literal(name)}: {make_literal(each.function)}"
            for name, each in paged
        ),
    )
