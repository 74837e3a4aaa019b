"""Reads the schemas that extend one with a discriminator.

Nothing refers to them: a discriminator alone leads there (OpenAPI 3.0.4, section
4.8.25).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ..document import Pointer, find_object
from ..inheritance import Heirs, all_heirs, find_heirs
from .read_schema import SchemaReader, read_target
from .spec import Discriminator, Family, Schema

_TAG = "x-ms-discriminator-value"
"""Azure's extension, which AutoRest documents and others read too."""


def read_families(reader: SchemaReader) -> Mapping[Pointer, Family]:
    """Read the heirs of the schemas that were read, and say what tells them apart."""
    families: dict[Pointer, Family] = {}
    if not any(map(_own_discriminator, reader.schemas.values())):
        return families
    search = _Search(reader, find_heirs(reader.document))
    # Schemas that are read on the way are added at the end, and get their turn.
    done = 0
    while done < len(reader.schemas):
        for pointer in list(reader.schemas)[done:]:
            done += 1
            if (family := search.find_family(pointer)) is not None:
                families[pointer] = family
    return families


@dataclass(frozen=True, slots=True)
class _Search:
    reader: SchemaReader
    heirs: Heirs

    def find_family(self, pointer: Pointer) -> Family | None:
        """What a schema and its heirs are, where a discriminator tells them apart."""
        discriminator = self._discriminator_of(pointer, set())
        heirs = tuple(self.heirs.get(pointer, ()))
        if discriminator is None:
            return None
        for heir in heirs:
            read_target(self.reader, heir)
        named = {target for _, target in discriminator.mapping}
        others = {*named, discriminator.default} - {pointer, None}
        mapping = (*discriminator.mapping, *self._extension_tags(pointer))
        family = Family(replace(discriminator, mapping=mapping), heirs)
        return family if heirs or others else None

    def _extension_tags(self, pointer: Pointer) -> Iterator[tuple[str, Pointer]]:
        """The tags that heirs name themselves: Swagger 2.0 has no mapping."""
        for heir in all_heirs(self.heirs, pointer):
            raw = find_object(self.reader.document, heir) or {}
            if isinstance(tag := raw.get(_TAG), str):
                yield tag, heir

    def _discriminator_of(
        self, pointer: Pointer, seen: set[Pointer]
    ) -> Discriminator | None:
        """The discriminator of a schema, or the one that it inherits.

        Of a mapping that is inherited, and of its default, what the schema is itself
        or is extended by is left.
        """
        seen.add(pointer)
        schema = self.reader.schemas[pointer]
        own = _own_discriminator(schema)
        inherited = [
            found
            for part in _parts_of(schema)
            if part.reference is not None and part.reference not in seen
            if (found := self._discriminator_of(part.reference, seen)) is not None
        ]
        related = {pointer, *all_heirs(self.heirs, pointer)}
        for other in inherited:
            if own is None or own.property == other.property:
                kept = tuple(pair for pair in other.mapping if pair[1] in related)
                mapping = (own.mapping if own else ()) + kept
                default = other.default if other.default in related else None
                default = (own and own.default) or default
                own = replace(other, mapping=mapping, default=default)
        return own


def _own_discriminator(schema: Schema) -> Discriminator | None:
    found = (part.discriminator for part in _parts_of(schema))
    return next((each for each in found if each is not None), None)


def _parts_of(schema: Schema) -> Iterator[Schema]:
    """A schema without choices, and its parts; choices are told apart by themselves."""
    if not (schema.one_of or schema.any_of):
        yield schema
        for part in schema.all_of:
            yield from _parts_of(part)
