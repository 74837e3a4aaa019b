"""A glance at the text must not overlook what the walk through its tree would find."""

import time

import pytest

from oasmith.loading.bundle_references import may_need_bundling

LOCAL = [
    '{"$ref": "#/components/schemas/Cat"}',
    '{"$ref" : "#/components/schemas/Cat"}',
    '{"$ref": "#"}',
    "{$ref: '#/components/schemas/Cat'}",
    '{"mapping": {"cat": "#/definitions/Cat", "dog": "#/definitions/Dog"}}',
    '{"mapping": {}}',
    '{"user_mapping": {"type": "object"}}',
    '{"defaultMapping": "#/components/schemas/Cat"}',
    '{"description": "A mapping of <\\u003e"}',
    '{"security": [{"#/components/securitySchemes/key": []}, {"key": []}]}',
    "security:\n- '#/components/securitySchemes/key': []\n# Not: [this]",
]

TELLING = [
    '{"$ref": "cat.yaml"}',
    "$ref: cat.yaml",
    '{"$ref": "#cat"}',
    '{"mapping": {"cat": "#cat"}}',
    "$ref: >-\n  cat.yaml",
    "$ref\n: cat.yaml",
    "? $ref\n: cat.yaml",
    "$ref: *elsewhere",
    '{"\\u0024ref": "cat.yaml"}',
    '{"$re\\u0066": "cat.yaml"}',
    '{"\\x24ref": "cat.yaml"}',
    '{"\\U00000024ref": "cat.yaml"}',
    '{"m\\u0061pping": {"cat": "cat.yaml"}}',
    '{"mapping": {"cat": "#/Cat", "dog": "dog.yaml"}}',
    "mapping:\n  cat: cat.yaml",
    "defaultMapping: cat.yaml",
    '{"defaultM\\u0061pping": "cat.yaml"}',
    '{"security": [{"a.yaml#/components/securitySchemes/key": []}]}',
    "security:\n- a.yaml#/components/securitySchemes/key:\n  - read",
    "security:\n- https://example.com/#key: *none",
    '{"security": [{"a.json" : ["read"]}]}',
    "security: [{key.yml: []}]",
    '{"security": [{"a.yaml\\u0023key": []}]}',
    '{"security": [{"key\\u002eyaml": []}]}',
    '{"$id": "https://example.com/cat"}',
    '{"$anchor": "cat"}',
    '{"$dynamicRef": "#cat"}',
]

SLOW = [
    '{"mapping": {' + '"a": "#/",   ' * 200_000 + "?",
    "$ref:" + " " * 2_000_000,
    "mapping:" + " " * 2_000_000,
    "mapping" * 300_000,
    "#" * 2_000_000,
    "a#:" * 700_000,
    "a#" + "b:" * 1_000_000,
    ".json" + " " * 2_000_000,
]


@pytest.mark.parametrize("text", LOCAL)
def test_local_pointers_need_no_bundling(text: str) -> None:
    assert not may_need_bundling(text.encode())


@pytest.mark.parametrize("text", TELLING)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_nothing_that_refers_elsewhere_is_overlooked(text: str, encoding: str) -> None:
    assert may_need_bundling(text.encode(encoding))


@pytest.mark.parametrize("text", SLOW, ids=range(len(SLOW)))
def test_no_text_takes_long(text: str) -> None:
    start = time.perf_counter()
    may_need_bundling(text.encode())
    assert time.perf_counter() - start < 2
