"""Compares the models: which there are, and what their fields hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..building.api import (
    AliasDeclaration,
    AnyType,
    ConstantType,
    ObjectDeclaration,
    Property,
)
from ..layout.package import DeclaredModel, Package
from .change import Change
from .match_names import match_names
from .pairs import Pairs
from .type_changes import Direction, Spot, Use, compare_uses


def compare_models(pairs: Pairs) -> Iterator[Change]:
    """Tell what changes about the models; those alone remain that functions use."""
    for old, new in pairs:
        yield from _compare(pairs, old, new)
    functions = _functions(pairs.old), _functions(pairs.new)
    for model in pairs.removed:
        if model.symbol.module not in functions[0] - functions[1]:
            yield _change(pairs, "model-removed", model, "is gone", model, None)
    for model in pairs.added:
        if model.symbol.module not in functions[1] - functions[0]:
            yield _change(pairs, "model-added", model, "is new", None, model)


def _functions(package: Package) -> set[str]:
    """The modules of functions; what comes or goes with one is not told by itself."""
    return {each.module for group in package.groups for each in group.operations}


def _symbol(model: DeclaredModel) -> str:
    """What a caller imports: models has them all, wherever they stand."""
    return f"models.{model.symbol.name}"


def _change(
    pairs: Pairs,
    code: str,
    named: DeclaredModel,
    text: str,
    old: DeclaredModel | None,
    new: DeclaredModel | None,
) -> Change:
    return Change(
        code,
        _symbol(named),
        text,
        *pairs.places(
            old.declaration.pointer if old else None,
            new.declaration.pointer if new else None,
        ),
    )


def _compare(pairs: Pairs, old: DeclaredModel, new: DeclaredModel) -> Iterator[Change]:
    symbol = _symbol(old)
    if old.symbol.name != new.symbol.name:
        text = f"is called {_symbol(new)} now"
        yield _change(pairs, "model-renamed", old, text, old, new)
    if new.declaration.doc.deprecated and not old.declaration.doc.deprecated:
        yield _change(pairs, "deprecated", old, "is deprecated", old, new)
    elif old.declaration.doc.deprecated and not new.declaration.doc.deprecated:
        yield _change(pairs, "undeprecated", old, "is no longer deprecated", old, new)
    sent, received = pairs.directions(old.declaration.pointer, new.declaration.pointer)
    match old.declaration, new.declaration:
        case ObjectDeclaration() as before, ObjectDeclaration() as after:
            objects = _Objects(pairs, symbol, before, after, sent, received)
            yield from objects.compare(_symbol(new))
        case AliasDeclaration() as before, AliasDeclaration() as after:
            spot = Spot(symbol, _directions(sent, received))
            yield from compare_uses(
                pairs,
                spot,
                Use(before.type, before.pointer),
                Use(after.type, after.pointer),
            )
        case ObjectDeclaration(), AliasDeclaration():
            text = "is an alias now, and was a class"
            yield _change(pairs, "model-kind-changed", old, text, old, new)
        case AliasDeclaration(), ObjectDeclaration():
            text = "is a class now, and was an alias"
            yield _change(pairs, "model-kind-changed", old, text, old, new)


def _directions(sent: bool, received: bool) -> tuple[Direction, ...]:
    ways: list[tuple[Direction, bool]] = [("sent", sent), ("received", received)]
    return tuple(way for way, is_gone in ways if is_gone)


@dataclass(frozen=True, slots=True)
class _Objects:
    """A class as it was and as it is, and whether its objects are sent and received."""

    pairs: Pairs
    symbol: str
    old: ObjectDeclaration
    new: ObjectDeclaration
    sent: bool
    received: bool

    def compare(self, new_symbol: str) -> Iterator[Change]:
        before = _fields(self.pairs.old, self.old)
        after = _fields(self.pairs.new, self.new)
        matched = match_names(before, after, lambda each: each.name)
        for name, item in before.items():
            symbol = f"{self.symbol}.{name}"
            if name not in matched:
                yield self._change("field-removed", symbol, "is gone", item, None)
                continue
            found = after[matched[name]]
            if matched[name] != name:
                text = f"is called {matched[name]} now"
                yield self._change("field-renamed", symbol, text, item, found)
            yield from self._compare_field(symbol, item, found)
        for name, item in after.items():
            if name not in matched.values():
                yield self._added(f"{new_symbol}.{name}", item)
        spot = Spot(f"{self.symbol}.extra", _directions(self.sent, self.received))
        yield from compare_uses(
            self.pairs, spot, _use_of_extra(self.old), _use_of_extra(self.new)
        )

    def _change(
        self,
        code: str,
        symbol: str,
        text: str,
        old: Property | None,
        new: Property | None,
    ) -> Change:
        return Change(
            code,
            symbol,
            text,
            *self.pairs.places(
                old.pointer if old else None, new.pointer if new else None
            ),
        )

    def _added(self, symbol: str, new: Property) -> Change:
        if self.sent and _must_be_given(new) and not new.read_only:
            text = "is new, and a new object must have it"
            return self._change("field-added-required", symbol, text, None, new)
        return self._change("field-added", symbol, "is new", None, new)

    def _compare_field(
        self, symbol: str, old: Property, new: Property
    ) -> Iterator[Change]:
        sent = self.sent and not (old.read_only and new.read_only)
        received = self.received and not (old.write_only and new.write_only)
        if old.name != new.name:
            text = f'stands for "{new.name}", and stood for "{old.name}"'
            yield self._change("wire-changed", symbol, text, old, new)
        for code, text in _compare_presence(old, new, sent, received):
            yield self._change(code, symbol, text, old, new)
        if sent and new.read_only and not old.read_only:
            text = "is read only: the API takes it no more"
            yield self._change("field-read-only", symbol, text, old, new)
        if received and new.write_only and not old.write_only:
            text = "is write only: the API gives it no more"
            yield self._change("field-write-only", symbol, text, old, new)
        if new.doc.deprecated and not old.doc.deprecated:
            yield self._change("deprecated", symbol, "is deprecated", old, new)
        elif old.doc.deprecated and not new.doc.deprecated:
            yield self._change(
                "undeprecated", symbol, "is no longer deprecated", old, new
            )
        spot = Spot(symbol, _directions(sent, received))
        yield from compare_uses(
            self.pairs, spot, Use(old.type, old.pointer), Use(new.type, new.pointer)
        )


def _compare_presence(
    old: Property, new: Property, sent: bool, received: bool
) -> Iterator[tuple[str, str]]:
    if _must_be_given(new) and not _must_be_given(old) and sent:
        yield "sent-field-required", "must be given, and could be left out"
    elif new.required and not old.required:
        yield "received-field-required", "is always there, and could be UNSET"
    elif old.required and not new.required and received:
        yield "received-field-optional", "may be UNSET, and was always there"
    elif _must_be_given(old) and not _must_be_given(new):
        yield "sent-field-optional", "may be left out, and had to be given"


def _must_be_given(item: Property) -> bool:
    """Whether a new object must be told it."""
    has_default = item.preset is not None or isinstance(item.type, ConstantType)
    return item.required and not has_default


def _fields(package: Package, declaration: ObjectDeclaration) -> dict[str, Property]:
    """The properties by the names that they have as fields."""
    names = package.fields[declaration.pointer]
    return {names[each.name]: each for each in declaration.properties}


def _use_of_extra(declaration: ObjectDeclaration) -> Use:
    """What properties may be that have no field; any value where nothing is said."""
    return Use(declaration.additional or AnyType(), declaration.pointer)
