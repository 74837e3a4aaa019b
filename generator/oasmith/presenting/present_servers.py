"""Presents the server whose URL is made of variables, and the words about servers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..layout.package import Package, Symbol, VariableArgument
from ..layout.symbols import GET_ARGS, LITERAL, SERVERS, TYPE_ALIAS
from ..reading.spec import Server
from .code import Code, fill, join, symbols_of, use
from .literals import make_literal
from .phrases import as_sentence
from .views import ServerVariableView
from .wrap import wrap_line

_MARGIN = 8
_ENTRY_MARGIN = 20

_HOST = re.compile(r"[A-Za-z0-9._~-]+")


@dataclass(frozen=True, slots=True)
class PresentedServer:
    """The variables of the first server's URL, as the clients take them."""

    types: tuple[str, ...]
    variables: tuple[ServerVariableView, ...]
    needs: frozenset[Symbol]
    """What the client imports for them."""

    async_needs: frozenset[Symbol]


def present_server(package: Package) -> PresentedServer:
    """Present the variables of the first server's URL, if it has any."""
    arguments = package.server_variables
    types = list(_define_types(arguments))
    entries = [_write_entry(package.api.servers[0], each) for each in arguments]
    return PresentedServer(
        types=tuple(wrap_line(each.text, 0) for each in types),
        variables=tuple(
            ServerVariableView(
                name=each.name,
                declaration=wrap_line(_declare(each), _MARGIN, ","),
                entry=wrap_line(entry.text, _ENTRY_MARGIN, ","),
            )
            for each, entry in zip(arguments, entries, strict=True)
        ),
        needs=symbols_of([*types, *entries]),
        async_needs=frozenset(each.choices for each in arguments if each.choices),
    )


def default_url(package: Package) -> str:
    """The URL of the first server as it is written, if requests can go to it."""
    for server in package.api.servers[:1]:
        return server.template if server.is_whole else ""
    return ""


def describe_base_url(package: Package) -> str:
    """What the docstring says of ``base_url``: the default, and the other servers."""
    listed = [
        each for each in package.api.servers if each.is_whole or not each.is_absolute
    ]
    if default := default_url(package):
        lines = [_list_server(each) for each in listed[1:]]
        text, names = f"Where the API is, instead of {default}.", "also names"
    else:
        lines = [_list_server(each) for each in listed if "://" in each.template]
        text, names = "Where the API is.", "names"
    if not lines:
        return text
    return f"{text}\n\nThe description {names}:\n\n" + "\n".join(lines)


def describe_variable(argument: VariableArgument) -> str:
    """What the docstring says of a variable."""
    said = as_sentence(argument.variable.description)
    return said or f'The "{{{argument.variable.name}}}" of the URL.'


def _list_server(server: Server) -> str:
    said = " ".join(server.description.split()).removesuffix(".")
    return f"- {server.template} ({said})" if said else f"- {server.template}"


def _define_types(variables: tuple[VariableArgument, ...]) -> Iterator[Code]:
    for each in variables:
        if each.choices is not None:
            values = Code(", ".join(map(make_literal, each.variable.choices)))
            name, alias = Code(each.choices.name), use(TYPE_ALIAS)
            yield fill("{}: {} = {}[{}]", name, alias, use(LITERAL), values)


def _declare(argument: VariableArgument) -> str:
    annotation = "str" if argument.choices is None else argument.choices.name
    return f"{argument.name}: {annotation} = {make_literal(argument.variable.default)}"


def _write_entry(server: Server, argument: VariableArgument) -> Code:
    """Write the text of a variable as an entry of a dict, by where it stands."""
    function = Code(_place_of(server, argument.variable.name))
    name = Code(make_literal(argument.name))
    given = [name, Code(argument.name)]
    if argument.choices is not None:
        given.append(fill("*{}({})", use(GET_ARGS), use(argument.choices)))
    key = Code(make_literal(argument.variable.name))
    return fill("{}: {}.{}({})", key, use(SERVERS), function, join(", ", given))


def _place_of(server: Server, name: str) -> str:
    """Which part of the URL a variable is, by the function that writes it.

    Where a default is more than such a part, a host with its port, the values are too,
    and one that begins a path behind the host is a path.
    """
    written, _, behind = server.template.partition(f"{{{name}}}")
    defaults = {each.name: each.default for each in server.variables}
    before = re.sub(
        r"\{([^{}]*)\}", lambda it: _certain_part(defaults.get(it[1], "")), written
    )
    _, has_scheme, authority = before.partition("://")
    if not has_scheme:
        return "scheme" if behind.startswith("://") else "url"
    if "/" in authority:
        return "path"
    if ":" in authority:
        return "port"
    if defaults[name].startswith("/") or (authority and not defaults[name]):
        return "absolute_path"
    return "host" if _HOST.fullmatch(defaults[name]) else "authority"


def _certain_part(default: str) -> str:
    """What every value of a variable has in common with its default.

    One that is put where a host may stand need not have a path, whatever the default.
    """
    if default.startswith("/"):
        return default
    scheme, mark, rest = default.rpartition("://")
    return scheme + mark + rest.partition("/")[0]
