"""Describes the answers of operations, for manifest.json."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..building.answer_shapes import Envelope, Failure
from ..building.api import (
    BytesContent,
    Content,
    JsonContent,
    Response,
    StreamContent,
    TextContent,
)
from ..layout.package import OperationModule, Package
from .addresses import address_of, decoder_of
from .describe_envelope import describe_envelope, describe_failure
from .expressions import annotate
from .present_headers import header_type


def describe_responses(
    package: Package, module: OperationModule
) -> list[dict[str, Any]]:
    return [
        entry
        for each in module.operation.responses
        for entry in _describe_response(package, module, each)
    ]


def _describe_response(
    package: Package, module: OperationModule, response: Response
) -> Iterator[dict[str, Any]]:
    """The response in each media type, with the headers that can be read of it."""
    headers = _describe_headers(package, module, response)
    for entry in _describe_contents(package, response):
        yield entry | headers


def _describe_headers(
    package: Package, module: OperationModule, response: Response
) -> dict[str, Any]:
    if module.headers is None or not response.headers:
        return {}
    symbol, fields = module.headers.symbol, module.headers.fields
    typed = {each.name.lower(): each for each in module.operation.headers}
    return {
        "headers": [
            {
                "name": each.name,
                "python": fields[each.name.lower()],
                "type": header_type(package, typed[each.name.lower()]).text,
            }
            for each in response.headers
        ],
        "headers_type": address_of(package, symbol),
    }


def _describe_contents(
    package: Package, response: Response
) -> Iterator[dict[str, Any]]:
    if not response.content:
        yield {
            "status": response.status,
            "content_type": None,
            "kind": "none",
            "type": "None",
            "decode": None,
        }
    for content_type, content in response.content:
        yield {
            "status": response.status,
            "content_type": content_type,
            "kind": _kind_of_content(content),
            "type": _type_of(package, content),
            "decode": _content_decoder(package, content),
            **_describe_envelope(package, content),
        }


def _describe_envelope(package: Package, content: Content) -> dict[str, Any]:
    """The members around what is returned, or those that tell of a failure."""
    declarations = package.api.declarations
    match content:
        case JsonContent(envelope=Envelope() as envelope):
            return {"envelope": describe_envelope(content, envelope, declarations)}
        case JsonContent(failure=Failure() as failure):
            return {"failure": describe_failure(content, failure, declarations)}
        case _:
            return {}


def _kind_of_content(content: Content) -> str:
    match content:
        case JsonContent():
            return "json"
        case TextContent():
            return "text"
        case BytesContent():
            return "bytes"
        case StreamContent(form):
            return form


def _type_of(package: Package, content: Content) -> str:
    match content:
        case JsonContent():
            return annotate(package, content.returned, is_open=True).text
        case StreamContent(item=built):
            return annotate(package, built, is_open=True).text
        case TextContent():
            return "str"
        case BytesContent():
            return "bytes"


def _content_decoder(package: Package, content: Content) -> str | None:
    match content:
        case JsonContent():
            return decoder_of(package, content.returned)
        case StreamContent(item=built):
            return decoder_of(package, built)
        case TextContent() | BytesContent():
            return None
