"""Makes manifest.json: the package's index for other tools, such as tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..building.answer_shapes import Paging
from ..building.api import (
    BinaryType,
    Body,
    FormBody,
    JsonBody,
    LinesBody,
    ListType,
    NullableType,
    Property,
    RawBody,
)
from ..document import Pointer
from ..layout.package import (
    CredentialArgument,
    Group,
    OperationModule,
    Package,
    Symbol,
    VariableArgument,
    argument_key,
)
from ..reading.spec import ApiKeyScheme, BasicScheme, BearerScheme, MutualTlsScheme
from .addresses import address_of, decoder_of
from .describe_answers import describe_responses
from .expressions import annotate
from .flat_json import flat_json


def make_manifest(package: Package) -> str:
    """Write the index of a package as JSON."""
    manifest = {
        "manifest": 1,
        "package": package.name,
        "spec": package.source,
        "client": {
            "factory": f"{package.name}.client:Client",
            "async_factory": f"{package.name}.async_client:AsyncClient",
            "base_url_keyword": "base_url",
            "auth": [_describe_credential(each) for each in package.credentials],
            "server_variables": [
                _describe_variable(each) for each in package.server_variables
            ],
        },
        "encode": address_of(package, Symbol("_runtime.model", "to_json")),
        "file": address_of(package, Symbol("_runtime.request", "File")),
        "operations": [
            _describe_operation(package, group, ways)
            for group, ways in _list_operations(package)
        ],
    }
    return flat_json(manifest) + "\n"


def _describe_credential(credential: CredentialArgument) -> dict[str, Any]:
    match credential.scheme.means:
        case BearerScheme(kind, None):
            described: dict[str, Any] = {"kind": kind}
        case BearerScheme(kind, url):
            described = {"kind": kind, "token_url": url}
        case BasicScheme():
            described = {"kind": "http-basic"}
        case ApiKeyScheme(place, name):
            described = {"kind": f"api-key-{place}", "name": name}
        case MutualTlsScheme():
            raise AssertionError("a certificate is no argument")
    return {
        "scheme": credential.scheme.name,
        "python": credential.name,
        **described,
    }


def _describe_variable(argument: VariableArgument) -> dict[str, Any]:
    return {
        "name": argument.variable.name,
        "python": argument.name,
        "default": argument.variable.default,
        "enum": list(argument.variable.choices),
    }


def _list_operations(package: Package) -> list[tuple[Group, list[OperationModule]]]:
    """By path and method: a description that is put in another order moves no lines."""
    listed = [(group, ways) for group in package.groups for ways in _group_ways(group)]
    return sorted(listed, key=lambda each: each[1][0].operation.pointer)


def _group_ways(group: Group) -> Iterator[list[OperationModule]]:
    """The modules of each operation: the first, and those of other media types."""
    ways: dict[Pointer, list[OperationModule]] = {}
    for module in group.operations:
        variant = module.operation.variant
        of = module.operation.pointer if variant is None else variant.of
        ways.setdefault(of, []).append(module)
    yield from ways.values()


def _describe_operation(
    package: Package, group: Group, ways: Sequence[OperationModule]
) -> dict[str, Any]:
    module = ways[0]
    operation = module.operation
    by_body = [way for way in ways if not _streams_beside(way)]
    names = {each.scheme.name for each in package.credentials}
    described: dict[str, Any] = {
        "operationId": operation.operation_id,
        "method": operation.method,
        "path": operation.path,
        "tags": list(operation.tags),
        "module": f"{package.name}.{module.module}",
        "function": module.function,
        "async_function": f"{module.function}_async",
        "group": group.name,
        "security": [
            [name for name in each if name in names] for each in operation.security
        ],
        "parameters": _describe_parameters(package, module),
        "body": _describe_body(package, by_body),
        "responses": describe_responses(package, module),
    }
    if operation.paging is not None:
        described["pages"] = _describe_pages(package, module, operation.paging)
    for way in ways:
        if _streams_beside(way):
            described["stream"] = _describe_stream(package, way)
    return described


def _describe_pages(
    package: Package, module: OperationModule, paging: Paging
) -> dict[str, Any]:
    """The functions that give the items of all pages; they take what the others do."""
    return {
        "function": module.pages_function,
        "async_function": f"{module.pages_function}_async",
        "style": paging.style,
        "parameter": paging.parameter,
        "type": annotate(package, paging.item, is_open=True).text,
        "decode": decoder_of(package, paging.item),
    }


def _streams_beside(module: OperationModule) -> bool:
    """Whether it gives item by item what another function gives as a whole."""
    variant = module.operation.variant
    return variant is not None and variant.streams


def _describe_stream(package: Package, module: OperationModule) -> dict[str, Any]:
    return {
        "module": f"{package.name}.{module.module}",
        "function": module.function,
        "async_function": f"{module.function}_async",
        "responses": describe_responses(package, module),
    }


def _argument(module: OperationModule, place: str, name: str) -> str:
    return module.arguments[argument_key(module.operation, place, name)]


def _describe_parameters(
    package: Package, module: OperationModule
) -> list[dict[str, Any]]:
    return [
        {
            "name": each.name,
            "in": each.place,
            "python": _argument(module, each.place, each.name),
            "required": each.required,
            "decode": decoder_of(package, each.type),
        }
        for each in module.operation.parameters
    ]


def _describe_body(
    package: Package, ways: Sequence[OperationModule]
) -> dict[str, Any] | None:
    """The body in each media type; all but the first have a function of their own."""
    first = ways[0]
    if first.operation.body is None:
        return None
    parameters = _describe_parameters(package, first)
    media: list[dict[str, Any]] = []
    for way in ways:
        assert way.operation.body is not None
        medium = _describe_medium(package, way, way.operation.body)
        if way is not first:
            medium["module"] = f"{package.name}.{way.module}"
            medium["function"] = way.function
            medium["async_function"] = f"{way.function}_async"
            if (others := _describe_parameters(package, way)) != parameters:
                medium["parameters"] = others
        media.append(medium)
    return {"required": first.operation.body.required, "media": media}


def _describe_medium(
    package: Package, module: OperationModule, body: Body
) -> dict[str, Any]:
    medium: dict[str, Any] = {
        "content_type": body.content_type,
        "kind": _kind_of_body(body),
    }
    match body:
        case JsonBody(fields=None, type=whole):
            medium |= {
                "python": _argument(module, "body", "body"),
                "decode": decoder_of(package, whole),
            }
        case LinesBody(item=item):
            medium |= {
                "python": _argument(module, "body", "body"),
                "decode": decoder_of(package, item),
            }
        case RawBody():
            medium |= {"python": _argument(module, "body", "body"), "decode": None}
        case JsonBody(fields=items) | FormBody(fields=items):
            fields = [_describe_field(package, module, each) for each in items or ()]
            medium |= {"python": None, "fields": fields, "decode": None}
    return medium


def _kind_of_body(body: Body) -> str:
    """How the body is made of its arguments."""
    match body:
        case JsonBody():
            return "json"
        case FormBody(multipart=multipart):
            return "multipart" if multipart else "form"
        case LinesBody():
            return "lines"
        case RawBody(text=text):
            return "text" if text else "bytes"


def _describe_field(
    package: Package, module: OperationModule, item: Property
) -> dict[str, Any]:
    whole = item.type.type if isinstance(item.type, NullableType) else item.type
    whole = whole.item if isinstance(whole, ListType) else whole
    return {
        "name": item.name,
        "python": _argument(module, "body", item.name),
        "required": item.required,
        "file": isinstance(whole, BinaryType),
        "decode": decoder_of(package, item.type),
    }
