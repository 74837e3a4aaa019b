"""Opens envelopes: answers that are an object around what is meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..answer_rules import EnvelopeRule
from ..diagnostics import Diagnostics
from ..document import Pointer
from .answer_shapes import Envelope, Failure, Member
from .api import (
    AliasDeclaration,
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
    UnionType,
)
from .type_walk import envelopes_in, failures_in

Declarations = Mapping[Pointer, Declaration]


def open_envelopes(
    operations: tuple[Operation, ...],
    declarations: Declarations,
    rule: EnvelopeRule,
    diagnostics: Diagnostics,
) -> tuple[Operation, ...]:
    """Let operations return the result alone, where their answer has one."""
    opened = tuple(_open(each, declarations, rule) for each in operations)
    if operations and not any(any(envelopes_in(each)) for each in opened):
        tells = any(any(failures_in(each)) for each in opened)
        diagnostics.warning(
            "unused-envelope",
            f'no answer is an object with the member "{rule.result}"',
            rule.place_of("result"),
            help=(
                f'correct the name, unless only "{rule.success}" is to be looked at'
                if tells
                else "correct the name, or remove the table"
            ),
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
    whole, is_nullable = split_null(content.type)
    failure = _find_failure(whole, declarations, rule)
    found = find_member(declarations, whole, rule.result)
    if found is None:
        tells = _may_have(declarations, whole, rule.success)
        return replace(content, failure=failure) if tells else content
    result, item = found
    may_lack = is_nullable or not result.is_sure
    has_null = isinstance(result.type, AnyType | NullType)
    envelope = Envelope(
        result=result,
        returns=(
            NullableType(result.type) if may_lack and not has_null else result.type
        ),
        is_required=item.required,
    )
    return replace(content, envelope=envelope, failure=failure)


def _find_failure(
    built: Type, declarations: Declarations, rule: EnvelopeRule
) -> Failure | None:
    if rule.success is None:
        return None
    errors = find_member(declarations, built, rule.errors or "")
    return Failure(rule.success, errors[0] if errors else None)


def _may_have(
    declarations: Declarations,
    built: Type,
    name: str | None,
    above: tuple[Pointer, ...] = (),
) -> bool:
    """Whether a member is described of a type, or of one of its variants."""
    match built:
        case NullableType(inner):
            return _may_have(declarations, inner, name, above)
        case UnionType(variants):
            return any(_may_have(declarations, it, name, above) for it in variants)
        case DeclaredType(pointer) if pointer not in above:
            declared = declarations.get(pointer)
            if isinstance(declared, AliasDeclaration):
                above = (*above, pointer)
                return _may_have(declarations, declared.type, name, above)
            return find_member(declarations, built, name or "") is not None
        case _:
            return False
