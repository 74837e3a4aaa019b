"""Every code that loading can end with, where it points, and what it says."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from oasmith.diagnostics import Diagnostics, Stopped
from oasmith.document import Document
from oasmith.listing import format_diagnostic
from oasmith.loading.load import load_document

Load = Callable[[str | bytes], Document]
Refuse = Callable[[str | bytes], list[str]]

REFUSALS: dict[str, tuple[str | bytes, str]] = {
    "nothing": (b"", 'api: error[empty-file]: "api" is empty'),
    "blank": (" \n", 'api: error[empty-file]: "api" is empty'),
    "comments": ("# x", "api:1:1: error[empty-file]: there is nothing in it"),
    "bytes": (
        b"a: 1\nb: \xff",
        "api:2:4: error[bad-encoding]: the byte 0xff is not UTF-8",
    ),
    "half a UTF-16 unit": (
        b"\xff\xfea\x00:",
        "api:1:2: error[bad-encoding]: the byte 0x3a is not UTF-16-LE",
    ),
    "list": (
        "- a",
        "api:1:1: error[not-an-object]: the description is a list, not an object",
    ),
    "text": (
        "hello",
        "api:1:1: error[not-an-object]: the description is a string, not an object",
    ),
    "null": (
        "~",
        "api:1:1: error[not-an-object]: the description is null, not an object",
    ),
    "JSON cut short": (
        '{"a": 1',
        "api:1:8: error[bad-json]: this is not JSON: expecting ',' delimiter",
    ),
    "JSON control character": (
        '{"a": "\x01"}',
        "api:1:8: error[bad-json]: this is not JSON: invalid control character",
    ),
    "flow YAML cut short": (
        "{a: 1",
        "api:1:6: error[bad-yaml]: this is not YAML: "
        "while parsing a flow mapping, did not find expected ',' or '}'",
    ),
    "YAML syntax after wide characters": (
        "é😀: [\n  x: }",
        "api:2:6: error[bad-yaml]: this is not YAML: "
        "while parsing a flow node, did not find expected node content",
    ),
    "YAML control character after wide ones": (
        "é: é\nb: \x07",
        "api:2:4: error[bad-yaml]: the character U+0007 can't stand in YAML",
    ),
    "YAML key": (
        "b:\r\n  a: 1\r\n  a: 2\r\n",
        'api:3:3: error[duplicate-key]: the key "a" stands twice, '
        "the first is on line 2",
    ),
    "JSON key": (
        '{"b": {"a": 1,\n"\\u0061": 2}}',
        'api:2:1: error[duplicate-key]: the key "a" stands twice, '
        "the first is on line 1",
    ),
    "null key": (
        "null: 1\n~: 2",
        'api:2:1: error[duplicate-key]: the key "null" stands twice, '
        "the first is on line 1",
    ),
    "second document": (
        "a: 1\n---\nb: 2",
        "api:2:1: error[several-documents]: "
        "a second document begins here; a description is one",
    ),
    "JSON NaN": (
        '{"a": NaN}',
        'api:1:7: error[not-finite]: "NaN" is not a finite number',
    ),
    "JSON overflow": (
        '{"a": -1e400}',
        'api:1:7: error[not-finite]: "-1e400" is not a finite number',
    ),
    "YAML infinity": (
        "a: -.INF",
        'api:1:4: error[not-finite]: "-.INF" is not a finite number',
    ),
    "YAML overflow": (
        "a: 1e400",
        'api:1:4: error[not-finite]: "1e400" is not a finite number',
    ),
    "JSON long number": (
        f'{{"a": {"9" * 5000}}}',
        "api:1:7: error[number-too-long]: "
        "numbers are read up to 3500 characters, this one has 5000",
    ),
    "YAML long number": (
        f"a: 0x{'f' * 5000}",
        "api:1:4: error[number-too-long]: "
        "numbers are read up to 3500 characters, this one has 5002",
    ),
    "half a character": (
        r'{"a": "\\ud800 \ud83d\ude00 \ude00"}',
        r'api:1:29: error[half-character]: "\ude.." is half of a surrogate pair, '
        "not a character",
    ),
    "unknown tag": (
        "a: !!binary eA==",
        'api:1:4: error[unknown-tag]: the tag "!!binary" has no meaning in OpenAPI',
    ),
    "unknown tag of an object": (
        "a: !pet {}",
        'api:1:4: error[unknown-tag]: the tag "!pet" has no meaning in OpenAPI',
    ),
    "unknown tag of a key": (
        "!pet a: 1",
        'api:1:1: error[unknown-tag]: the tag "!pet" has no meaning in OpenAPI',
    ),
    "tag that does not fit": (
        "a: !!int x",
        'api:1:4: error[bad-scalar]: "x" can\'t be read as !!int',
    ),
    "complex key": (
        "? [a]\n: 1",
        "api:1:3: error[complex-key]: only a scalar can be a key",
    ),
    "merge of a scalar": (
        "a: {<<: 1}",
        'api:1:5: error[bad-merge]: "<<" takes an object or a list of objects',
    ),
    "unknown alias": (
        "a: *x",
        'api:1:4: error[unknown-alias]: nothing is called "&x" yet',
    ),
    "recursive alias": (
        "a: &x [*x]",
        'api:1:8: error[recursive-alias]: "*x" stands inside of what it stands for',
    ),
    "deep JSON": (
        '{"a":' * 100_000,
        "api:1:2501: error[too-deep]: "
        "objects and lists are nested more than 500 levels deep",
    ),
    "deep JSON lists": (
        f'{{"a":{"[" * 500}{"]" * 500}}}',
        "api:1:505: error[too-deep]: "
        "objects and lists are nested more than 500 levels deep",
    ),
    "deep YAML": (
        f"a: {'[' * 500}",
        "api:1:503: error[too-deep]: "
        "objects and lists are nested more than 500 levels deep",
    ),
    "deep aliases": (
        "a0: &a0 [1]\n" + "\n".join(f"a{i}: &a{i} [*a{i - 1}]" for i in range(1, 1200)),
        "api:2:10: error[too-deep]: "
        "objects and lists are nested more than 500 levels deep",
    ),
    "many aliases": (
        "a0: &a0 [1]\n"
        + "\n".join(f"a{i}: &a{i} [{f'*a{i - 1},' * 10}]" for i in range(1, 40)),
        "api:2:10: error[alias-bomb]: "
        "aliases make this a tree of more than 10,000,000 nodes",
    ),
    "many merges": (
        f"a: &a {{{','.join(f'k{i}: 1' for i in range(10_000))}}}\n"
        + "\n".join(f"b{i}: {{<<: *a}}" for i in range(200)),
        'api:101:7: error[alias-bomb]: "<<" copies more than 1,000,000 members in all',
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_says_what_is_wrong_and_where(name: str, refuse: Refuse) -> None:
    content, expected = REFUSALS[name]
    assert refuse(content) == [expected]


def test_keys_that_are_nested_too_deep(refuse: Refuse) -> None:
    # From 6.0.4 on PyYAML tells it itself, and at a place.
    (told,) = refuse("{" * 100_000)
    assert "error[too-deep]: objects and lists are nested" in told


def test_says_everything_that_is_wrong_in_one_run(refuse: Refuse) -> None:
    yaml = "a: .nan\nb: !x 1\na: *c\nd: {e: 1, e: 2, e: 3}"
    places = [line.partition(": ")[0] for line in refuse(yaml)]
    assert places == [
        "api:1:4",
        "api:2:4",
        "api:3:1",
        "api:3:4",
        "api:4:11",
        "api:4:17",
    ]
    json = '{"a": NaN,\n"a": 1e999, "b": {"c": 1, "c": "\\ud800"}}'
    places = [line.partition(": ")[0] for line in refuse(json)]
    assert places == ["api:1:7", "api:2:1", "api:2:6", "api:2:27", "api:2:33"]


def test_as_deep_as_is_allowed(load: Load) -> None:
    assert load(f'{{"a":{"[" * 499}{"]" * 499}}}').root
    assert load(f"a: {'[' * 499}{']' * 499}").root


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("", "no-such-file"),
        ("missing", "no-such-file"),
        ("file/below", "no-such-file"),
        ("n" * 300, "unreadable-file"),
        ("nul\0", "unreadable-file"),
    ],
)
def test_no_file(path: str, code: str, in_folder: None) -> None:
    Path("file").touch()
    assert f": error[{code}]: " in refusal(path)


def test_not_a_file(in_folder: None) -> None:
    assert refusal(".") == '.: error[not-a-file]: "." is a folder, not a file'


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes")
def test_not_a_file_that_would_block(in_folder: None) -> None:
    os.mkfifo("pipe")
    message = '"pipe" is a pipe or a device, not a file'
    assert refusal("pipe") == f"pipe: error[not-a-file]: {message}"


def test_unreadable_file(monkeypatch: pytest.MonkeyPatch, in_folder: None) -> None:
    def refuse_to_open(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    Path("api").write_text("a: 1")
    # A file's mode would not stop root, who runs tests in containers.
    monkeypatch.setattr("builtins.open", refuse_to_open)
    message = '"api" can\'t be read: permission denied'
    assert refusal("api") == f"api: error[unreadable-file]: {message}"


def test_too_large_a_file(in_folder: None) -> None:
    with open("api", "wb") as file:
        file.truncate(256 * 2**20 + 1)
    message = '"api" is larger than 256 MiB'
    assert refusal("api") == f"api: error[file-too-large]: {message}"


def refusal(path: str) -> str:
    diagnostics = Diagnostics()
    with pytest.raises(Stopped):
        load_document(path, diagnostics)
    (found,) = diagnostics
    return format_diagnostic(found)
