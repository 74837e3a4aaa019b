"""Builds the Api that a Spec describes."""

from __future__ import annotations

from dataclasses import replace

from ..answer_rules import NO_RULES, AnswerRules
from ..diagnostics import Diagnostics
from ..reading.spec import Spec
from .api import (
    Api,
    Declaration,
    ObjectDeclaration,
    Property,
)
from .apply_rules import apply_rules
from .build_operations import build_operations
from .builder import Builder
from .families import find_tags
from .type_walk import reach_declarations, types_received, types_sent


def build_api(
    spec: Spec, diagnostics: Diagnostics, rules: AnswerRules = NO_RULES
) -> Api:
    """Build the operations, and the declarations that they reach.

    Args:
        rules: What the user says of answers.
    """
    builder = Builder(spec, diagnostics, tags=find_tags(spec))
    _tell_of_server(builder)
    operations = tuple(
        built for each in spec.operations for built in build_operations(builder, each)
    )
    built = {
        pointer: declaration
        for pointer, declaration in builder.declarations.items()
        if declaration is not None
    }
    sent = reach_declarations(built, map(types_sent, operations))
    received = reach_declarations(built, map(types_received, operations))
    declarations = {
        pointer: _relax(declaration, pointer in sent, pointer in received)
        for pointer, declaration in built.items()
        if pointer in sent or pointer in received
    }
    return Api(
        document=spec.document,
        title=spec.title,
        version=spec.version,
        description=spec.description,
        servers=spec.servers,
        tags=spec.tags,
        schemes=spec.schemes,
        operations=apply_rules(operations, declarations, rules, spec, diagnostics),
        declarations=declarations,
    )


def _tell_of_server(builder: Builder) -> None:
    """Say so if the URL that the clients would have is one that no path fits behind."""
    spec = builder.spec
    for server in spec.servers[:1]:
        if server.is_absolute and server.problem:
            builder.diagnostics.warning(
                "unusable-server",
                f'"{server.url}" {server.problem}, so base_url has to be given',
                spec.document.node(
                    "/servers/0/url" if "servers" in spec.document.root else "/host"
                ),
                help="what a URL has behind its path belongs to parameters, and a user"
                " or password to a security scheme; what is not ASCII"
                " is percent-encoded, and in a host written as xn--",
            )


def _relax(declaration: Declaration, sent: bool, received: bool) -> Declaration:
    """Do not ask callers for what is read only, nor the API for what is write only."""
    if not isinstance(declaration, ObjectDeclaration):
        return declaration

    def relax(item: Property) -> Property:
        spared = (item.read_only and sent) or (item.write_only and received)
        return replace(item, required=False) if spared and item.required else item

    return replace(declaration, properties=tuple(map(relax, declaration.properties)))
