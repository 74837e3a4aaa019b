"""Builds what is said of a value in words."""

from __future__ import annotations

from ..reading.spec import Schema
from .api import Doc
from .builder import Builder
from .merge import merge_parts, resolve_schema


def build_doc(builder: Builder, schema: Schema, description: str = "") -> Doc:
    """Gather what is said of a value where it is used.

    A description of the place goes before the schema's.
    """
    own = schema.annotations
    if schema.all_of:
        schema = merge_parts(builder.spec, schema)
    resolved = resolve_schema(builder.spec, schema)
    declared = schema.reference is not None and _deserves_name(builder, resolved)
    found = own if declared else resolved.annotations
    return Doc(
        title=found.title,
        text=description or own.description or found.description,
        constraints=resolved.constraints,
        default=own.default or resolved.annotations.default,
        deprecated=found.deprecated or own.deprecated,
    )


def _deserves_name(builder: Builder, schema: Schema) -> bool:
    return builder.declarations.get(schema.pointer) is not None
