"""Presents what a client function takes, and how it becomes a request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from ..building.api import (
    BinaryType,
    Body,
    ConstantType,
    DeclaredType,
    Doc,
    EnumType,
    FormBody,
    IntegerType,
    JsonBody,
    LinesBody,
    ListType,
    MapType,
    NullableType,
    NumberType,
    Property,
    RawBody,
    StringType,
    Type,
)
from ..layout.package import OperationModule, Package, argument_key
from ..layout.symbols import GET_ARGS, ITERABLE, runtime
from ..reading.spec import Constraints
from .code import Code, fill, join, use
from .expressions import annotate, or_unset
from .literals import make_literal
from .patterns import is_usable_pattern
from .phrases import as_sentence, describe_value
from .present_requests import present_request


@dataclass(frozen=True, slots=True)
class Argument:
    """A parameter of a client function."""

    name: str
    declaration: Code
    """ "name: str | Unset = UNSET" """

    positional: bool
    text: str
    """What the docstring says of it."""


@dataclass(frozen=True, slots=True)
class Sending:
    """How the arguments become a request."""

    checks: tuple[Code, ...]
    call: Code
    """The arguments of ``_OPERATION.request``."""


@dataclass(frozen=True, slots=True)
class _Input:
    """An argument of either kind: a parameter, or a part of the body."""

    place: str
    wire: str
    name: str
    type: Type
    required: bool
    doc: Doc
    checked: bool
    many: bool = False
    """Whether any number of values of the type are given, as an iterable."""


def present_arguments(package: Package, module: OperationModule) -> list[Argument]:
    """Present the arguments: those of the path first, then required ones."""
    inputs = sorted(_inputs_of(module), key=lambda each: not each.required)
    inputs.sort(key=lambda each: each.place != "path")
    return [_present_argument(package, each) for each in inputs]


def present_sending(package: Package, module: OperationModule) -> Sending:
    """Present the checks of the arguments, and how they are sent."""
    inputs = list(_inputs_of(module))
    checks = [check for each in inputs for check in _checks(package, each)]
    names = {(each.place, each.wire): each.name for each in inputs}
    return Sending(tuple(checks), present_request(module, names))


def _inputs_of(module: OperationModule) -> Iterator[_Input]:
    operation = module.operation

    def name_of(place: str, wire: str) -> str:
        return module.arguments[argument_key(operation, place, wire)]

    for each in operation.parameters:
        yield _Input(
            each.place,
            each.name,
            name_of(each.place, each.name),
            each.type,
            each.required,
            each.doc,
            checked=each.content_type is None,
        )
    match operation.body:
        case None:
            pass
        case JsonBody(fields=None) | RawBody() | LinesBody():
            yield _whole_body(operation.body, name_of("body", "body"))
        case JsonBody(fields=items) | FormBody(fields=items):
            for item in items or ():
                yield _Input(
                    "body",
                    item.name,
                    name_of("body", item.name),
                    item.type,
                    item.required and operation.body.required,
                    _describe_field(item, operation.body),
                    checked=True,
                )


def _describe_field(item: Property, body: Body) -> Doc:
    """What is said of a field: also when it is needed, and the headers of its part."""
    told = [as_sentence(item.doc.text or item.doc.title)]
    if item.required and not body.required:
        told.append("Needed if the form is sent.")
    encoding = body.encoding.get(item.name) if isinstance(body, FormBody) else None
    if encoding and encoding.headers:
        names = [
            each.name + (" (needed)" if each.required else "")
            for each in encoding.headers
        ]
        told.append(f"Given as a File it may have `headers`: {', '.join(names)}.")
    return replace(item.doc, text=" ".join(filter(None, told)))


def _whole_body(body: Body, name: str) -> _Input:
    built: Type
    match body:
        case JsonBody(type=built) | LinesBody(item=built):
            pass
        case RawBody(text=True):
            built = StringType()
        case _:
            built = BinaryType()
    many = isinstance(body, LinesBody)
    return _Input("body", "body", name, built, body.required, body.doc, False, many)


def _present_argument(package: Package, each: _Input) -> Argument:
    annotation = annotate(package, each.type, is_open=False)
    if each.many:
        annotation = fill("{}[{}]", use(ITERABLE), annotation)
    unset = use(runtime("UNSET"))
    if not each.required:
        declaration = fill("{}: {} = {}", Code(each.name), or_unset(annotation), unset)
    elif isinstance(each.type, ConstantType) and each.place != "path":
        default = Code(make_literal(each.type.value))
        declaration = fill("{}: {} = {}", Code(each.name), annotation, default)
    else:
        declaration = fill("{}: {}", Code(each.name), annotation)
    positional = each.place == "path"
    return Argument(each.name, declaration, positional, describe_value(each.doc))


def _checks(package: Package, each: _Input) -> Iterator[Code]:
    """Write the checks of an argument against what the description demands."""
    if not each.checked:
        return
    built = each.type.type if isinstance(each.type, NullableType) else each.type
    target = Code(f"{make_literal(each.name)}, {each.name}")
    choices = _choices(package, built)
    if choices is not None:
        yield fill("{}({}, {})", use(runtime("check_choice")), target, choices)
        return
    if isinstance(built, ListType):
        choices = _choices(package, built.item)
        if choices is not None:
            yield fill("{}({}, {})", use(runtime("check_choices")), target, choices)
    checker, names = _checker_of(built)
    demands = [
        Code(f"{_KEYWORDS.get(name, name)}={make_literal(value)}")
        for name, value in _given(each.doc.constraints)
        if name in names
    ]
    if demands:
        check = use(runtime(checker))
        yield fill("{}({}, {})", check, target, join(", ", demands))


def _choices(package: Package, built: Type) -> Code | None:
    match built:
        case ConstantType(value):
            return Code(make_literal(value))
        case EnumType(values):
            return Code(", ".join(map(make_literal, values)))
        case DeclaredType(pointer):
            model = package.models[pointer]
            if isinstance(getattr(model.declaration, "type", None), EnumType):
                return fill("*{}({})", use(GET_ARGS), use(model.symbol))
            return None
        case _:
            return None


_KEYWORDS = {"unique_items": "unique"}
_STRING_CHECKS = frozenset({"min_length", "max_length", "pattern"})
_ARRAY_CHECKS = frozenset({"min_items", "max_items", "unique_items"})
_OBJECT_CHECKS = frozenset({"min_properties", "max_properties"})
_NUMBER_CHECKS = frozenset(
    ["minimum", "maximum", "exclusive_minimum", "exclusive_maximum", "multiple_of"]
)


def _checker_of(built: Type) -> tuple[str, frozenset[str]]:
    match built:
        case StringType("text"):
            return "check_str", _STRING_CHECKS
        case IntegerType() | NumberType():
            return "check_number", _NUMBER_CHECKS
        case ListType():
            return "check_array", _ARRAY_CHECKS
        case MapType():
            return "check_object", _OBJECT_CHECKS
        case _:
            return "", frozenset()


def _given(constraints: Constraints) -> Iterator[tuple[str, object]]:
    for each in fields(Constraints):
        value = getattr(constraints, each.name)
        if value is None or value is False:
            continue
        if each.name in ("min_length", "min_items", "min_properties") and value == 0:
            continue
        if each.name != "pattern" or is_usable_pattern(value):
            yield each.name, value
