"""What tells the heirs of a schema apart: which tag stands for which of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..document import Pointer, join_pointer, split_pointer
from ..reading.spec import Schema, Spec
from .api import (
    AliasDeclaration,
    Declaration,
    DeclaredType,
    EnumType,
    Property,
    StringType,
    Type,
)
from .merge import flatten, resolve_schema

Tags = Mapping[Pointer, Mapping[str, str]]
"""By member of a family and property, the one tag that stands for the member."""


def union_pointer(pointer: Pointer) -> Pointer:
    """What the union of a schema and its heirs is known by: its discriminator."""
    return join_pointer(pointer, "discriminator")


def members_of(spec: Spec, pointer: Pointer) -> list[Pointer]:
    """The heirs of a schema, theirs, and what else its discriminator names."""
    discriminator = spec.families[pointer].discriminator
    mapped = [target for _, target in discriminator.mapping]
    found = dict.fromkeys(
        [*_descend(spec, pointer, set()), *mapped, discriminator.default or pointer]
    )
    return [each for each in found if each != pointer]


def branches_of(spec: Spec, pointer: Pointer) -> list[Pointer]:
    """The members of a family that stand in no union of another member's heirs."""
    name = spec.families[pointer].discriminator.property
    members = members_of(spec, pointer)
    covered = {
        other
        for member in members
        if has_other_tags(spec, member, name)
        for other in members_of(spec, member)
    }
    return [member for member in members if member not in covered]


def has_other_tags(spec: Spec, pointer: Pointer, name: str) -> bool:
    """Whether a schema has heirs that another property than this one tells apart."""
    family = spec.families.get(pointer)
    return family is not None and family.discriminator.property != name


def tags_in_family(spec: Spec, pointer: Pointer) -> dict[str, Pointer]:
    """Which schema each tag stands for: by a mapping, a constant, or else its name."""
    name = spec.families[pointer].discriminator.property
    members = members_of(spec, pointer)
    known = (pointer, *members)
    tags: dict[str, Pointer] = {}
    for each in known:
        family = spec.families.get(each)
        if family is not None and family.discriminator.property == name:
            for tag, target in family.discriminator.mapping:
                if target in known:
                    tags.setdefault(tag, target)
    mapped = set(tags.values())
    for member in members:
        if member not in mapped:
            own = _own_tags(spec, member, name)
            for tag in own or [split_pointer(member)[-1]]:
                tags.setdefault(tag, member)
    return tags


def find_tags(spec: Spec) -> Tags:
    """The tags of the members of families; for one that has several, none is sure.

    A default has as many as there are that stand for nothing.
    """
    found: dict[tuple[Pointer, str], set[str]] = {}
    for pointer, family in spec.families.items():
        told = family.discriminator
        for tag, member in tags_in_family(spec, pointer).items():
            tags_of_member = found.setdefault((member, told.property), set())
            if member != told.default or (tag, member) in told.mapping:
                tags_of_member.add(tag)
    tags: dict[Pointer, dict[str, str]] = {}
    for (member, name), several in found.items():
        known = tags.setdefault(member, {})
        if len(several) == 1:
            known[name] = min(several)
    return tags


def preset_tags(
    tags: Mapping[str, str],
    properties: Sequence[Property],
    declarations: Mapping[Pointer, Declaration | None],
) -> tuple[Property, ...]:
    """Let new objects say what they are, where the property can hold it."""

    def holds(built: Type, tag: str) -> bool:
        match built:
            case DeclaredType(pointer):
                declared = declarations[pointer]
                if not isinstance(declared, AliasDeclaration):
                    return False
                return holds(declared.type, tag)
            case EnumType(values):
                return tag in values
            case _:
                return built == StringType("text")

    def preset(item: Property) -> Property:
        tag = tags.get(item.name)
        return replace(item, preset=tag) if tag and holds(item.type, tag) else item

    return tuple(map(preset, properties))


def without_covered(spec: Spec, choices: tuple[Schema, ...]) -> tuple[Schema, ...]:
    """Leave out the heirs of another choice, which that one stands for as well."""
    covered = {
        member
        for choice in choices
        if choice.reference is not None and choice.reference in spec.families
        for member in members_of(spec, choice.reference)
    }
    return tuple(each for each in choices if each.reference not in covered)


def is_parent_of(spec: Spec, choice: Schema, others: Sequence[Schema]) -> bool:
    """Whether some other choice is an heir of this one."""
    if choice.reference is None or choice.reference not in spec.families:
        return False
    members = members_of(spec, choice.reference)
    return any(other.reference in members for other in others)


def _descend(spec: Spec, pointer: Pointer, seen: set[Pointer]) -> Iterator[Pointer]:
    family = spec.families.get(pointer)
    for heir in family.heirs if family is not None else ():
        if heir not in seen:
            seen.add(heir)
            yield heir
            yield from _descend(spec, heir, seen)


def _own_tags(spec: Spec, member: Pointer, name: str) -> list[str]:
    """The strings that a schema itself limits a property to, parents left out."""
    for part in flatten(spec, (spec.schemas[member],), set(spec.families) - {member}):
        item = dict(part.properties).get(name)
        if item is not None:
            found = resolve_schema(spec, item)
            values = found.enum or ()
            if found.constant is not None:
                values = (found.constant.json,)
            if values and all(isinstance(value, str) for value in values):
                return list(values)
    return []
