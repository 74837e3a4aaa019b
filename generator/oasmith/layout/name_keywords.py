"""Names the keywords of the client: its credentials, and its server's variables."""

from __future__ import annotations

from collections.abc import Iterable

from ..building.api import Api
from ..document import Pointer
from ..reading.spec import MutualTlsScheme, SecurityScheme, ServerVariable
from .allocator import Allocator
from .names import allocate, class_case, snake_case, split_words
from .package import CredentialArgument, Group, Symbol, VariableArgument
from .reserved import CLIENT_ARGUMENTS, GROUP_CLASSES, SERVER_VARIABLES


def name_keywords(
    api: Api, groups: Iterable[Group], allocator: Allocator
) -> tuple[tuple[CredentialArgument, ...], tuple[VariableArgument, ...]]:
    """Name credentials first, then variables; what had a name before keeps it."""
    schemes = _schemes_sent(api)
    wanted = {
        scheme.name: snake_case(split_words(scheme.name), "credential")
        for scheme in schemes
    }
    variables = _variables_of(api)
    wanted_variables = {
        each.pointer: snake_case(split_words(each.name), "variable")
        for each in variables
    }
    kept = allocator.kept("server_variables", wanted_variables)
    names = allocator.allocate("credentials", wanted, CLIENT_ARGUMENTS | kept)
    taken = SERVER_VARIABLES | frozenset(names.values())
    keywords = allocator.allocate_any("server_variables", wanted_variables, taken)
    types = _name_types(variables, groups)
    return (
        tuple(CredentialArgument(each, names[each.name]) for each in schemes),
        tuple(
            VariableArgument(each, keywords[each.pointer], types.get(each.pointer))
            for each in variables
        ),
    )


def _schemes_sent(api: Api) -> list[SecurityScheme]:
    """The schemes that operations ask for, but for what the transport takes care of."""
    used = {
        name
        for operation in api.operations
        for names in operation.security
        for name in names
    }
    return [
        scheme
        for scheme in api.schemes
        if scheme.name in used and not isinstance(scheme.means, MutualTlsScheme)
    ]


def _variables_of(api: Api) -> tuple[ServerVariable, ...]:
    """The variables of the first server, where requests can go to it."""
    first = api.servers[:1]
    return first[0].variables if first and first[0].is_whole else ()


def _name_types(
    variables: Iterable[ServerVariable], groups: Iterable[Group]
) -> dict[Pointer, Symbol]:
    """Name the types of the variables that allow only some values."""
    wanted = {
        each.pointer: f"Server{class_case(split_words(each.name), 'Variable')}"
        for each in variables
        if each.choices
    }
    classes = GROUP_CLASSES.union(group.class_name for group in groups)
    named = allocate(wanted, {}, classes)
    return {pointer: Symbol("client", name) for pointer, name in named.items()}
