"""What scalars, keys, tags, anchors and merge keys mean once they are loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from oasmith.document import Document, is_array, is_object

Load = Callable[[str | bytes], Document]

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"

SCALARS: dict[str, object] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "nUll": "nUll",
    "true": True,
    "False": False,
    "TRUE": True,
    "no": "no",
    "on": "on",
    "Yes": "Yes",
    "y": "y",
    "12": 12,
    "+12": 12,
    "-0": 0,
    "0777": 777,
    "0o17": 15,
    "-0o17": "-0o17",
    "0xfF": 255,
    "0b1": "0b1",
    "1_000": "1_000",
    "1:30": "1:30",
    "1:30:00": "1:30:00",
    "2020-01-01": "2020-01-01",
    "2020-01-01T00:00:00Z": "2020-01-01T00:00:00Z",
    "1.0": 1.0,
    "1.": 1.0,
    ".5": 0.5,
    "-.5e-2": -0.005,
    "1e3": 1000.0,
    "12E+03": 12000.0,
    "1e": "1e",
    ".": ".",
    "+": "+",
    "٣": "٣",
    "1" * 1000: int("1" * 1000),
    "'1'": "1",
    '"null"': "null",
    "!!str 1": "1",
    "!!str": "",
    "! 1": "1",
    '!!int "7"': 7,
    "!!float 3": 3.0,
    "!!bool 'true'": True,
    "!!null ''": None,
    "!!map {}": {},
    "!!seq []": [],
    "!<tag:yaml.org,2002:int> 7": 7,
    "|-\n  a\n  b": "a\nb",
    ">\n  a\n  b": "a b\n",
}

KEYS = {
    "200": "200",
    "2e2": "2e2",
    "1.0": "1.0",
    "0o7": "0o7",
    "on": "on",
    "null": "null",
    "~": "null",
    "'~'": "~",
    "''": "",
    "!!str ~": "~",
    "2020-01-01": "2020-01-01",
    "true": "true",
    ".nan": ".nan",
    "&a x": "x",
}

DOCUMENTS: dict[str, tuple[str | bytes, object]] = {
    "empty key": ("?\n: 1", {"null": 1}),
    "shared part": ("a: &x {b: 1}\nc: [*x, *x]", {"a": {"b": 1}, "c": [{"b": 1}] * 2}),
    "anchors of scalars": (
        "a: &x 1\nb: &y 'no'\nc: &z k\nd: [*x, *y, *z]",
        {"a": 1, "b": "no", "c": "k", "d": [1, "no", "k"]},
    ),
    "anchor that is given twice": (
        "a: &x 1\nb: *x\nc: &x 2\nd: *x",
        {"a": 1, "b": 1, "c": 2, "d": 2},
    ),
    "merge": (
        "a: &a {x: 1, y: 1}\nb: {y: 2, <<: *a}",
        {"a": {"x": 1, "y": 1}, "b": {"x": 1, "y": 2}},
    ),
    "merge of several": (
        "a: {<<: [{x: 1}, {x: 2, y: 2}], z: 3}",
        {"a": {"x": 1, "y": 2, "z": 3}},
    ),
    "quoted merge key": ("a: {'<<': 1}", {"a": {"<<": 1}}),
    "JSON merge key": ('{"<<": {"a": 1}}', {"<<": {"a": 1}}),
    "JSON numbers": (
        '{"a": [1, -0, 1.0, 1E2, 123456789012345678901234567890]}',
        {"a": [1, 0, 1.0, 100.0, 123456789012345678901234567890]},
    ),
    "JSON with a last comma": ('{"a": 1,}', {"a": 1}),
    "JSON escapes": (r'{"a": "\ud83d\ude00 \\ud800"}', {"a": "😀 \\ud800"}),
    "YAML in braces": ("{a: NaN}", {"a": "NaN"}),
    "YAML 1.2": ("%YAML 1.2\n---\na: 1\n...\n", {"a": 1}),
    "UTF-8 with a mark": ("\ufeffa: é".encode(), {"a": "é"}),
    "JSON with a mark": ('\ufeff{"a": 1}'.encode(), {"a": 1}),
    "UTF-16": ("a: é".encode("utf-16"), {"a": "é"}),
    "UTF-16, big end first": ("\ufeffa: é".encode("utf-16-be"), {"a": "é"}),
    "UTF-32": ('{"a": "😀"}'.encode("utf-32"), {"a": "😀"}),
}


@pytest.mark.parametrize("written", SCALARS)
def test_scalars_follow_the_core_schema(written: str, load: Load) -> None:
    value, expected = load(f"a: {written}\n").root["a"], SCALARS[written]
    assert (type(value), value) == (type(expected), expected)


@pytest.mark.parametrize("written", KEYS)
def test_keys_are_strings_as_they_are_written(written: str, load: Load) -> None:
    assert load(f"{written} : 1\n").root == {KEYS[written]: 1}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents(name: str, load: Load) -> None:
    content, expected = DOCUMENTS[name]
    assert load(content).root == expected


def test_aliases_share_one_object(load: Load) -> None:
    root = load("a: &x {b: 1}\nc: *x").root
    assert root["a"] is root["c"]


def test_merged_members_come_first_and_in_order(load: Load) -> None:
    root = load("a: &a {x: 1, y: 1}\nb: {z: 3, <<: [*a, {w: 4}], y: 2}").root
    assert list(root["b"]) == ["x", "y", "w", "z"]


def test_json_does_not_pay_for_yaml(in_folder: None) -> None:
    Path("api.json").write_text('{"a": 1}')
    code = (
        "import sys; from oasmith.loading.load import load_document;"
        "from oasmith.diagnostics import Diagnostics;"
        "load_document('api.json', Diagnostics()); print('yaml' in sys.modules)"
    )
    run = [sys.executable, "-c", code]
    assert subprocess.check_output(run, text=True).strip() == "False"


SAME_IN_YAML_1_1 = {
    "block styles": "a:\n- b: |-\n    x\n    y\n- c: >+\n    x\n\n    y\n\n- 'it''s'\n",
    "flow styles": 'a: {b: [1, 2.5, "x\\ty\\u00e9"], c: {}, "d": []}',
    "comments": "# x\na: 1 # y\nb: 'x # y'\n",
    "long plain": "a: several words\n  on two lines\nb: x:y\n",
    "anchors": "a: &a {x: [1]}\nb: *a\nc: {<<: *a, y: 2}\n",
    "question marks": "? a\n: 1\n? b\n",
    "indented lists": "a:\n  - - 1\n    - 2\n  -\n    - 3\n",
}


@pytest.mark.parametrize("name", SAME_IN_YAML_1_1)
def test_agrees_with_pyyaml(name: str, load: Load) -> None:
    written = SAME_IN_YAML_1_1[name]
    assert load(written).root == yaml.safe_load(written)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpus is not here")
def test_agrees_with_json_and_pyyaml_on_real_descriptions(load: Load) -> None:
    for path in sorted(CORPUS.glob("*.json")):
        content = path.read_bytes()
        expected: object = json.loads(content)
        assert load(content).root == expected
        # A comment in front of it makes it YAML, all of it in flow style.
        assert load(b"#\n" + content).root == expected
    for path in sorted(CORPUS.glob("typespec/*.yaml")):
        loaded: Any = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        assert load(path.read_bytes()).root == spell_keys(loaded)


def spell_keys(value: Any) -> Any:
    if is_object(value):
        return {str(key): spell_keys(item) for key, item in value.items()}
    return [spell_keys(item) for item in value] if is_array(value) else value
