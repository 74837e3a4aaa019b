"""Reads a Document into a Spec."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..diagnostics import Diagnostics
from ..document import (
    Document,
    Pointer,
    find_object,
    is_array,
    is_object,
    join_pointer,
    objects_in,
)
from ..grammar import version_of
from .read_families import read_families
from .read_openapi import read_openapi_wire
from .read_operations import Reader, read_operations, resolve
from .read_schema import SchemaReader
from .read_servers import read_servers
from .read_swagger import read_swagger_servers, read_swagger_wire
from .spec import (
    ApiKeyScheme,
    BasicScheme,
    BearerScheme,
    MutualTlsScheme,
    SecurityScheme,
    Spec,
    Tag,
)


def read_spec(document: Document, diagnostics: Diagnostics) -> Spec:
    """Read a description of Swagger 2.0, or of OpenAPI 3.0, 3.1 or 3.2."""
    root = document.root
    version = version_of(root)
    modern = version not in ("2.0", "3.0")
    reader = Reader(document, diagnostics, SchemaReader(document, diagnostics, modern))
    if version == "2.0":
        servers = read_swagger_servers(root)
        operations = read_operations(reader, read_swagger_wire)
        schemes = _read_schemes(reader, "/securityDefinitions")
    else:
        servers = read_servers(root.get("servers"), "")
        operations = read_operations(reader, read_openapi_wire)
        schemes = _read_schemes(reader, "/components/securitySchemes")
    families = read_families(reader.schema_reader)
    info = find_object(document, "/info") or {}
    return Spec(
        document=document,
        title=str(info.get("title", "")),
        version=str(info.get("version", "")),
        description=str(info.get("description", "")),
        servers=servers,
        tags=_read_tags(root),
        schemes=schemes,
        operations=operations,
        schemas=reader.schema_reader.schemas,
        families=families,
    )


def _read_tags(root: Mapping[str, Any]) -> tuple[Tag, ...]:
    written = root.get("tags")
    return tuple(
        Tag(str(tag.get("name", "")), str(tag.get("description", "")))
        for tag in (written if is_array(written) else [])
        if is_object(tag)
    )


def _read_schemes(reader: Reader, section: Pointer) -> tuple[SecurityScheme, ...]:
    schemes: list[SecurityScheme] = []
    for name, raw in objects_in(find_object(reader.document, section)):
        found, pointer = resolve(reader, raw, join_pointer(section, name))
        if scheme := _read_scheme(reader, found, pointer, name):
            schemes.append(scheme)
    return tuple(schemes)


def _find_token_url(raw: Mapping[str, Any]) -> str | None:
    """The token endpoint of a flow, of the client credentials first of all."""
    flows = dict(objects_in(raw.get("flows")))
    # In Swagger 2.0 the scheme itself is the flow.
    for flow in (flows.get("clientCredentials", {}), *flows.values(), raw):
        if isinstance(url := flow.get("tokenUrl"), str):
            return url
    return None


def _read_scheme(
    reader: Reader, raw: Mapping[str, Any], pointer: Pointer, name: str
) -> SecurityScheme | None:
    means: BearerScheme | BasicScheme | ApiKeyScheme | MutualTlsScheme
    match (raw.get("type"), str(raw.get("scheme", "")).lower(), raw.get("in")):
        case ("http", "bearer", _):
            means = BearerScheme("http-bearer")
        case ("http", "basic", _) | ("basic", _, _):  # the latter in Swagger 2.0
            means = BasicScheme()
        case ("apiKey", _, ("header" | "query" | "cookie") as place):
            means = ApiKeyScheme(place, str(raw.get("name", "")))
        case ("oauth2", _, _):
            means = BearerScheme("oauth2", _find_token_url(raw))
        case ("openIdConnect", _, _):
            means = BearerScheme("openid-connect")
        case ("mutualTLS", _, _):
            means = MutualTlsScheme()
        case (kind, scheme, _):
            said = " ".join(str(each) for each in (kind, scheme) if each)
            what = f'"{said}"' if said else "of no type"
            reader.diagnostics.warning(
                "unsupported-security-scheme",
                f'security scheme "{name}" is {what}, for which no client can be made',
                reader.node(pointer),
                help="pass what it needs by a transport of your own",
            )
            return None
    return SecurityScheme(
        pointer=pointer,
        name=name,
        description=str(raw.get("description", "")),
        means=means,
        deprecated=raw.get("deprecated") is True,
    )
