"""What overlays make of a description, and where its parts then stand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from oasmith.diagnostics import Diagnostics, Stopped
from oasmith.document import Document
from oasmith.loading.load import load_document
from oasmith.overlaying.apply_overlay import apply_overlay
from oasmith.overlaying.overlay import read_overlay


@dataclass(frozen=True)
class Overlaid:
    document: Document
    told: Sequence[str]

    def place(self, pointer: str) -> str:
        found = self.document.node(pointer).locate()
        return f"{Path(found.file).name}:{found.line}"


def overlay(
    folder: Path, root: dict[str, Any], actions: list[Any], version: str = "1.1.0"
) -> Overlaid:
    """Apply actions; each stands in a line of its own, the first one in the third."""
    lines = ",\n".join(json.dumps(action) for action in actions)
    text = f'{{"overlay": "{version}",\n"actions": [\n{lines}\n]}}'
    return overlay_text(folder, root, text)


def overlay_text(folder: Path, root: dict[str, Any], text: str) -> Overlaid:
    (folder / "api.json").write_text(json.dumps(root, indent=0))
    (folder / "overlay.json").write_text(text)
    found = Diagnostics()
    document = load_document(str(folder / "api.json"), found)
    try:
        read = read_overlay(str(folder / "overlay.json"), found)
        document = apply_overlay(document, read, found)
    except Stopped:
        pass
    told = [
        f"{Path(place.file).name}:{place.line} {each.code}"
        for each in found
        if (place := each.place and each.place.locate())
    ]
    return Overlaid(document, told)


@pytest.mark.parametrize(
    ("root", "action", "result"),
    [
        # Objects, lists and single values within an update.
        (
            {"a": {"b": 1}},
            {"target": "$.a", "update": {"c": 2}},
            {"a": {"b": 1, "c": 2}},
        ),
        ({"a": {"b": 1}}, {"target": "$.a", "update": {"b": "2"}}, {"a": {"b": "2"}}),
        ({"a": {"b": 1}}, {"target": "$.a", "update": {"b": None}}, {"a": {"b": None}}),
        (
            {"a": {"b": {"c": 1}}},
            {"target": "$", "update": {"a": {"b": {"d": 2}}}},
            {"a": {"b": {"c": 1, "d": 2}}},
        ),
        (
            {"a": {"b": [1]}},
            {"target": "$.a", "update": {"b": [2]}},
            {"a": {"b": [1, 2]}},
        ),
        # A list that is selected takes the items of a list, or one item.
        ({"a": [1]}, {"target": "$.a", "update": [2, 3]}, {"a": [1, 2, 3]}),
        ({"a": [1]}, {"target": "$.a", "update": {"b": 2}}, {"a": [1, {"b": 2}]}),
        ({"a": [[1]]}, {"target": "$.a[0]", "update": 2}, {"a": [[1, 2]]}),
        # A single value that is selected.
        ({"a": {"b": 1}}, {"target": "$.a.b", "update": 2}, {"a": {"b": 2}}),
        # Several that are selected, one in the other.
        (
            {"a": {"x": {}}, "x": {"x": {}}},
            {"target": "$..x", "update": {"y": 1}},
            {"a": {"x": {"y": 1}}, "x": {"x": {"y": 1}, "y": 1}},
        ),
        # Copies.
        (
            {"a": {"b": 1}, "c": {}},
            {"target": "$.c", "copy": "$.a"},
            {"a": {"b": 1}, "c": {"b": 1}},
        ),
        (
            {"a": [1], "c": [2]},
            {"target": "$.c", "copy": "$.a"},
            {"a": [1], "c": [2, 1]},
        ),
        # Removals.
        ({"a": 1, "b": 2}, {"target": "$.a", "remove": True}, {"b": 2}),
        ({"a": [1, 2, 3, 4]}, {"target": "$.a[1:3]", "remove": True}, {"a": [1, 4]}),
        ({"a": [[1, 2]]}, {"target": "$.a[0][0]", "remove": True}, {"a": [[2]]}),
        ({"x": {"x": 1}, "b": 2}, {"target": "$..x", "remove": True}, {"b": 2}),
        ({"a": {"b": 1}}, {"target": "$.a.b", "remove": True, "update": 2}, {"a": {}}),
        ({"a/b": {"~": 1}}, {"target": "$['a/b']['~']", "remove": True}, {"a/b": {}}),
    ],
)
def test_actions(tmp_path: Path, root: Any, action: Any, result: Any) -> None:
    overlaid = overlay(tmp_path, root, [action])
    assert overlaid.told == []
    assert overlaid.document.root == result


def test_a_list_is_one_item_in_version_1_0(tmp_path: Path) -> None:
    action = {"target": "$.a", "update": [2]}
    assert overlay(tmp_path, {"a": [1]}, [action], "1.0.0").document.root == {
        "a": [1, [2]]
    }


@pytest.mark.parametrize(
    "action",
    [
        {"target": "$.a", "update": {"b": 1}},
        {"target": "$.c", "update": [1]},
        {"target": "$.c", "update": 1},
        {"target": "$.a", "copy": "$.a"},
    ],
)
def test_what_is_there_already_is_told(tmp_path: Path, action: Any) -> None:
    root = {"a": {"b": 1}, "c": [1]}
    overlaid = overlay(tmp_path, root, [action])
    assert overlaid.told == ["overlay.json:3 unneeded-action"]
    assert overlaid.document.root == root


@pytest.mark.parametrize(
    ("action", "code"),
    [
        ({"target": "$.x", "update": {}}, "unmatched-action"),
        ({"target": "$.x", "remove": True}, "unmatched-action"),
        ({"target": "$.a", "copy": "$.x"}, "unmatched-action"),
        ({"target": "$.a", "copy": "$.*"}, "bad-json-path"),
        ({"target": "$.a[", "remove": True}, "bad-json-path"),
        ({"target": "a", "remove": True}, "bad-json-path"),
        ({"target": "$.a", "update": []}, "incompatible-action"),
        ({"target": "$.a", "update": {"b": {}}}, "incompatible-action"),
        ({"target": "$.a.b", "update": {}}, "incompatible-action"),
        ({"target": "$", "remove": True}, "incompatible-action"),
        ({"target": "$"}, "bad-overlay"),
        ({"target": 1, "update": {}}, "bad-overlay"),
        ("$", "bad-overlay"),
        ({"target": "$.a", "copy": 1}, "bad-overlay"),
    ],
)
def test_what_can_not_be_done_is_told(tmp_path: Path, action: Any, code: str) -> None:
    root = {"a": {"b": 1}, "c": {}}
    overlaid = overlay(tmp_path, root, [action])
    assert overlaid.told == [f"overlay.json:3 {code}"]
    assert overlaid.document.root == root


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"actions": []}', "overlay.json:1 bad-overlay"),
        ('{"overlay": "2.0.0", "actions": []}', "overlay.json:1 bad-overlay"),
        ('{"overlay": 1.0, "actions": []}', "overlay.json:1 bad-overlay"),
        ('{"overlay": "1.0.0"}', "overlay.json:1 bad-overlay"),
        ("[]", "overlay.json:1 not-an-object"),
    ],
)
def test_what_is_no_overlay(tmp_path: Path, text: str, told: str) -> None:
    assert overlay_text(tmp_path, {}, text).told == [told]


def test_copies_and_single_values_are_of_version_1_1(tmp_path: Path) -> None:
    root = {"a": {"b": 1}, "c": {}}
    copy = {"target": "$.c", "copy": "$.a"}
    single = {"target": "$.a.b", "update": 2}
    assert overlay(tmp_path, root, [copy], "1.0.0").told == [
        "overlay.json:3 bad-overlay"
    ]
    told = overlay(tmp_path, root, [single], "1.0.0").told
    assert told == ["overlay.json:3 incompatible-action"]


def test_all_that_can_not_be_done_is_told(tmp_path: Path) -> None:
    wrong = {"target": "$.a", "update": []}
    overlaid = overlay(tmp_path, {"a": {}}, [wrong, wrong])
    assert [told.split()[0] for told in overlaid.told] == [
        "overlay.json:3",
        "overlay.json:4",
    ]


def test_parts_stand_where_they_were_written(tmp_path: Path) -> None:
    root = {"a": [{"n": 1}, {"n": 2}, {"n": 3}], "b": {"c": {}}}
    overlaid = overlay(
        tmp_path,
        root,
        [
            {"target": "$.a[0]", "remove": True},
            {"target": "$.a[0]", "update": {"m": 0}},
            {"target": "$.a", "update": [{"n": 4}]},
            {"target": "$.b.c", "copy": "$.a[0]"},
            {"target": "$.a[0]", "remove": True},
        ],
    )
    assert overlaid.told == []
    assert overlaid.document.root == {
        "a": [{"n": 3}, {"n": 4}],
        "b": {"c": {"n": 2, "m": 0}},
    }
    assert overlaid.place("/a/0/n") == "api.json:10"
    assert overlaid.place("/a/1/n") == "overlay.json:5"
    assert overlaid.place("/b") == "api.json:13"
    assert overlaid.place("/b/c/n") == "api.json:7"
    assert overlaid.place("/b/c/m") == "overlay.json:4"


def test_the_description_is_left_as_it_is(tmp_path: Path) -> None:
    found = Diagnostics()
    (tmp_path / "api.json").write_text('{"a": {"b": [1]}}')
    (tmp_path / "overlay.json").write_text(
        '{"overlay": "1.1.0", "actions": [{"target": "$.a.b", "update": [2]}]}'
    )
    document = load_document(str(tmp_path / "api.json"), found)
    read = read_overlay(str(tmp_path / "overlay.json"), found)
    assert apply_overlay(document, read, found).root == {"a": {"b": [1, 2]}}
    assert document.root == {"a": {"b": [1]}}
