"""Faults of contents: what is no JSON, or none that is expected."""

from __future__ import annotations

import codecs
import json

from .fault import GOOD, NAME, Fault, answer_with, says, whole


def _wrong(
    name: str,
    body: bytes,
    kind: str = "application/json",
    elsewhere: str | None = None,
) -> Fault:
    """What arrives as it was sent, so that there is no point in asking again."""
    return Fault(
        name=name,
        answers=(says(whole(body, fields={"Content-Type": kind})),),
        comes="DecodeError",
        elsewhere=elsewhere,
    )


def _right(name: str, body: bytes, comes: str = NAME) -> Fault:
    return Fault(name=name, answers=(says(whole(body)),), comes=comes, mebibytes=40)


def _with(value: bytes) -> bytes:
    """The answer with another value for a property that the client does not know."""
    return GOOD.replace(b'"success": true', b'"success": true, "more": ' + value)


CONTENTS = (
    _wrong("html", b"<html><body>Gateway", "text/html"),
    _wrong("html_that_says_json", b"<html><body>Gateway"),
    _wrong("nothing", b""),
    _wrong("blanks", b"   \n"),
    _wrong("null", b"null"),
    _wrong("list_for_object", b"[" + GOOD + b"]"),
    _wrong("number_for_string", GOOD.replace(b'"staging"', b"5")),
    _wrong("cut_json", GOOD[:-5]),
    _wrong("two_values", GOOD + GOOD),
    _wrong("comma_too_many", GOOD[:-1] + b",}"),
    _wrong("single_quotes", GOOD.replace(b'"', b"'")),
    _wrong("nan", _with(b"NaN")),
    _wrong("infinity", _with(b"-Infinity")),
    _wrong("bad_utf_8", GOOD.replace(b"staging", b"stag\xff\xfe")),
    _wrong("latin_1", "caf\xe9".join(GOOD.decode().split("staging")).encode("latin-1")),
    _wrong("utf_16", GOOD.decode().encode("utf-16"), elsewhere="DecodeError|staging"),
    _wrong("half_of_a_character", GOOD.replace(b"staging", "é".encode()[:1])),
    _wrong("control_character", GOOD.replace(b"staging", b"sta\x00ing")),
    _wrong("lists_100000_deep", b"[" * 100_000 + b"]" * 100_000),
    _wrong("objects_100000_deep", b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    _wrong("integer_of_100000_digits", _with(b"9" * 100_000)),
    _right("byte_order_mark", codecs.BOM_UTF8 + GOOD),
    _right("another_type_than_json", GOOD),
    _right("escapes", answer_with().replace(b"staging", rb"st\u0061ging")),
    _right(
        "duplicate_keys",
        GOOD.replace(b'"namespace_name": ', b'"namespace_name": 5, "namespace_name": '),
    ),
    _right("number_without_bounds", _with(b"1e999")),
    _right("unknown_properties", _with(json.dumps({"a": [1, None]}).encode())),
    _right("large", GOOD.replace(b"[]", b"[" + b" " * 1_000_000 + b"]", 1)),
)
