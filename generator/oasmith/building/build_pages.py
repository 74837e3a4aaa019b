"""Finds out how the answers of an operation go on, as a rule says or by convention."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from ..answer_rules import KEYS, PaginationRule
from ..document import Pointer, join_pointer, split_pointer
from .answer_shapes import Member, Paging
from .api import (
    AliasDeclaration,
    AnyType,
    BooleanType,
    Declaration,
    DeclaredType,
    IntegerType,
    JsonContent,
    ListType,
    MapType,
    NumberType,
    ObjectDeclaration,
    Operation,
    Parameter,
    StringType,
    Type,
    UnionType,
)
from .build_envelopes import find_member, split_null
from .page_conventions import (
    CONTAINERS,
    CURSOR,
    HAS_MORE,
    ITEMS,
    PARAMETERS,
    TOTAL,
    TOTAL_PAGES,
    URL,
    first_called,
)
from .unfit import Unfit, ask_for, list_names, suggest_name

Declarations = Mapping[Pointer, Declaration]


def build_paging(
    operation: Operation, declarations: Declarations, rule: PaginationRule
) -> Paging:
    """Find what a rule speaks of in an operation.

    Raises:
        Unfit: The operation has nothing of it.
    """
    if rule.style in ("link", "next-url") and operation.method != "GET":
        raise Unfit("is no GET, so that a URL is not enough to go on")
    answer = _find_answer(operation, declarations)
    parameter = None
    if rule.style in PARAMETERS:
        parameter = _find_parameter(operation, rule)
    path, item = _find_items(answer, rule)
    return Paging(
        style=rule.style,
        parameter=parameter.name if parameter else None,
        first=_first_of(parameter, rule),
        is_page_sure=answer.is_sure,
        path=path,
        item=item,
        next=_find_next(answer, rule),
        total=_find_told(answer, rule, "total"),
        total_pages=_find_told(answer, rule, "total-pages"),
        has_more=_find_told(answer, rule, "has-more"),
    )


@dataclass(frozen=True, slots=True)
class _Answer:
    """The JSON that an operation answers, and what it returns of it."""

    declarations: Declarations
    whole: Type
    returned: tuple[Member, ...]
    """The way from the whole to what is returned."""

    is_sure: bool
    """Whether what is returned is never null."""

    def follow(self, pointer: Pointer) -> tuple[tuple[Member, ...], Type] | None:
        """The members on a way, and the type at its end, without null."""
        built = self.open(split_null(self.whole)[0])
        members: list[Member] = []
        for key in split_pointer(pointer):
            found = find_member(self.declarations, built, key)
            if found is None:
                return None
            members.append(found[0])
            built = self.open(found[0].type)
        return tuple(members), built

    def open(self, built: Type) -> Type:
        """What an alias stands for."""
        while isinstance(built, DeclaredType):
            declared = self.declarations.get(built.pointer)
            if not isinstance(declared, AliasDeclaration):
                break
            built = declared.type
        return built

    def names_at(self, pointer: Pointer) -> Sequence[str]:
        found = self.follow(pointer)
        if found is None or not isinstance(found[1], DeclaredType):
            return ()
        declared = self.declarations.get(found[1].pointer)
        if not isinstance(declared, ObjectDeclaration):
            return ()
        return [item.name for item in declared.properties]

    def pointers(self, depth: int, above: Pointer = "") -> Iterator[Pointer]:
        """The pointers to members, those above before those below."""
        there = [join_pointer(above, name) for name in self.names_at(above)]
        yield from there
        for each in there if depth > 1 else ():
            yield from self.pointers(depth - 1, each)

    @property
    def home(self) -> Pointer:
        """The pointer to what is returned."""
        return join_pointer("", *(member.name for member in self.returned))


def _find_answer(operation: Operation, declarations: Declarations) -> _Answer:
    successes = [each for each in operation.responses if not each.is_error]
    contents = [content for each in successes for _, content in each.content]
    media = [media for each in successes for media, _ in each.content]
    if not contents or not isinstance(contents[0], JsonContent):
        raise Unfit(
            "does not answer JSON",
            lambda: list_names("the media types that it answers", media),
        )
    content = contents[0]
    if any(each != content for each in contents):
        raise Unfit(
            "answers in several ways",
            lambda: list_names("the media types that it answers", media),
        )
    envelope = content.envelope
    returned = envelope.returns if envelope else content.type
    return _Answer(
        declarations,
        content.type,
        (envelope.result,) if envelope else (),
        is_sure=all(each.content for each in successes) and not split_null(returned)[1],
    )


def _find_parameter(operation: Operation, rule: PaginationRule) -> Parameter:
    query = {each.name: each for each in operation.parameters if each.place == "query"}
    name = rule.parameter or first_called(query, PARAMETERS[rule.style])
    mine = "its query parameters"
    if name is None:
        what = "an offset" if rule.style == "offset" else f"a {rule.style}"
        problem = f"has no query parameter that is called like {what}"
        raise Unfit(problem, lambda: ask_for("parameter", mine, query))
    if name not in query:
        problem = f'has no query parameter "{name}"'
        raise Unfit(problem, lambda: suggest_name(name, mine, query), "parameter")
    if not _tells_page(query[name]):
        problem = f'has a query parameter "{name}" that is no number or string'
        fit = [name for name in query if _tells_page(query[name])]
        raise Unfit(problem, lambda: list_names("those that are", fit), "parameter")
    return query[name]


def _tells_page(parameter: Parameter) -> bool:
    is_plain = parameter.style == "form" and parameter.content_type is None
    return is_plain and isinstance(
        split_null(parameter.type)[0], IntegerType | NumberType | StringType | AnyType
    )


def _first_of(parameter: Parameter | None, rule: PaginationRule) -> int:
    """What a parameter is that is not given: its default, or else its least value."""
    usual = 1 if rule.style == "page" else 0
    if parameter is None or rule.style == "cursor":
        return usual
    default = parameter.doc.default
    for told in (default and default.json, parameter.doc.constraints.minimum):
        if isinstance(told, int) and told in (0, 1):
            return int(told)
    return usual


def _find_items(
    answer: _Answer, rule: PaginationRule
) -> tuple[tuple[Member, ...], Type]:
    """The way from what is returned to its items, and the type of each."""
    pointer = rule.items
    if pointer is None:
        pointer = _guess_items(answer)
    found = answer.follow(pointer)
    if found is None:
        raise _nothing_at(answer, pointer, "items")
    members, built = found
    if not isinstance(built, ListType):
        problem = f'has no array at "{pointer}" of its answer'
        raise Unfit(problem, lambda: _list_arrays(answer), "items")
    home = len(answer.returned)
    if members[:home] != answer.returned:
        problem = f'does not return what is at "{pointer}" of its answer'
        help = f'it returns what is at "{answer.home}"'
        raise Unfit(problem, lambda: help, "items")
    return members[home:], built.item


def _guess_items(answer: _Answer) -> Pointer:
    """The pointer to the only array there is, or to one of a usual name."""
    if _is_list(answer, answer.home):
        return answer.home
    names = [
        name
        for name in answer.names_at(answer.home)
        if _is_list(answer, join_pointer(answer.home, name))
    ]
    if not names:
        raise Unfit("has no array in its answer", lambda: _list_arrays(answer))
    name = names[0] if len(names) == 1 else first_called(names, ITEMS)
    if name is None:
        there = [join_pointer(answer.home, each) for each in names]
        raise Unfit(
            "has several arrays in its answer",
            lambda: ask_for("items", "there are", there),
        )
    return join_pointer(answer.home, name)


def _all(answer: _Answer, fits: Callable[[Type], bool]) -> list[Pointer]:
    """The pointers into an answer that lead to what fits."""
    return [each for each in _pointers_in(answer) if _fits_at(answer, each, fits)]


def _pointers_in(answer: _Answer) -> Iterator[Pointer]:
    return islice(answer.pointers(_DEEPEST), _MOST)


def _list_arrays(answer: _Answer) -> str:
    """The help where an array is looked for: all that are in an answer, or nearly."""
    found = _all(answer, lambda built: isinstance(built, ListType))
    if found:
        return ask_for("items", "there are", found)
    return list_names("in its answer is", answer.names_at(""))


def _nothing_at(answer: _Answer, pointer: Pointer, key: str) -> Unfit:
    def find_help() -> str:
        return suggest_name(pointer, "there are", [*_pointers_in(answer)])

    return Unfit(f'answers nothing at "{pointer}"', find_help, key)


def _is_list(answer: _Answer, pointer: Pointer) -> bool:
    found = answer.follow(pointer)
    return found is not None and isinstance(found[1], ListType)


def _find_next(answer: _Answer, rule: PaginationRule) -> Pointer | None:
    match rule.style:
        case "cursor":
            names: Sequence[str] = CURSOR
            what = "next cursor"
        case "next-url":
            names, what = URL, "next URL"
        case "page" | "offset" | "link":
            return None
    if rule.next is not None:
        return _check_told(answer, rule.next, _is_text, "next")
    found = _search(answer, names, _is_text)
    if found is None:
        problem = f"has no member in its answer that is called like a {what}"

        raise Unfit(
            problem, lambda: ask_for("next", "there are", _all(answer, _is_text))
        )
    return found


def _find_told(answer: _Answer, rule: PaginationRule, key: str) -> Pointer | None:
    """The pointer to something that is told of pages, if it is."""
    pointer, names, fits = {
        "total": (rule.total, TOTAL, _is_number),
        "total-pages": (rule.total_pages, TOTAL_PAGES, _is_number),
        "has-more": (rule.has_more, HAS_MORE, _is_boolean),
    }[key]
    if pointer is not None:
        return _check_told(answer, pointer, fits, key)
    return _search(answer, names, fits) if key in KEYS[rule.style] else None


def _check_told(
    answer: _Answer, pointer: Pointer, fits: Callable[[Type], bool], setting: str
) -> Pointer:
    """A pointer that leads to what is described, or to where anything may be."""
    built = answer.open(split_null(answer.whole)[0])
    for key in split_pointer(pointer):
        if isinstance(built, _MAY_HOLD_ANYTHING):
            return pointer
        inner = _step(answer, built, key)
        if inner is None:
            raise _nothing_at(answer, pointer, setting)
        built = answer.open(split_null(inner)[0])
    if not isinstance(built, _MAY_HOLD_ANYTHING) and not fits(built):
        problem = f'has no {_WANTED[fits]} at "{pointer}" of its answer'

        def find_help() -> str:
            return list_names("what could be meant", _all(answer, fits))

        raise Unfit(problem, find_help, setting)
    return pointer


_DEEPEST = 3
"""Members in members in members: further in, nothing is looked for."""

_MOST = 500
"""Members that are looked at for what was meant."""

_MAY_HOLD_ANYTHING = (AnyType, MapType, UnionType)


def _step(answer: _Answer, built: Type, key: str) -> Type | None:
    """What is in a value: a member, or an item of an array; "-1" is the last."""
    if isinstance(built, ListType) and (key == "-1" or key.isdecimal()):
        return built.item
    found = find_member(answer.declarations, built, key)
    return found and found[0].type


def _search(
    answer: _Answer, names: Sequence[str], fits: Callable[[Type], bool]
) -> Pointer | None:
    """Search the answer, and what in it usually tells of pages, for a usual name."""
    for place in ("", *_containers(answer, "")):
        known = [
            name
            for name in answer.names_at(place)
            if _fits_at(answer, join_pointer(place, name), fits)
        ]
        if name := first_called(known, names):
            return join_pointer(place, name)
    return None


def _containers(answer: _Answer, place: Pointer, depth: int = 2) -> Sequence[Pointer]:
    names = answer.names_at(place) if depth else ()
    found: list[Pointer] = []
    for wanted in CONTAINERS:
        if name := first_called(names, (wanted,)):
            inner = join_pointer(place, name)
            found += [inner, *_containers(answer, inner, depth - 1)]
    return found


def _fits_at(answer: _Answer, pointer: Pointer, fits: Callable[[Type], bool]) -> bool:
    found = answer.follow(pointer)
    return found is not None and fits(found[1])


def _is_number(built: Type) -> bool:
    return isinstance(built, IntegerType | NumberType)


def _is_boolean(built: Type) -> bool:
    return isinstance(built, BooleanType)


def _is_text(built: Type) -> bool:
    return isinstance(built, StringType | IntegerType)


_WANTED: Mapping[Callable[[Type], bool], str] = {
    _is_number: "number",
    _is_boolean: "boolean",
    _is_text: "string or integer",
}
"""What is looked for, in words."""
