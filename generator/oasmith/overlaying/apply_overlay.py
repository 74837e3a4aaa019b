"""Applies the actions of an overlay to a description, one after the other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, assert_never

from ..diagnostics import Diagnostics
from ..document import (
    Document,
    Node,
    Pointer,
    is_array,
    is_object,
    join_pointer,
    split_pointer,
)
from ..loading.bundle_changes import change_tree
from .extends import check_extends
from .json_paths import BadPath, find_pointers
from .merge_values import Incompatible, Merge
from .overlay import Action, Copy, Overlay, Remove, Update


def apply_overlay(
    document: Document, overlay: Overlay, diagnostics: Diagnostics
) -> Document:
    """Change a description as an overlay says.

    An action that selects nothing, or whose effect is there already, is a warning, and
    so is an overlay that is for another description.

    Args:
        document: Stays as it is.

    Raises:
        Stopped: An action can't be carried out; all of these are told.
    """
    check_extends(document, overlay.document, diagnostics)
    for action in overlay.actions:
        targets = _find(action.target, action, "target", document, overlay, diagnostics)
        if not targets:
            continue
        match action:
            case Remove() if "" in targets:
                message = "a description can't be removed as a whole"
                place = overlay.document.node(action.pointer)
                diagnostics.error("incompatible-action", message, place)
                continue
            case Remove():
                changed: Document | None = _remove(document, targets)
            case Update() | Copy():
                changed = _merge(document, action, targets, overlay, diagnostics)
            case _:
                assert_never(action)
        if changed is None:
            continue
        if changed.root == document.root:
            message = "this action is no longer needed: the description is so already"
            place = overlay.document.node(action.pointer)
            diagnostics.warning("unneeded-action", message, place)
        document = changed
    diagnostics.stop_on_errors()
    source = overlay.document.source
    applied = {**document.overlays, source.name: source.content}
    return replace(document, overlays=applied)


def _find(
    path: str,
    action: Action,
    member: str,
    document: Document,
    overlay: Overlay,
    diagnostics: Diagnostics,
) -> list[Pointer]:
    """What a path of an action selects; nothing, once that was told."""
    place = overlay.document.node(join_pointer(action.pointer, member))
    try:
        found = find_pointers(path, document.root)
    except BadPath as error:
        message = f'"{path}" is no JSONPath: {error}'
        diagnostics.error("bad-json-path", message, place)
        return []
    if not found:
        message = f'"{path}" selects nothing of the description'
        diagnostics.warning("unmatched-action", message, place)
    return found


def _remove(document: Document, targets: list[Pointer]) -> Document:
    """Take parts out, the last and innermost first, so that no pointer gets stale."""
    for pointer in sorted(targets, key=_order, reverse=True):
        above, _, _ = pointer.rpartition("/")
        key = split_pointer(pointer)[-1]
        holder = document.find(above)
        if is_array(holder):
            document = _without_item(document, above, holder, int(key))
        else:
            kept = {name: item for name, item in holder.items() if name != key}
            document = _put(document, above, kept, {})
    return document


def _order(pointer: Pointer) -> list[tuple[int, str]]:
    """Sorts indices by number."""
    keys = split_pointer(pointer)
    return [(int(key) if key.isdecimal() else -1, key) for key in keys]


def _without_item(
    document: Document, pointer: Pointer, array: list[Any], index: int
) -> Document:
    moved: dict[Pointer, Node] = {}
    for old in range(index + 1, len(array)):
        before, after = join_pointer(pointer, old), join_pointer(pointer, old - 1)
        moved[after] = document.node(before)
        for inner, node in document.origins.items():
            if inner.startswith(f"{before}/"):
                moved[after + inner[len(before) :]] = node
    return _put(document, pointer, array[:index] + array[index + 1 :], moved)


def _merge(
    document: Document,
    action: Update | Copy,
    targets: list[Pointer],
    overlay: Overlay,
    diagnostics: Diagnostics,
) -> Document | None:
    """Merge a value into parts; nothing comes of it when that was told to be wrong."""
    given = _given(document, action, overlay, diagnostics)
    if given is None:
        return None
    value, home, start = given
    for target in targets:
        merge = Merge(lambda pointer: home.node(start + pointer))
        old = document.find(target)
        try:
            if is_array(old) and not (is_array(value) and overlay.version == "1.1"):
                # The whole is one item; its own parts stand below no index.
                new: Any = old if value in old else [*old, value]
                merge.origins[join_pointer(target, len(old))] = home.node(start)
            elif not (is_object(old) or is_array(old)) and overlay.version == "1.0":
                message = f'"{action.target}" selects a single value'
                place = overlay.document.node(join_pointer(action.pointer, "target"))
                help = "select the object that it is in, or say overlay: 1.1.0"
                diagnostics.error("incompatible-action", message, place, help=help)
                return None
            else:
                new = merge.merge(old, value, target)
        except Incompatible as error:
            place = home.node(start + error.pointer)
            message = f"{error.kind} can't be merged into {error.other}"
            diagnostics.error("incompatible-action", message, place)
            return None
        document = _put(document, target, new, merge.origins)
    return document


def _given(
    document: Document,
    action: Update | Copy,
    overlay: Overlay,
    diagnostics: Diagnostics,
) -> tuple[Any, Document, Pointer] | None:
    """The value to merge, the document that it stands in, and its pointer there."""
    if isinstance(action, Update):
        return action.value, overlay.document, join_pointer(action.pointer, "update")
    found = _find(action.source, action, "copy", document, overlay, diagnostics)
    if len(found) == 1:
        return document.find(found[0]), document, found[0]
    if found:
        message = f'"{action.source}" selects {len(found)} values, where one is needed'
        place = overlay.document.node(join_pointer(action.pointer, "copy"))
        diagnostics.error("bad-json-path", message, place)
    return None


def _put(
    document: Document, pointer: Pointer, value: Any, origins: dict[Pointer, Node]
) -> Document:
    root = change_tree(document.root, [(pointer, value)]) if pointer else value
    return replace(document, root=root, origins={**document.origins, **origins})
