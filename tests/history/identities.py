"""Who is who in two packages: every named thing, by what it is in the description.

It knows nothing of the lock. A thing is told by its pointer, in which members of lists
are told by what they are and not by their number: a parameter by place and name, any
other member by its content. So what has the same identity on both sides did not move.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping

from oasmith.document import Document, Pointer, is_array, is_object, split_pointer
from oasmith.layout.package import Package

Identity = tuple[str, ...]
"""The kind of the thing, and the keys that lead to it."""


def names_in(package: Package) -> Mapping[Identity, str]:
    """The name of each thing; what can't be told from another one is left out."""
    pairs = list(_names_in(package))
    several = Counter(identity for identity, _ in pairs)
    return {identity: name for identity, name in pairs if several[identity] == 1}


def modules_in(package: Package) -> Mapping[Identity, str]:
    """The module of each function and model."""
    document = package.api.document
    modules = {
        _identify(document, "model", pointer): model.symbol.module
        for pointer, model in package.models.items()
    }
    for group in package.groups:
        for each in group.operations:
            modules[_identify(document, "function", each.operation.pointer)] = (
                each.module
            )
    return modules


def _names_in(package: Package) -> Iterator[tuple[Identity, str]]:
    document = package.api.document
    for pointer, model in package.models.items():
        yield _identify(document, "model", pointer), model.symbol.name
    for pointer, fields in package.fields.items():
        owner = _identify(document, "field", pointer)
        for wire, name in fields.items():
            yield (*owner, wire), name
    for group in package.groups:
        yield ("group", group.tag), group.name
        for each in group.operations:
            pointer = each.operation.pointer
            owner = _identify(document, "function", pointer)
            yield owner, each.function
            for key, name in each.arguments.items():
                rest = split_pointer(key[len(pointer) :])
                yield ("argument", *owner[1:], *rest), name
    for credential in package.credentials:
        yield ("credential", credential.scheme.name), credential.name
    for variable in package.server_variables:
        yield ("variable", variable.variable.name), variable.name


def _identify(document: Document, kind: str, pointer: Pointer) -> Identity:
    keys = [kind]
    value: object = document.root
    for key in split_pointer(pointer):
        if is_array(value) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
            key = _tell_apart(value)
        else:
            value = value.get(key) if is_object(value) else None
        keys.append(key)
    return tuple(keys)


def _tell_apart(member: object) -> str:
    if is_object(member) and "in" in member and "name" in member:
        return f"{member['in']} {member['name']}"
    text = json.dumps(member, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
