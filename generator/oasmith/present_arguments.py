"""Presents what a client function takes, and how it becomes a request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from .api import (
    BinaryType,
    Body,
    ConstantType,
    DeclaredType,
    Doc,
    EnumType,
    FormBody,
    IntegerType,
    JsonBody,
    ListType,
    MapType,
    NullableType,
    NumberType,
    Parameter,
    Property,
    RawBody,
    StringType,
    Type,
)
from .code import Code, fill, join, use
from .expressions import annotate, or_unset
from .layout import argument_key
from .literals import make_literal
from .package import OperationModule, Package
from .patterns import is_usable_pattern
from .phrases import describe_value
from .spec import Constraints
from .symbols import GET_ARGS, STYLES, runtime


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
    parts = list(_present_places(module, names))
    if (body := module.operation.body) is not None:
        parts.append(fill("body={}", _present_body(body, names)))
    return Sending(tuple(checks), join(", ", parts))


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
        case JsonBody(fields=None) | RawBody():
            yield _whole_body(operation.body, name_of("body", "body"))
        case JsonBody(fields=items) | FormBody(fields=items):
            for item in items or ():
                name = name_of("body", item.name)
                yield _Input(
                    "body", item.name, name, item.type, item.required, item.doc, True
                )


def _whole_body(body: Body, name: str) -> _Input:
    built: Type
    match body:
        case JsonBody(type=built):
            pass
        case RawBody(text=True):
            built = StringType()
        case _:
            built = BinaryType()
    return _Input("body", "body", name, built, body.required, body.doc, checked=False)


def _present_argument(package: Package, each: _Input) -> Argument:
    annotation = annotate(package, each.type, is_open=False)
    if each.place == "body" and isinstance(each.type, BinaryType):
        annotation = annotation if each.checked else Code("bytes")
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


def _present_places(
    module: OperationModule, names: dict[tuple[str, str], str]
) -> Iterator[Code]:
    """Write the arguments of ``request`` for the path, the query, headers, cookies."""
    keywords = (("path", ""), ("query", "query="), ("header", "headers="))
    for place, keyword in (*keywords, ("cookie", "cookies=")):
        found = [each for each in module.operation.parameters if each.place == place]
        if found:
            pairs = [
                fill(
                    "{}: {}",
                    Code(make_literal(each.name)),
                    _style(each, names[(place, each.name)]),
                )
                for each in found
            ]
            yield fill("{}{{{}}}", Code(keyword), _literal_dict(pairs))


def _literal_dict(pairs: Sequence[Code]) -> Code:
    """The inside of a dict; a trailing comma asks for one entry a line."""
    inside = join(", ", pairs)
    return fill("{},", inside) if len(pairs) > 2 else inside


def _style(parameter: Parameter, name: str) -> Code:
    """Write a value in its parameter's style, where that isn't the usual one."""
    wire = make_literal(parameter.name)
    if parameter.content_type is not None:
        return _call("json_text", name)
    reserved = ", allow_reserved=True" if parameter.allow_reserved else ""
    match parameter.place, parameter.style, parameter.explode:
        case "path", ("label" | "matrix") as style, explode:
            return _call(
                style, f"{wire}, {name}" + (", explode=True" if explode else "")
            )
        case "path", _, True:
            return _call("simple", f"{wire}, {name}, explode=True")
        case "header", _, True:
            return _call("header", f"{wire}, {name}, explode=True")
        case "query", "deepObject", _:
            return _call("deep_object", f"{wire}, {name}{reserved}")
        case "query", ("spaceDelimited" | "pipeDelimited") as style, False:
            mark = make_literal(" " if style == "spaceDelimited" else "|")
            return _call("delimited", f"{wire}, {name}, {mark}{reserved}")
        case ("query" | "cookie"), "form", False:
            return _call("delimited", f'{wire}, {name}, ","{reserved}')
        case "query", _, _ if reserved:
            return _call("form", f"{wire}, {name}{reserved}")
        case _:
            return Code(name)


def _call(function: str, arguments: str) -> Code:
    return fill("{}.{}({})", use(STYLES), Code(function), Code(arguments))


def _present_body(body: Body, names: dict[tuple[str, str], str]) -> Code:
    match body:
        case JsonBody(fields=None):
            value, function, usual = Code(names["body", "body"]), "json", _JSON
        case JsonBody(fields=items):
            value, function, usual = _fields_dict(items or (), names), "json", _JSON
        case FormBody(fields=items, multipart=multipart):
            value = _fields_dict(items, names)
            function = "multipart" if multipart else "form"
            usual = "multipart/form-data" if multipart else _FORM
        case RawBody(text=text):
            value = Code(names["body", "body"])
            function, usual = ("text", "text/plain") if text else ("binary", _BYTES)
    content_type = body.content_type if "*" not in body.content_type else usual
    other = Code("" if content_type == usual else f", {make_literal(content_type)}")
    if not body.required and not isinstance(body, RawBody):
        other = fill("{}{}", other, Code("" if _is_whole(body) else ", required=False"))
    return fill("{}({}{})", use(runtime(f"{function}_content")), value, other)


def _is_whole(body: Body) -> bool:
    return isinstance(body, JsonBody) and body.fields is None


_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"
_BYTES = "application/octet-stream"


def _fields_dict(items: Sequence[Property], names: dict[tuple[str, str], str]) -> Code:
    pairs = [
        Code(f"{make_literal(item.name)}: {names['body', item.name]}") for item in items
    ]
    return fill("{{{}}}", _literal_dict(pairs))
