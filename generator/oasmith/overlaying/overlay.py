"""Overlays: lists of actions that change a description (Overlay Specification 1.x)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from ..diagnostics import Diagnostics
from ..document import Document, Pointer, is_array, is_object, join_pointer
from ..loading.load import load_document

Version = Literal["1.0", "1.1"]


@dataclass(frozen=True, slots=True)
class Update:
    """Merge a value into what is selected, or append it."""

    pointer: Pointer
    """Of the action, in its overlay."""

    target: str
    value: Any


@dataclass(frozen=True, slots=True)
class Copy:
    """Merge what stands at another place of the description into what is selected."""

    pointer: Pointer
    target: str
    source: str


@dataclass(frozen=True, slots=True)
class Remove:
    """Take what is selected out of what holds it."""

    pointer: Pointer
    target: str


Action = Update | Copy | Remove


@dataclass(frozen=True, slots=True)
class Overlay:
    document: Document
    version: Version
    actions: tuple[Action, ...]


def read_overlay(path: str, diagnostics: Diagnostics) -> Overlay:
    """Read an overlay; its faults are told, all in one go.

    Raises:
        Stopped: It can't be read, or is none.
    """
    document = load_document(path, diagnostics)
    version = _version_of(document, diagnostics)
    actions = tuple(_read_actions(document, version, diagnostics))
    diagnostics.stop_on_errors()
    return Overlay(document, version, actions)


def _version_of(document: Document, diagnostics: Diagnostics) -> Version:
    written = document.root.get("overlay")
    match written.split(".")[:2] if isinstance(written, str) else written:
        case ["1", "0"]:
            return "1.0"
        case ["1", "1"]:
            return "1.1"
        case None:
            message = 'this is no overlay: it has no "overlay"'
        case _:
            message = f'"overlay" is {json.dumps(written)}'
    diagnostics.fatal(
        "bad-overlay",
        message,
        document.node("" if written is None else "/overlay"),
        help='supported are overlays of the versions "1.0.0" and "1.1.0"',
    )


def _read_actions(
    document: Document, version: Version, diagnostics: Diagnostics
) -> Iterator[Action]:
    written = document.root.get("actions")
    if not is_array(written):
        message = 'an overlay must have a list of "actions"'
        diagnostics.error("bad-overlay", message, document.node("/actions"))
        return
    for index, action in enumerate(written):
        pointer = join_pointer("/actions", index)
        if is_object(action) and isinstance(target := action.get("target"), str):
            found = _read_action(action, pointer, target, version)
            if found is not None:
                yield found
                continue
            message = f"an action must have {_KINDS[version]}"
        else:
            message = 'an action must have a "target", which is a JSONPath'
        diagnostics.error("bad-overlay", message, document.node(pointer))


_KINDS = {"1.0": '"update" or "remove"', "1.1": '"update", "copy" or "remove"'}


def _read_action(
    action: dict[str, Any], pointer: Pointer, target: str, version: Version
) -> Action | None:
    """An action; "remove" counts more than "update", and that more than "copy"."""
    if action.get("remove") is True:
        return Remove(pointer, target)
    if "update" in action:
        return Update(pointer, target, action["update"])
    if version == "1.1" and isinstance(source := action.get("copy"), str):
        return Copy(pointer, target, source)
    return None
