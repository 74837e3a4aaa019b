"""Reads a Document into a Spec."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .diagnostics import Diagnostics
from .document import Document, is_array, is_object, join_pointer, objects_in
from .read_operations import Reader, read_operations, read_servers, resolve
from .read_schema import SchemaReader
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
    """Read a description of OpenAPI 3.0, 3.1 or 3.2."""
    root = document.root
    version = str(root.get("openapi", ""))
    if not version.startswith("3."):
        diagnostics.fatal(
            "unsupported-version",
            f'OpenAPI "{version or root.get("swagger")}" can\'t be read yet',
            document.node(""),
            help="convert the description to OpenAPI 3.0 or later",
        )
    modern = not version.startswith("3.0")
    reader = Reader(document, diagnostics, SchemaReader(document, diagnostics, modern))
    info = root["info"] if is_object(root.get("info")) else {}
    return Spec(
        document=document,
        title=str(info.get("title", "")),
        version=str(info.get("version", "")),
        description=str(info.get("description", "")),
        servers=read_servers(reader, root.get("servers")),
        tags=_read_tags(root),
        schemes=_read_schemes(reader),
        operations=read_operations(reader),
        schemas=reader.schema_reader.schemas,
    )


def _read_tags(root: Mapping[str, Any]) -> tuple[Tag, ...]:
    written = root.get("tags")
    return tuple(
        Tag(str(tag.get("name", "")), str(tag.get("description", "")))
        for tag in (written if is_array(written) else [])
        if is_object(tag)
    )


def _read_schemes(reader: Reader) -> tuple[SecurityScheme, ...]:
    components = reader.document.root.get("components")
    written = components.get("securitySchemes") if is_object(components) else None
    schemes: list[SecurityScheme] = []
    for name, raw in objects_in(written):
        place = join_pointer("", "components", "securitySchemes", name)
        found, pointer = resolve(reader, raw, place)
        if scheme := _read_scheme(reader, found, pointer, name):
            schemes.append(scheme)
    return tuple(schemes)


def _read_scheme(
    reader: Reader, raw: Mapping[str, Any], pointer: str, name: str
) -> SecurityScheme | None:
    means: BearerScheme | BasicScheme | ApiKeyScheme | MutualTlsScheme
    match (raw.get("type"), str(raw.get("scheme", "")).lower(), raw.get("in")):
        case ("http", "bearer", _):
            means = BearerScheme("http-bearer")
        case ("http", "basic", _):
            means = BasicScheme()
        case ("apiKey", _, ("header" | "query" | "cookie") as place):
            means = ApiKeyScheme(place, str(raw.get("name", "")))
        case ("oauth2", _, _):
            means = BearerScheme("oauth2")
        case ("openIdConnect", _, _):
            means = BearerScheme("openid-connect")
        case ("mutualTLS", _, _):
            means = MutualTlsScheme()
        case (kind, scheme, _):
            reader.diagnostics.warning(
                "unsupported-security-scheme",
                f'security scheme "{name}" is of a kind that no client can be made for: '
                f'"{kind} {scheme}"',
                reader.node(pointer),
                help="pass what it needs by a transport of your own",
            )
            return None
    return SecurityScheme(
        pointer=pointer,
        name=name,
        description=str(raw.get("description", "")),
        means=means,
    )
