"""Presents how a request is made of the arguments: their styles, and the body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..building.api import (
    Body,
    FormBody,
    JsonBody,
    LinesBody,
    Parameter,
    Property,
    RawBody,
)
from ..layout.package import OperationModule
from ..layout.symbols import STYLES, runtime
from ..reading.spec import Encoding
from .code import Code, fill, join, use
from .literals import make_literal

Names = Mapping[tuple[str, str], str]
"""The argument that each parameter or property of the body has, by place and name."""

_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"
_BYTES = "application/octet-stream"

_DELIMITERS = {
    "form": ",",
    "spaceDelimited": " ",
    "pipeDelimited": "|",
    "tabDelimited": "\t",
}


def present_request(module: OperationModule, names: Names) -> Code:
    """Write the arguments of ``_OPERATION.request``."""
    parts = list(_present_places(module, names))
    if (body := module.operation.body) is not None:
        parts.append(fill("body={}", _present_body(body, names)))
    return join(", ", parts)


def _present_places(module: OperationModule, names: Names) -> Iterator[Code]:
    """Write the arguments of ``request`` for the path, the query, headers, cookies."""
    keywords = (("path", ""), ("query", "query="), ("header", "headers="))
    for place, keyword in (*keywords, ("cookie", "cookies=")):
        found = [
            each
            for each in module.operation.parameters
            if each.place.removesuffix("string") == place
        ]
        if found:
            pairs = [
                fill(
                    "{}: {}",
                    Code(make_literal(each.name)),
                    _style(each, names[each.place, each.name]),
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
    if parameter.place == "querystring":
        return _style_whole(parameter.content_type, wire, name)
    if parameter.content_type is not None:
        return _call("json_text", name)
    reserved = ", allow_reserved=True" if parameter.allow_reserved else ""
    match parameter.place, parameter.style, parameter.explode:
        case "path", ("label" | "matrix") as style, explode:
            how = ", explode=True" if explode else ""
            return _call(style, f"{wire}, {name}{how}{reserved}")
        case ("path" | "header") as place, style, explode if (
            explode or style in _DELIMITERS
        ):
            function = "simple" if place == "path" else "header"
            mark = make_literal(_DELIMITERS.get(style, ","))
            how = "explode=True" if explode else f"delimiter={mark}"
            return _call(function, f"{wire}, {name}, {how}{reserved}")
        case "path", _, _ if reserved:
            return _call("simple", f"{wire}, {name}{reserved}")
        case "query", "deepObject", _:
            return _call("deep_object", f"{wire}, {name}{reserved}")
        case "query", style, False if style in _DELIMITERS:
            mark = make_literal(_DELIMITERS[style])
            return _call("delimited", f"{wire}, {name}, {mark}{reserved}")
        case "cookie", "cookie", explode:
            joined = "" if explode else ", explode=False"
            return _call("cookie", f"{wire}, {name}, escape=False{joined}")
        case "cookie", _, explode if reserved or not explode:
            joined = "" if explode else ", explode=False"
            return _call("cookie", f"{wire}, {name}{joined}{reserved}")
        case "query", _, _ if reserved:
            return _call("form", f"{wire}, {name}{reserved}")
        case _:
            return Code(name)


def _style_whole(content_type: str | None, wire: str, name: str) -> Code:
    """Write a parameter that is the whole query string (OpenAPI 3.2)."""
    if content_type is None:
        return _call("whole_string", f"{wire}, {name}")
    if content_type == _FORM:
        return _call("form_string", f"{wire}, {name}")
    text = _call("json_text", name)
    return fill("{}.whole_string({}, {})", use(STYLES), Code(wire), text)


def _call(function: str, arguments: str) -> Code:
    return fill("{}.{}({})", use(STYLES), Code(function), Code(arguments))


def _present_body(body: Body, names: Names) -> Code:
    match body:
        case JsonBody(fields=None):
            value, function, usual = Code(names["body", "body"]), "json", _JSON
        case JsonBody(fields=items):
            value, function, usual = _fields_dict(items or (), names), "json", _JSON
        case FormBody(multipart=multipart):
            value = _form_dict(body, names)
            function = "multipart" if multipart else "form"
            usual = "multipart/form-data" if multipart else _FORM
        case LinesBody():
            value = Code(names["body", "body"])
            function, usual = "lines", "application/jsonl"
        case RawBody(text=text):
            value = Code(names["body", "body"])
            function, usual = ("text", "text/plain") if text else ("binary", _BYTES)
    content_type = body.content_type if "*" not in body.content_type else usual
    other = Code("" if content_type == usual else f", {make_literal(content_type)}")
    if types := _part_types(body):
        other = fill("{}, types={{{}}}", other, Code(", ".join(types)))
    if not body.required and not isinstance(body, RawBody | LinesBody):
        other = fill("{}{}", other, Code("" if _is_whole(body) else ", required=False"))
        other = fill("{}{}", other, Code(_needed_fields(body)))
    return fill("{}({}{})", use(runtime(f"{function}_content")), value, other)


def _needed_fields(body: Body) -> str:
    """The fields without which an optional form can't be sent, as an argument."""
    if not isinstance(body, FormBody):
        return ""
    needed = [make_literal(each.name) for each in body.fields if each.required]
    return f", needed=[{', '.join(needed)}]" if needed else ""


