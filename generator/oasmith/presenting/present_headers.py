"""Presents the class of an operation's typed headers."""

from __future__ import annotations

from dataclasses import dataclass

from ..building.api import (
    AliasDeclaration,
    ConstantType,
    DeclaredType,
    EnumType,
    ListType,
    MapType,
    NullableType,
    ObjectDeclaration,
    ResponseHeader,
    StringType,
    Type,
    UnionType,
)
from ..building.type_walk import types_in
from ..layout.package import HeadersClass, OperationModule, Package, Symbol
from ..layout.symbols import runtime
from .code import Code, fill, join, symbols_of, use
from .docstrings import make_docstring
from .expressions import annotate, decoder
from .literals import make_literal
from .phrases import describe_value
from .views import FieldView, HeadersView
from .wrap import wrap_line

_MARGIN = 4


@dataclass(frozen=True, slots=True)
class PresentedHeaders:
    """The class of an operation's headers, if it has one, and what that needs."""

    views: tuple[HeadersView, ...]
    needs: frozenset[Symbol]


def present_headers(package: Package, module: OperationModule) -> PresentedHeaders:
    """Present the typed headers of an operation."""
    if module.headers is None:
        return PresentedHeaders((), frozenset())
    headers = module.operation.headers
    lines = [_declare(package, module.headers, each) for each in headers]
    view = HeadersView(
        name=module.headers.symbol.name,
        docstring=make_docstring(
            f"The headers of an answer to {module.function}.", _MARGIN
        ),
        fields=tuple(
            FieldView(
                wrap_line(line.text, _MARGIN),
                make_docstring(describe_value(header.doc), _MARGIN),
            )
            for line, header in zip(lines, headers, strict=True)
        ),
    )
    needs = symbols_of(lines) | {runtime("TypedHeaders")}
    return PresentedHeaders((view,), needs)


def header_type(package: Package, header: ResponseHeader) -> Code:
    """The type of a header that was sent."""
    return annotate(package, header.type, is_open=True)


def _declare(package: Package, headers: HeadersClass, header: ResponseHeader) -> Code:
    typed = use(runtime("TypedHeader"))
    name = Code(headers.fields[header.name.lower()])
    wire = Code(make_literal(header.name))
    value = fill("{}({}, {})", typed, wire, _read(package, header))
    if not _says_more(package, header.type):
        return fill("{} = {}", name, value)
    annotation = header_type(package, header)
    return fill("{}: {}[{}] = {}", name, typed, annotation, value)


def _says_more(package: Package, built: Type) -> bool:
    """Whether a type says more than what its decoder returns, as enums do."""
    for part in types_in(built):
        match part:
            case EnumType() | ConstantType() | UnionType():
                return True
            case DeclaredType(pointer):
                found = package.models[pointer].declaration
                if isinstance(found, AliasDeclaration):
                    return True
            case _:
                pass
    return False


def _read(package: Package, header: ResponseHeader) -> Code:
    """Write the function that reads the text of a header."""
    if header.is_json:
        return fill(
            "{}({})", use(runtime("header_json")), decoder(package, header.type)
        )
    options = [Code("explode=True")] if header.explode else []
    match header.type:
        case ListType(item):
            delimiter = make_literal(header.delimiter)
            other = [] if header.delimiter == "," else [Code(delimiter)]
            return _call("header_items", [_read_scalar(package, item), *other])
        case MapType(value):
            return _call("header_entries", [_read_scalar(package, value), *options])
        case DeclaredType(pointer) as declared:
            found = package.models[pointer].declaration
            if not isinstance(found, ObjectDeclaration):
                return _read_scalar(package, declared)
            names = [
                make_literal(each.name)
                for each in found.properties
                if not _is_text(package, each.type)
            ]
            scalars = [Code(f"[{', '.join(names)}]")] if names else []
            made = decoder(package, declared)
            return _call("header_members", [made, *scalars, *options])
        case scalar:
            return _read_scalar(package, scalar)


def _call(function: str, arguments: list[Code]) -> Code:
    return fill("{}({})", use(runtime(function)), join(", ", arguments))


def _read_scalar(package: Package, built: Type) -> Code:
    if built == StringType("date-time"):
        return use(runtime("header_timestamp"))
    made = decoder(package, built)
    return made if _is_text(package, built) else _call("header_scalar", [made])


def _is_text(package: Package, built: Type) -> bool:
    """Whether it is a string in JSON, so that the text is what is decoded."""
    match built:
        case StringType():
            return True
        case ConstantType(value):
            return isinstance(value, str)
        case EnumType(values):
            return all(isinstance(value, str) for value in values)
        case NullableType(inner):
            return _is_text(package, inner)
        case DeclaredType(pointer):
            found = package.models[pointer].declaration
            return isinstance(found, AliasDeclaration) and _is_text(package, found.type)
        case _:
            return False
