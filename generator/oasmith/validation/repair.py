"""Mends the harmless faults of real descriptions, and says so for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, get_args

from ..diagnostics import Diagnostics
from ..document import Document, Pointer, join_pointer
from ..grammar import Kind, Part, version_of, walk
from .edit import Edit, apply_edits
from .faults import (
    MAY_BE_NULL,
    MEMBER_RULES,
    OBJECT_RULES,
    Fault,
    MemberRule,
    ObjectRule,
    Scope,
)


def repair_document(document: Document, diagnostics: Diagnostics) -> Document:
    """A document without the faults that the rules know.

    Args:
        document: Stays as it is; the new one shares what did not change.
        diagnostics: Gets a warning `repair[<rule>]` for each fault.
    """
    version = version_of(document.root)
    if version is None:
        return document
    scope = Scope(document, version)
    edits: list[tuple[Pointer, Edit]] = []
    for part in walk(document.root):
        for name, fault in _faults_of(part, scope):
            place = part.pointer
            if fault.member is not None:
                place = join_pointer(place, fault.member)
            diagnostics.warning(f"repair[{name}]", fault.message, document.node(place))
            edits.append((part.pointer, fault.mending))
    return apply_edits(document, edits)


def _faults_of(part: Part, scope: Scope) -> Iterator[tuple[str, Fault]]:
    rules = _RULES[part.kind]
    for rule in rules.for_object:
        for fault in rule.find(part, scope):
            yield rule.name, fault
    for member, value in part.value.items():
        if value is None and member not in MAY_BE_NULL:
            continue
        for member_rule in rules.for_members.get(member, ()):
            if mended := member_rule.mend(part, member, scope):
                yield member_rule.name, Fault(*mended, member)


class _KindRules(NamedTuple):
    """The rules for one kind of object, sorted so that few are tried."""

    for_object: list[ObjectRule]
    for_members: dict[str, list[MemberRule]]


def _rules_for(kind: Kind) -> _KindRules:
    for_members: dict[str, list[MemberRule]] = {}
    for rule in MEMBER_RULES:
        if kind in rule.kinds:
            for member in rule.members:
                for_members.setdefault(member, []).append(rule)
    return _KindRules(
        [rule for rule in OBJECT_RULES if kind in rule.kinds], for_members
    )


_RULES: Mapping[Kind, _KindRules] = {kind: _rules_for(kind) for kind in get_args(Kind)}
