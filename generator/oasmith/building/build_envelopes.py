"""Opens envelopes: answers that are an object around what is meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..answer_rules import EnvelopeRule
from ..diagnostics import Diagnostics
from ..document import Pointer
from .answer_shapes import Envelope, Member
from .api import (
    AnyType,
    Content,
    Declaration,
    DeclaredType,
    JsonContent,
    NullableType,
    NullType,
    ObjectDeclaration,
    Operation,
    Property,
    Response,
    Type,
)

Declarations = Mapping[Pointer, Declaration]


def open_envelopes(
    operations: tuple[Operation, ...],
    declarations: Declarations,
    rule: EnvelopeRule,
    diagnostics: Diagnostics,
) -> tuple[Operation, ...]:
    """Let operations return the result alone, where their answer has one."""
    opened = tuple(_open(each, declarations, rule) for each in operations)
    if opened == operations and operations:
        diagnostics.warning(
            "unused-envelope",
            f'no answer is an object with the member "{rule.result}"',
            rule.place,
            help="correct the name, or remove the table",
        )
    return opened


def find_member(
    declarations: Declarations, built: Type, name: str
) -> tuple[Member, Property] | None:
    """The property that objects of a type have by a name."""
    if not isinstance(built, DeclaredType):
        return None
    declared = declarations.get(built.pointer)
    if not isinstance(declared, ObjectDeclaration):
        return None
    for item in declared.properties:
        if item.name == name:
            inner, is_nullable = split_null(item.type)
            is_sure = item.required and not is_nullable
            return Member(declared.pointer, name, inner, is_sure), item
    return None


def split_null(built: Type) -> tuple[Type, bool]:
    """A type without null, and whether it may be null besides."""
    match built:
        case NullableType(inner):
            return inner, True
        case NullType() | AnyType():
            return built, True
        case _:
            return built, False


def _open(
    operation: Operation, declarations: Declarations, rule: EnvelopeRule
) -> Operation:
    def open_response(response: Response) -> Response:
        if response.is_error:
            return response
        content = tuple(
            (content_type, _open_content(content, declarations, rule))
            for content_type, content in response.content
        )
        return replace(response, content=content)

    responses = tuple(map(open_response, operation.responses))
    return replace(operation, responses=responses)


def _open_content(
    content: Content, declarations: Declarations, rule: EnvelopeRule
) -> Content:
    if not isinstance(content, JsonContent):
        return content
    found = find_member(declarations, content.type, rule.result)
    if found is None:
        return content
    result, item = found
    errors = find_member(declarations, content.type, rule.errors or "")
    may_lack = not result.is_sure and not isinstance(result.type, AnyType | NullType)
    envelope = Envelope(
        result=result,
        returns=NullableType(result.type) if may_lack else result.type,
        is_required=item.required,
        success=rule.success,
        errors=errors[0] if errors else None,
    )
    return replace(content, envelope=envelope)
