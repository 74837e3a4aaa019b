"""Finds how a new type differs from an old one, whichever way its values go.

Types are compared as callers meet them: a date is no string, though on the wire it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from ..building.api import (
    AliasDeclaration,
    AnyType,
    BinaryType,
    BooleanType,
    ConstantType,
    Declaration,
    DeclaredType,
    EnumType,
    IntegerType,
    ListType,
    MapType,
    NullableType,
    NullType,
    NumberType,
    ObjectDeclaration,
    PrefixType,
    StringType,
    Tagging,
    TupleType,
    Type,
    UnionType,
)
from ..layout.package import Package
from .difference import (
    Closed,
    DefaultChanged,
    Difference,
    Narrowed,
    NullAdded,
    NullRemoved,
    Opened,
    Replaced,
    ValuesAdded,
    ValuesRemoved,
    VariantsAdded,
    VariantsRemoved,
    Widened,
)
from .pairs import Pairs


def find_differences(pairs: Pairs, old: Type, new: Type) -> Iterator[Difference]:
    """Find how types differ; declarations that are one are compared by themselves."""
    yield from _Finder(pairs, frozenset()).find(old, new, ())


@dataclass(frozen=True, slots=True)
class _Alternatives:
    """What a type is one of, null apart."""

    types: tuple[Type, ...]
    null: bool


@dataclass(frozen=True, slots=True)
class _Finder:
    pairs: Pairs
    under_way: frozenset[tuple[Type, Type]]
    """What is being compared; types that hold themselves come by again."""

    def find(
        self, old: Type, new: Type, within: tuple[str, ...]
    ) -> Iterator[Difference]:
        if (old, new) in self.under_way or self._are_same(old, new):
            return
        inner = _Finder(self.pairs, self.under_way | {(old, new)})
        yield from self._compare_defaults(old, new, within)
        before, after = _split(old), _split(new)
        if AnyType() in before.types or AnyType() in after.types:
            yield from self._with_any(before, after, old, new, within)
            return
        if before.null != after.null and before.types and after.types:
            yield Difference(NullAdded() if after.null else NullRemoved(), within)
        olds, news = self._without_same(before.types, after.types)
        olds = _unfold(self.pairs.old, olds)
        news = _unfold(self.pairs.new, news)
        olds, news = self._without_same(olds, news)
        olds, news, alike = _match_alike(olds, news)
        for one, other in alike:
            yield from inner._find_inside(one, other, within)
        if not (before.types and after.types):
            yield from _of_nothing(before, after, old, new, within)
        elif olds and news:
            yield Difference(Replaced(_join(olds), _join(news)), within)
        elif news:
            yield Difference(VariantsAdded(tuple(news)), within)
        elif olds:
            yield Difference(VariantsRemoved(tuple(olds)), within)

    def _compare_defaults(
        self, old: Type, new: Type, within: tuple[str, ...]
    ) -> Iterator[Difference]:
        """Compare what objects are whose tag tells nothing, where both have tags."""
        tags = _tagging_of(old), _tagging_of(new)
        if tags[0] is None or tags[1] is None:
            return
        before, after = tags[0].otherwise, tags[1].otherwise
        match before, after:
            case (None, None) | (MapType(), MapType()):
                # What the values of maps are is compared with the other variants.
                pass
            case _:
                if not (before and after and self._are_same(before, after)):
                    yield Difference(DefaultChanged(before, after), within)

    def _with_any(
        self,
        before: _Alternatives,
        after: _Alternatives,
        old: Type,
        new: Type,
        within: tuple[str, ...],
    ) -> Iterator[Difference]:
        if AnyType() not in before.types:
            yield Difference(Widened(old, new), within)
        elif AnyType() not in after.types:
            plain = _is_plain(self.pairs.new, new, frozenset())
            yield Difference((Narrowed if plain else Replaced)(old, new), within)

    def _without_same(
        self, olds: Sequence[Type], news: Sequence[Type]
    ) -> tuple[list[Type], list[Type]]:
        """What each has that the other has not."""
        left = list(news)
        gone: list[Type] = []
        for old in olds:
            same = next((each for each in left if self._are_same(old, each)), None)
            if same is None:
                gone.append(old)
            else:
                left.remove(same)
        return gone, left

    def _are_same(self, old: Type, new: Type) -> bool:
        match old, new:
            case DeclaredType(before), DeclaredType(after):
                return self.pairs.are_one(before, after)
            case EnumType(before), EnumType(after):
                return set(before) == set(after)
            case (
                (ConstantType(), ConstantType())
                | (StringType(), StringType())
                | (AnyType(), AnyType())
                | (NullType(), NullType())
                | (BooleanType(), BooleanType())
                | (IntegerType(), IntegerType())
                | (NumberType(), NumberType())
                | (BinaryType(), BinaryType())
            ):
                # True is no 1, though Python takes it for one.
                return repr(old) == repr(new)
            case _:
                return False

    def _find_inside(
        self, old: Type, new: Type, within: tuple[str, ...]
    ) -> Iterator[Difference]:
        """Compare types that are alike."""
        match old, new:
            case ListType(before), ListType(after):
                yield from self.find(before, after, (*within, "each item"))
            case MapType(before), MapType(after):
                yield from self.find(before, after, (*within, "each value"))
            case TupleType(befores), TupleType(afters):
                yield from self._find_in_items(befores, afters, within)
            case PrefixType(befores, before), PrefixType(afters, after):
                yield from self._find_in_items(befores, afters, within)
                yield from self.find(before, after, (*within, "each further item"))
            case EnumType(before), EnumType(after):
                if added := tuple(each for each in after if each not in before):
                    yield Difference(ValuesAdded(added), within)
                if removed := tuple(each for each in before if each not in after):
                    yield Difference(ValuesRemoved(removed), within)
            case EnumType(values), StringType() | IntegerType():
                yield Difference(Opened(values), within)
            case StringType() | IntegerType(), EnumType(values):
                yield Difference(Closed(values), within)
            case _:
                is_wider = _takes(new, old)
                yield Difference((Widened if is_wider else Narrowed)(old, new), within)

    def _find_in_items(
        self, old: Sequence[Type], new: Sequence[Type], within: tuple[str, ...]
    ) -> Iterator[Difference]:
        for index, (before, after) in enumerate(zip(old, new, strict=True), 1):
            yield from self.find(before, after, (*within, f"item {index}"))


def _of_nothing(
    before: _Alternatives,
    after: _Alternatives,
    old: Type,
    new: Type,
    within: tuple[str, ...],
) -> Iterator[Difference]:
    """Compare with a type that is null alone."""
    if not (before.null and after.null):
        yield Difference(Replaced(old, new), within)
    elif after.types:
        yield Difference(VariantsAdded(after.types), within)
    elif before.types:
        yield Difference(VariantsRemoved(before.types), within)


def _split(built: Type) -> _Alternatives:
    match built:
        case NullType():
            return _Alternatives((), null=True)
        case NullableType(inner):
            return _Alternatives(_split(inner).types, null=True)
        case UnionType(variants):
            split = [_split(each) for each in variants]
            types = dict.fromkeys(found for each in split for found in each.types)
            return _Alternatives(tuple(types), any(each.null for each in split))
        case _:
            return _Alternatives((built,), null=False)


def _tagging_of(built: Type) -> Tagging | None:
    match built:
        case NullableType(inner):
            return _tagging_of(inner)
        case UnionType(tag=tag):
            return tag
        case _:
            return None


def _join(types: Sequence[Type]) -> Type:
    return types[0] if len(types) == 1 else UnionType(tuple(types))


def _unfold(package: Package, types: Sequence[Type]) -> list[Type]:
    """Put what an alias stands for in its place: a checker sees no difference."""
    unfolded: dict[Type, None] = {}
    waiting = list(types)
    while waiting:
        each = waiting.pop(0)
        declaration = _declaration_of(package, each)
        if isinstance(declaration, AliasDeclaration) and each not in unfolded:
            waiting[:0] = _split(declaration.type).types
            unfolded[each] = None
        elif not isinstance(declaration, AliasDeclaration):
            unfolded[each] = None
    return [
        each
        for each in unfolded
        if not isinstance(_declaration_of(package, each), AliasDeclaration)
    ]


def _declaration_of(package: Package, built: Type) -> Declaration | None:
    match built:
        case DeclaredType(pointer):
            return package.models[pointer].declaration
        case _:
            return None


def _match_alike(
    olds: Sequence[Type], news: Sequence[Type]
) -> tuple[list[Type], list[Type], list[tuple[Type, Type]]]:
    """What is left on each side, and the types that are alike, one of each side."""
    left, gone = list(news), list[Type]()
    alike: list[tuple[Type, Type]] = []
    for old in olds:
        found = next((each for each in left if _are_alike(old, each)), None)
        if found is None:
            gone.append(old)
        else:
            left.remove(found)
            alike.append((old, found))
    return gone, left, alike


def _are_alike(old: Type, new: Type) -> bool:
    """Whether more can be told than that one stands in the place of the other."""
    match old, new:
        case (
            (ListType(), ListType())
            | (MapType(), MapType())
            | (PrefixType(), PrefixType())
            | (TupleType(), TupleType())
        ):
            return _size(old) == _size(new)
        case EnumType(before), EnumType(after):
            return _kinds(before) == _kinds(after)
        case _:
            return _takes(old, new) or _takes(new, old)


def _size(built: Type) -> int:
    match built:
        case TupleType(items) | PrefixType(items):
            return len(items)
        case _:
            return 0


def _kinds(values: Sequence[object]) -> set[type]:
    return set(map(type, values))


def _takes(wider: Type, narrower: Type) -> bool:
    """Whether a scalar type takes all that another one takes, and more."""
    match wider, narrower:
        case NumberType(), IntegerType():
            return True
        case StringType("text"), EnumType(values):
            return _kinds(values) == {str}
        case IntegerType(), EnumType(values):
            return _kinds(values) == {int}
        case EnumType(values), ConstantType(value):
            return value in values and type(value) in _kinds(values)
        case (StringType("text"), ConstantType(str())) | (
            BooleanType(),
            ConstantType(bool()),
        ):
            return True
        case IntegerType(), ConstantType(value):
            return type(value) is int
        case _:
            return False


def _is_plain(package: Package, built: Type, seen: frozenset[Type]) -> bool:
    """Whether a type's values are the JSON values themselves."""
    match built:
        case (
            AnyType()
            | NullType()
            | BooleanType()
            | IntegerType()
            | NumberType()
            | ConstantType()
            | EnumType()
        ):
            return True
        case StringType(format):
            return format == "text"
        case BinaryType() | TupleType():
            return False
        case NullableType(inner) | ListType(inner) | MapType(inner):
            return _is_plain(package, inner, seen)
        case PrefixType(prefix, rest):
            return all(_is_plain(package, each, seen) for each in (*prefix, rest))
        case UnionType(variants):
            return all(_is_plain(package, each, seen) for each in variants)
        case DeclaredType(pointer):
            declaration = package.models[pointer].declaration
            if isinstance(declaration, ObjectDeclaration):
                return False
            return built in seen or _is_plain(package, declaration.type, seen | {built})
        case _:
            assert_never(built)
