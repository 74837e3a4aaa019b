"""Tells of schemas of which less is made than they say."""

from __future__ import annotations

from ..document import join_pointer
from ..reading.spec import Discriminator, Schema
from .api import Tagging
from .builder import Builder


def warn_of_conflict(builder: Builder, schema: Schema) -> None:
    builder.diagnostics.warning(
        "conflicting-types",
        "no value can be what all parts of this schema ask for",
        builder.spec.document.node(schema.pointer),
        help="the type of the first part is taken",
    )


def warn_of_choices(builder: Builder, schema: Schema) -> None:
    builder.diagnostics.warning(
        "several-choices",
        'of "oneOf" and "anyOf" in one schema only the first decides on its type',
        builder.spec.document.node(schema.pointer),
    )


def warn_of_tags(
    builder: Builder, schema: Schema, choices: int, tagging: Tagging | None
) -> None:
    """Tell of a discriminator that tells no choices apart, or not all that it names."""
    if schema.discriminator is None:
        return
    if tagging is not None:
        _warn_of_mapping(builder, schema, schema.discriminator, tagging)
    elif choices > 1:
        _warn_of_discriminator(builder, schema)


def warn_of_default(builder: Builder, schema: Schema) -> None:
    document = builder.spec.document
    place = join_pointer(schema.pointer, "discriminator", "defaultMapping")
    builder.diagnostics.warning(
        "unused-discriminator",
        f'the default "{document.find(place)}" is none of the choices; what has no tag '
        "that is known can't be read",
        document.node(place),
        help="add it to the choices",
    )


def _warn_of_discriminator(builder: Builder, schema: Schema) -> None:
    builder.diagnostics.warning(
        "unused-discriminator",
        "the choices are tried in turn, as not all of them are objects with properties",
        builder.spec.document.node(join_pointer(schema.pointer, "discriminator")),
    )


def _warn_of_mapping(
    builder: Builder, schema: Schema, discriminator: Discriminator, tagging: Tagging
) -> None:
    if tagging.otherwise is not None:
        return
    known = dict(tagging.variants)
    for tag, target in discriminator.mapping:
        if tag not in known:
            place = join_pointer(schema.pointer, "discriminator", "mapping", tag)
            builder.diagnostics.warning(
                "unused-discriminator",
                f'"{tag}" stands for "{target}", which is none of the choices; what '
                "has this tag can't be read",
                builder.spec.document.node(place),
                help="add it to the choices",
            )
