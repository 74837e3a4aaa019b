"""Tells of names that do not go with the description any more, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..document import Document, Node, Pointer
from .allocator import PLACELESS, Allocator, Outgrown, Renamed, name_setting
from .shapes import Shapes, named_schemas


def tell_outgrown(
    what: str,
    outgrown: Mapping[Pointer, Outgrown],
    allocator: Allocator,
    document: Document,
) -> None:
    """Tell of functions or arguments that keep a name which is not theirs by rule.

    Args:
        what: The word for them.
    """
    for pointer, each in outgrown.items():
        allocator.diagnostics.warning(
            "kept-name",
            f'the {what} "{each.name}" keeps its name, and would be "{each.fresh}" now',
            document.node(pointer),
            help=f"in the client's table of pyproject.toml: {each.setting}",
        )


def tell_renamed(allocator: Allocator, document: Document) -> None:
    """Tell what could not keep a name, and what keeps one against the rules."""
    for each in allocator.renamed:
        message = f'"{each.key}" of "{each.kind}" was called "{each.former}"'
        allocator.diagnostics.warning(
            "moved-name",
            f'{message}, and is "{each.name}" now',
            _place_of(each, document),
            help=_to_call_it(each, each.former),
        )
    for each in allocator.withdrawn:
        message = f'"{each.key}" of "{each.kind}" is still called "{each.former}"'
        allocator.diagnostics.warning(
            "withdrawn-name",
            f"{message}, though no line chooses that any more",
            _place_of(each, document),
            help=_to_call_it(each, each.name),
        )


def _place_of(renamed: Renamed, document: Document) -> Node | None:
    if renamed.kind in PLACELESS:
        return None
    return document.node(renamed.pointer)


def _to_call_it(renamed: Renamed, name: str) -> str:
    setting = name_setting(renamed.kind, renamed.key, name)
    return f'to call it "{name}", in the client\'s table of pyproject.toml: {setting}'


def tell_shapes(
    pointers: Iterable[Pointer], allocator: Allocator, document: Document
) -> dict[str, str]:
    """The shapes of named schemas by key; those that got another name are told."""
    shapes = Shapes(document, allocator.places)
    by_key = {allocator.places.key_of(each): each for each in pointers}
    named = set(named_schemas(by_key.values()))
    schemas = {key: each for key, each in by_key.items() if each in named}
    told = {key: shapes.shape_of(pointer, {}) for key, pointer in schemas.items()}
    for key, former in _find_renamed(schemas, shapes, allocator).items():
        inner = [each for each in by_key if f"{each}/".startswith(f"{key}/")]
        for each in inner:
            before = former + each[len(key) :]
            _propose(each, before, by_key[each], allocator, document)
    return told


def _find_renamed(
    by_key: Mapping[str, Pointer], shapes: Shapes, allocator: Allocator
) -> dict[str, str]:
    """The former keys of schemas that are new, and are what one was that is gone.

    What refers to one of these is found once it is known.
    """
    kept = allocator.kept_from
    gone = {
        key: shape
        for key, shape in kept.shapes.items()
        if key not in by_key and not allocator.places.is_there(key)
    }
    new = [key for key in by_key if key not in kept.shapes]
    renamed: dict[str, str] = {}
    while True:
        left = [key for key in new if key not in renamed]
        there = {key: shapes.shape_of(by_key[key], renamed) for key in left}
        waiting = {
            key: shape for key, shape in gone.items() if key not in renamed.values()
        }
        found = dict(_match(there, waiting))
        if not found:
            return renamed
        renamed |= found


def _match(new: Mapping[str, str], old: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Those whose shape no other one has on either side."""
    for key, shape in new.items():
        same = [former for former, other in old.items() if other == shape]
        if len(same) == 1 and list(new.values()).count(shape) == 1:
            yield key, same[0]


def _propose(
    key: str,
    former: str,
    pointer: Pointer,
    allocator: Allocator,
    document: Document,
) -> None:
    """Propose the name of before for what has another one now."""
    name = allocator.kept_from.names.get("models", {}).get(former)
    if name is None or name == allocator.names["models"][key]:
        return
    setting = name_setting("models", key, name)
    allocator.diagnostics.warning(
        "renamed-schema",
        f'"{key}" is what "{former}" was, whose class was called "{name}"',
        document.node(pointer),
        help=f"to call it so, in the client's table of pyproject.toml: {setting}",
    )
