"""What building types takes, and the declarations made so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..diagnostics import Diagnostics
from ..document import Pointer
from ..reading.spec import Annotations, Spec
from .api import AliasDeclaration, Declaration, DeclaredType, Doc, NullableType, Type
from .build_unions import without_null
from .extent import Extents
from .families import Tags


@dataclass(frozen=True, slots=True)
class Builder:
    """What building types takes, and the declarations made so far."""

    spec: Spec
    diagnostics: Diagnostics
    declarations: dict[Pointer, Declaration | None] = field(
        default_factory=dict[Pointer, "Declaration | None"]
    )
    """None stands for one that is being built, or turned out to need no name."""

    nullable: set[Pointer] = field(default_factory=set[Pointer])
    """References to what has a name and may be null besides."""

    dissolving: dict[Pointer, bool] = field(default_factory=dict[Pointer, bool])
    """References being replaced by what they stand for, and whether they recur."""

    tags: Tags = field(default_factory=dict[Pointer, Mapping[str, str]])
    """What tells those apart that extend another schema."""

    extents: Extents = field(default_factory=Extents)


def declare_alias(
    builder: Builder, pointer: Pointer, built: Type, said: Annotations
) -> Type:
    """Give a type a name; null stays outside of it, where it is used."""
    inner = without_null(built)
    doc = Doc(title=said.title, text=said.description)
    builder.declarations[pointer] = AliasDeclaration(pointer, inner, doc)
    declared = DeclaredType(pointer)
    return NullableType(declared) if isinstance(built, NullableType) else declared


def note_null(builder: Builder, pointer: Pointer, built: Type) -> Type:
    """Note that what has a name may be null, for whoever refers to it later."""
    if built == NullableType(DeclaredType(pointer)):
        builder.nullable.add(pointer)
    return built
