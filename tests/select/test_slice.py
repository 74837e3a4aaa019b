"""What a slice keeps: each description in slices/ says what is asked for and kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from oasmith.diagnostics import Diagnostics
from oasmith.document import (
    Document,
    is_array,
    is_object,
    join_pointer,
    pointer_of_reference,
)
from oasmith.loading.load import load_document
from oasmith.path_items import UNSELECTED
from oasmith.slicing.dump import dump_document
from oasmith.slicing.select import list_operations, parse_selection
from oasmith.slicing.slice import slice_document
from oasmith.validation.validate import check_with_validator

_SLICES = sorted(Path(__file__).with_name("slices").glob("*.yaml"))

each_slice = pytest.mark.parametrize("path", _SLICES, ids=lambda path: path.stem)


@each_slice
def test_keeps_what_is_reached(path: Path) -> None:
    source, part = _load_and_slice(path)
    assert sorted(_list_parts(part.root)) == sorted(source.root["x-kept"])


@each_slice
def test_changes_nothing_that_it_keeps(path: Path) -> None:
    source, part = _load_and_slice(path)
    before = load_document(str(path), Diagnostics())
    assert source.root == before.root
    for pointer in _list_parts(part.root):
        if pointer.startswith(("/components", "/definitions")):
            assert part.find(pointer) is source.find(pointer)
    keys = [key for key in part.root if key in source.root]
    assert keys == [key for key in source.root if key in part.root]


@each_slice
def test_leaves_no_reference_that_led_somewhere_before(path: Path) -> None:
    source, part = _load_and_slice(path)
    for reference in _list_references(part.root):
        pointer = pointer_of_reference(reference)
        if pointer is not None and _has(source, pointer):
            assert _has(part, pointer), reference


@each_slice
def test_is_as_valid_as_the_whole(path: Path) -> None:
    source, part = _load_and_slice(path)
    problems = {problem.code for problem in check_with_validator(source.root)}
    assert {problem.code for problem in check_with_validator(part.root)} <= problems


@each_slice
def test_slicing_again_changes_nothing(path: Path) -> None:
    _, part = _load_and_slice(path)
    assert _slice(part).root == part.root


@each_slice
@pytest.mark.parametrize("name", ["slice.yaml", "slice.json"])
def test_is_read_back_as_it_was_written(path: Path, name: str, tmp_path: Path) -> None:
    _, part = _load_and_slice(path)
    (tmp_path / name).write_text(dump_document(part, name), encoding="utf-8")
    assert load_document(str(tmp_path / name), Diagnostics()).root == part.root


def test_lists_no_operation_that_was_not_asked_for() -> None:
    path = Path(__file__).with_name("slices") / "into-a-path.yaml"
    _, part = _load_and_slice(path)
    listed = [(each.method, each.path) for each in list_operations(part)]
    assert listed == [("GET", "/pets"), ("GET", "/other")]


def _load_and_slice(path: Path) -> tuple[Document, Document]:
    document = load_document(str(path), Diagnostics())
    return document, _slice(document)


def _slice(document: Document) -> Document:
    diagnostics = Diagnostics()
    selection = parse_selection(document.root["x-include"], diagnostics, None)
    part = slice_document(document, selection, diagnostics)
    # What is left out of all that was asked for is told, and nothing else.
    left_out = [] if selection.patterns else list(document.root.get("webhooks", {}))
    told = [(each.code, each.message) for each in diagnostics]
    assert told == [
        ("unsupported-webhook", f'nothing is made to receive "{name}"')
        for name in left_out
    ]
    return part


def _list_parts(root: dict[str, Any]) -> Iterator[str]:
    """The pointers of what a slice may drop; of path items, of each member."""
    for tag in root.get("tags", []):
        yield join_pointer("/tags", tag["name"])
    for key, value in root.items():
        pointer = join_pointer("", key)
        if key == "paths":
            yield from _list_members(value, pointer)
        elif key == "components":
            for kind, section in value.items():
                inner = join_pointer(pointer, kind)
                if kind == "pathItems":
                    yield from _list_members(section, inner)
                else:
                    yield from (join_pointer(inner, name) for name in section)
        elif key == "x-groups":
            yield pointer
        elif is_object(value) and key != "info":
            yield from (join_pointer(pointer, name) for name in value)


def _list_members(path_items: dict[str, Any], above: str) -> Iterator[str]:
    for path, item in path_items.items():
        for key, value in item.items():
            pointer = join_pointer(above, path, key)
            if key == "additionalOperations":
                yield from (join_pointer(pointer, method) for method in value)
            elif is_object(value) and UNSELECTED in value:
                yield f"{pointer} (unselected)"
            else:
                yield pointer


def _list_references(value: object) -> Iterator[str]:
    if is_object(value):
        if isinstance(reference := value.get("$ref"), str):
            yield reference
        for item in value.values():
            yield from _list_references(item)
    elif is_array(value):
        for item in value:
            yield from _list_references(item)


def _has(document: Document, pointer: str) -> bool:
    try:
        document.find(pointer)
    except LookupError:
        return False
    return True