def _part_types(body: Body) -> list[str]:
    """The media types that the parts of a form are given, as entries of a dict."""
    if not isinstance(body, FormBody) or not body.multipart:
        return []
    return [
        f"{make_literal(name)}: {make_literal(encoding.sole_type)}"
        for name, encoding in body.encoding.items()
        if not encoding.is_styled and encoding.sole_type
    ]


def _is_whole(body: Body) -> bool:
    return isinstance(body, JsonBody) and body.fields is None


def _fields_dict(items: Sequence[Property], names: Names) -> Code:
    pairs = [
        Code(f"{make_literal(item.name)}: {names['body', item.name]}") for item in items
    ]
    return fill("{{{}}}", _literal_dict(pairs))


def _form_dict(body: FormBody, names: Names) -> Code:
    pairs = [
        fill(
            "{}: {}",
            Code(make_literal(item.name)),
            _encode_field(body, item, names["body", item.name]),
        )
        for item in body.fields
    ]
    return fill("{{{}}}", _literal_dict(pairs))


def _encode_field(body: FormBody, item: Property, name: str) -> Code:
    """Write a field as its encoding asks for (OpenAPI 3.1.1, Encoding Object)."""
    encoding = body.encoding.get(item.name)
    if encoding is None:
        return Code(name)
    if encoding.is_styled:
        wire = make_literal(item.name)
        return (_style_part if body.multipart else _style_field)(encoding, wire, name)
    is_json = not body.multipart and (encoding.content_type or "").endswith("json")
    return _call("json_text", name) if is_json else Code(name)


def _style_field(encoding: Encoding, wire: str, name: str) -> Code:
    style = encoding.style or "form"
    reserved = ", allow_reserved=True" if encoding.allow_reserved else ""
    if style == "deepObject":
        return _call("deep_object", f"{wire}, {name}{reserved}")
    if encoding.is_exploded or style not in _DELIMITERS:
        return _call("form", f"{wire}, {name}{reserved}")
    mark = make_literal(_DELIMITERS[style])
    return _call("delimited", f"{wire}, {name}, {mark}{reserved}")


def _style_part(encoding: Encoding, wire: str, name: str) -> Code:
    """Write a part whose values stand together; others are what they would be."""
    style = encoding.style or "form"
    if encoding.is_exploded or style not in _DELIMITERS:
        return Code(name)
    mark = make_literal(_DELIMITERS[style])
    return _call("joined", f"{wire}, {name}, {mark}")
