"""Descriptions that are hostile as text: numbers, patterns, bytes, YAML."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .structure import Structure, described, description


def notations() -> Iterator[Structure]:
    """All of them."""
    yield from _numbers()
    yield from _slow_patterns()
    yield from _encodings()
    yield from _yaml()


def _numbers() -> Iterator[Structure]:
    for text, verdict in (
        ("1e400", "reject"),
        ("-1e400", "reject"),
        ("NaN", "reject"),
        ("Infinity", "reject"),
        ("1e-400", "accept"),
        ("-0.0", "accept"),
        (str(2**70), "accept"),
        ("1" * 4_000, "either"),
        ("1" * 100_000, "reject"),
        ("0." + "1" * 100_000, "either"),
        ("1.0", "accept"),
        ("1E+2", "accept"),
        ("01", "either"),  # YAML has it
        ("0x10", "either"),  # YAML has it
        ("1_000", "either"),  # YAML has it
    ):
        for keyword in ("minimum", "default", "multipleOf", "maxLength", "enum"):
            value: Any = ["@"] if keyword == "enum" else "@"
            field = {"type": ["number", "string"], keyword: value}
            root = {"type": "object", "properties": {"a": field}}
            whole = json.dumps(description({"Root": root}, root))
            content = whole.replace('"@"', text).encode()
            # Only some keywords take negative numbers, fractions and zero.
            takes_all = keyword in ("minimum", "default", "enum")
            wanted = verdict if takes_all or verdict == "reject" else "either"
            shown = (
                text if len(text) < 30 else f"{text[:9]}... of {len(text):,} characters"
            )
            yield Structure(
                f"{keyword}: {shown}", wanted, lambda content=content: content
            )


def _slow_patterns() -> Iterator[Structure]:
    value = "a" * 50 + "!"
    for pattern in ("^(a+)+$", "^(a|a)*$", "^(.*a){25}$", "(x+x+)+y"):
        field = {"type": "string", "pattern": pattern}
        for keyword, held in (
            ("default", value),
            ("enum", [value]),
            ("const", value),
            ("example", value),
            ("examples", [value]),
        ):
            root = {"type": "object", "properties": {"a": {**field, keyword: held}}}
            yield Structure(
                f"{pattern} on its {keyword}", "either", described({"Root": root}, root)
            )
        keys = {
            "type": "object",
            "patternProperties": {pattern: {}},
            "default": {value: 1},
        }
        yield Structure(
            f"{pattern} on keys", "either", described({"Root": keys}, keys), seconds=60
        )


_SMALL = json.dumps(description({"Root": {"type": "string"}}))


def _encodings() -> Iterator[Structure]:
    for encoding in ("utf-16", "utf-32", "utf-8-sig"):
        content = _SMALL.encode(encoding)
        yield Structure(encoding, "accept", lambda content=content: content)
    for encoding in ("utf-16-le", "utf-16-be", "utf-32-le"):
        content = _SMALL.encode(encoding)
        yield Structure(
            f"{encoding} without a mark", "reject", lambda content=content: content
        )
    for what, bad in (
        ("latin 1", b"caf\xe9"),
        ("overlong", b"\xc0\xaf"),
        ("a surrogate", b"\xed\xa0\x80"),
        ("beyond Unicode", b"\xf4\x90\x80\x80"),
        ("cut off", b"\xe2\x82"),
        ("a null", b"\0"),
        ("an escaped surrogate", b"\\ud800"),
        ("an escape of YAML alone", b"\\x41"),
        ("a line feed in a string", b"\n"),
    ):
        of_yaml = ("an escape of YAML alone", "a line feed in a string")
        content = _SMALL.encode().replace(b"Hostile", bad)
        yield Structure(
            f"{what} in JSON",
            "either" if what in of_yaml else "reject",
            lambda content=content: content,
        )
    for what, content in (
        ("nothing", b""),
        ("a blank", b" "),
        ("a mark alone", b"\xef\xbb\xbf"),
        ("half of UTF-16", b"\xff\xfe{"),
        ("null bytes", b"\0" * 1_000),
        ("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("an archive", b"PK\x03\x04\x14\0\0\0"),
        ("terminal", b'{"openapi": "\x1b[2J\x1b]0;a\x07"}'),
        ("a list", b"[]"),
        ("a string", b'"openapi"'),
        ("a page", b"<!DOCTYPE html><html></html>"),
        ("JSON twice", _SMALL.encode() * 2),
        ("JSON cut off", _SMALL.encode()[:-1]),
    ):
        yield Structure(what, "reject", lambda content=content: content)
    twice = _SMALL.replace('"version"', '"title": "Again", "version"')
    yield Structure("a key twice", "reject", twice.encode, "duplicate-key")


def _yaml() -> Iterator[Structure]:
    head = 'openapi: 3.1.0\ninfo: {title: a, version: "1"}\npaths: {}\n'
    bomb = "".join(
        f"x-{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30)
    )
    merges = "".join(
        f"x-{n}: &m{n} {{<<: [{', '.join([f'*m{n - 1}'] * 10)}], k{n}: 1}}\n"
        for n in range(1, 30)
    )
    for what, text, verdict, code in (
        ("an alias bomb", head + "x-0: &a0 [a]\n" + bomb, "reject", "alias-bomb"),
        ("a merge bomb", head + "x-0: &m0 {a: 1}\n" + merges, "either", ""),
        ("an alias of itself", head + "x-a: &a [*a]\n", "reject", "recursive-alias"),
        ("a key of itself", head + "x-a: &a {b: *a}\n", "reject", "recursive-alias"),
        ("an unknown alias", head + "x-a: *b\n", "reject", "unknown-alias"),
        ("a key twice in YAML", head + "paths: {}\n", "reject", "duplicate-key"),
        (
            "a tag that runs",
            head + "x-a: !!python/object/apply:os.system [touch canary]\n",
            "reject",
            "unknown-tag",
        ),
        (
            "a tag that imports",
            head + "x-a: !!python/name:os.system ''\n",
            "reject",
            "unknown-tag",
        ),
        ("a tag of its own", head + "x-a: !a b\n", "reject", "unknown-tag"),
        ("two documents", head + "---\n" + head, "reject", "several-documents"),
        ("a directive", "%YAML 9.9\n---\n" + head, "either", ""),
        (
            "a directive of a tag",
            "%TAG ! tag:yaml.org,2002:python/\n---\n"
            + head
            + "x-a: !name:os.system a\n",
            "reject",
            "",
        ),
        ("infinite in YAML", head + "x-a: .inf\n", "reject", "not-finite"),
        ("not a number in YAML", head + "x-a: .nan\n", "reject", "not-finite"),
        ("a list as a key", head + "? [a]\n: b\n", "reject", "complex-key"),
        ("tabs", "openapi: 3.1.0\n\tinfo: a\n", "reject", "bad-yaml"),
        ("10,000 levels of YAML", head + "x-a: " + "[" * 10_000, "reject", ""),
        (
            "10,000 levels of dashes",
            head + "x-a:\n" + "  - " * 3_000 + "a",
            "reject",
            "",
        ),
        (
            "100,000 anchors",
            head + "x-a: [" + ", ".join(f"&a{n} 1" for n in range(100_000)) + "]\n",
            "either",
            "",
        ),
        ("a long scalar", head + "x-a: " + "1" * 1_000_000 + "\n", "either", ""),
        (
            "a scalar like a time",
            head + "x-a: 2001-12-14t21:59:43.10-05:00\n",
            "either",
            "",
        ),
        ("a paint in a key", head + '"\\e[31m": *a\n', "reject", ""),
        ("bidi in YAML", head + "x-\u202ea: *a\n", "reject", ""),
    ):
        yield Structure(what, verdict, text.encode, code, suffix="yaml")
