"""What a client function takes, whether it is a parameter or a part of the body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from ..building.api import (
    BinaryType,
    Body,
    ConstantType,
    Doc,
    FormBody,
    JsonBody,
    LinesBody,
    ListType,
    Parameter,
    Property,
    RawBody,
    StringType,
    Type,
)
from ..document import Pointer
from ..layout.package import OperationModule, argument_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    name: str
    """As a caller writes it."""

    pointer: Pointer
    type: Type
    must_be_given: bool
    is_positional: bool
    """Whether it may be passed without its name."""

    is_checked: bool
    """Whether its constraints are checked before anything is sent."""

    doc: Doc
    wire: tuple[object, ...]
    """How it is sent: where, under which name, in which style."""


def arguments_of(module: OperationModule) -> dict[str, Argument]:
    """The arguments of a function by their names, the positional ones in order."""
    found = [*_parameters_of(module), *_body_arguments(module)]
    return {each.name: each for each in found}


def positional_names(arguments: dict[str, Argument]) -> list[str]:
    """The names of what may be passed without them, in order."""
    positional = [each for each in arguments.values() if each.is_positional]
    return [each.name for each in positional]


def _parameters_of(module: OperationModule) -> Iterator[Argument]:
    for each in module.operation.parameters:
        key = argument_key(module.operation, each.place, each.name)
        yield Argument(
            name=module.arguments[key],
            pointer=each.pointer,
            type=each.type,
            must_be_given=_must_be_given(each),
            is_positional=each.place == "path",
            is_checked=each.content_type is None,
            doc=each.doc,
            wire=(
                each.place,
                each.name,
                each.style,
                each.explode,
                each.allow_reserved,
                each.content_type,
            ),
        )


def _must_be_given(item: Parameter) -> bool:
    """Whether a caller must say it: what can only be one value is sent by itself."""
    is_constant = isinstance(item.type, ConstantType) and item.place != "path"
    return item.required and not is_constant


def _body_arguments(module: OperationModule) -> Iterator[Argument]:
    body = module.operation.body
    match body:
        case None:
            pass
        case JsonBody(fields=None, type=whole):
            yield _whole_body(module, body, whole)
        case RawBody(text=text):
            yield _whole_body(module, body, StringType() if text else BinaryType())
        case LinesBody(item=item):
            # Any iterable is taken, lists too.
            yield _whole_body(module, body, ListType(item))
        case JsonBody(fields=fields) | FormBody(fields=fields):
            for each in fields or ():
                yield _field_of_body(module, body, each)
        case _:
            assert_never(body)


def _whole_body(module: OperationModule, body: Body, whole: Type) -> Argument:
    return Argument(
        name=module.arguments[argument_key(module.operation, "body", "body")],
        pointer=body.pointer,
        type=whole,
        must_be_given=body.required,
        is_positional=False,
        is_checked=False,
        doc=body.doc,
        wire=("body",),
    )


def _field_of_body(module: OperationModule, body: Body, item: Property) -> Argument:
    is_constant = isinstance(item.type, ConstantType)
    return Argument(
        name=module.arguments[argument_key(module.operation, "body", item.name)],
        pointer=item.pointer,
        type=item.type,
        must_be_given=item.required and body.required and not is_constant,
        is_positional=False,
        is_checked=True,
        doc=item.doc,
        wire=("body", item.name, *_encoding_of(body, item.name)),
    )


def _encoding_of(body: Body, name: str) -> tuple[object, ...]:
    match body:
        case FormBody(encoding=encoding) if name in encoding:
            found = encoding[name]
            return (
                found.content_type,
                found.style,
                found.explode,
                found.allow_reserved,
            )
        case _:
            return ()
