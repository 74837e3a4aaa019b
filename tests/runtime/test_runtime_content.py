"""Request bodies and response readers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sample_types import Cat, Home

from oasmith.runtime.answers import (
    by_media,
    read_bytes,
    read_json,
    read_nothing,
    read_text,
)
from oasmith.runtime.content import (
    Content,
    binary_content,
    form_content,
    json_content,
    multipart_content,
    text_content,
)
from oasmith.runtime.errors import DecodeError, InvalidArgument
from oasmith.runtime.request import File
from oasmith.runtime.response import Response
from oasmith.runtime.styles import delimited
from oasmith.runtime.unset import UNSET
from oasmith.runtime.values import decode_any, decode_int

CAT = Cat(kind="cat", name="Tom")


def test_json_text_and_binary() -> None:
    assert json_content({"name": "n", "x": UNSET}) == Content(
        "application/json", b'{"name":"n"}'
    )
    assert json_content(None, "application/a+json") == Content(
        "application/a+json", b"null"
    )
    assert text_content("é") == Content("text/plain; charset=utf-8", "é".encode())
    assert text_content("<a/>", "application/xml") == Content(
        "application/xml", b"<a/>"
    )
    assert binary_content(b"\0", "image/png") == Content("image/png", b"\0")
    assert json_content(UNSET) is text_content(UNSET) is binary_content(UNSET) is None


@pytest.mark.parametrize(
    "make",
    [
        lambda: text_content(b"a"),
        lambda: text_content("\ud800"),
        lambda: binary_content("a"),
        lambda: form_content({"a": File(b"a")}),
        lambda: multipart_content({"a": File(b"a", content_type="a\r\nb")}),
        lambda: multipart_content({"a": {1, 2}}),
    ],
)
def test_wrong_bodies_are_refused(make: Callable[[], Content | None]) -> None:
    with pytest.raises(InvalidArgument):
        make()


def test_forms() -> None:
    made = form_content(
        {
            "text": "a b+c&d",
            "yes": True,
            "none": None,
            "unset": UNSET,
            "many": ["x", "y z"],
            "cat": CAT,
            "csv": delimited("csv", ["p", "q r"], ","),
            "on": dt.date(2024, 1, 2),
        }
    )
    assert made == Content(
        "application/x-www-form-urlencoded",
        b"text=a+b%2Bc%26d&yes=true&none=&many=x&many=y+z"
        b"&cat=%7B%22kind%22%3A%22cat%22%2C%22name%22%3A%22Tom%22%7D"
        b"&csv=p,q%20r&on=2024-01-02",
    )


def test_multipart() -> None:
    fields: dict[str, object] = {
        'na"me\r\n': "é",
        "files": [File(b"\0", "a.png", "image/png"), b"raw"],
        "cat": CAT,
        "n": 1.0,
        "unset": UNSET,
    }
    made = multipart_content(fields)
    media, _, boundary = made.content_type.partition("; boundary=")
    assert media == "multipart/form-data"
    disposition = "Content-Disposition: form-data; name="
    parts = [
        f'{disposition}"na%22me%0D%0A"\r\n\r\né',
        f'{disposition}"files"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n\0',
        f'{disposition}"files"; filename="files"\r\n'
        "Content-Type: application/octet-stream\r\n\r\nraw",
        f'{disposition}"cat"\r\nContent-Type: application/json\r\n\r\n'
        '{"kind":"cat","name":"Tom"}',
        f'{disposition}"n"\r\n\r\n1.0',
    ]
    expected = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts)
    assert made.data == f"{expected}--{boundary}--\r\n".encode()
    assert multipart_content(fields).content_type != made.content_type


def answer(content: bytes, content_type: str = "") -> Response:
    return Response(
        200, {"content-type": content_type} if content_type else {}, content
    )


def test_readers() -> None:
    assert read_json(decode_any)(answer(b'\xef\xbb\xbf{"a": 1}')) == {"a": 1}
    assert read_text(answer("é".encode())) == "é"
    assert (
        read_text(answer("é".encode("latin-1"), 'text/plain; Charset="ISO-8859-1"'))
        == "é"
    )
    assert read_bytes(answer(b"\0")) == b"\0"
    read_nothing(answer(b"ignored"))


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


def nested_home(depth: int) -> bytes:
    return b'{"pet":' * depth + b"1" + b"}" * depth


def decode_nested(value: Any) -> Any:
    return decode_nested(value["pet"])


@pytest.mark.parametrize(
    ("read", "content", "content_type", "got"),
    [
        (read_json(decode_any), b"", "application/json", "nothing"),
        (read_json(decode_any), b"<html>", "text/html; charset=utf-8", "text/html"),
        (read_json(decode_any), b"{", "application/json", "something else"),
        (read_json(decode_any), b"[NaN]", "", "something else"),
        (read_json(decode_any), b"[-Infinity]", "", "something else"),
        (read_json(decode_any), b"9" * 5000, "", "something else"),
        (read_json(decode_any), b'"\xff"', "", "bytes that are not UTF-8"),
        (
            read_json(decode_any),
            '{"a": 1}'.encode("utf-16"),
            "",
            "bytes that are not UTF-8",
        ),
        (read_json(decode_any), nested(100_000), "", "JSON that is nested too deeply"),
        (
            read_json(decode_nested),
            nested_home(990),
            "",
            "JSON that is nested too deeply",
        ),
        (read_json(decode_int), b"[]", "", "an array"),
        (read_text, b"\xff", "text/plain", "other bytes"),
        (read_text, b"a", "text/plain; charset=klingon", "other bytes"),
        (by_media({"application/json": read_bytes}), b"a", "text/csv", "text/csv"),
    ],
)
def test_what_can_not_be_read(
    read: Callable[[Response], Any], content: bytes, content_type: str, got: str
) -> None:
    with pytest.raises(DecodeError) as caught:
        read(answer(content, content_type))
    assert caught.value.got == got


@pytest.mark.parametrize(
    ("content_type", "chosen"),
    [
        ("application/json", "json"),
        ("Application/JSON; charset=utf-8", "json"),
        ("application/problem+json", "json"),
        ("text/csv", "csv"),
        ("text/html", "text"),
        ("image/png", "any"),
        ("", "json"),
    ],
)
def test_the_media_type_chooses_the_reader(content_type: str, chosen: str) -> None:
    names = {
        "application/json": "json",
        "text/csv": "csv",
        "text/*": "text",
        "*/*": "any",
    }
    readers = {media: told(name) for media, name in names.items()}
    assert by_media(readers)(answer(b"", content_type)) == chosen


@pytest.mark.parametrize(
    ("content_type", "chosen"),
    [
        ("application/json;v=1", "one"),
        ("application/json; V = 2", "two"),
        ("application/json;charset=utf-8; v=2", "two"),
        ('application/json; v=2; kind="List"', "list"),
        ("application/json; kind=list; v=2; a=b", "list"),
        ("application/json; kind=list", "any"),
        ("application/json; v=3", "any"),
        ("application/json", "any"),
        ("application/x+json; v=1", "one"),
        ("text/csv", "first"),
        ("text/csv; header=present", "second"),
    ],
)
def test_parameters_tell_media_types_apart(content_type: str, chosen: str) -> None:
    names = {
        "application/json; v=1": "one",
        "application/json; v=2; kind=list": "list",
        'application/json;v="2"': "two",
        "application/json": "any",
        "text/csv; header=absent": "first",
        "text/csv; header=present": "second",
    }
    readers = {media: told(name) for media, name in names.items()}
    assert by_media(readers)(answer(b"", content_type)) == chosen


def test_a_charset_is_a_parameter_of_that_name() -> None:
    response = answer(b"\xe9", 'text/plain; x-charset=utf-16; Charset="ISO-8859-1"')
    assert read_text(response) == "\xe9"


def told(name: str) -> Callable[[Response], str]:
    return lambda response: name


def test_errors_of_models_have_a_place() -> None:
    with pytest.raises(DecodeError) as caught:
        read_json(Home.from_dict)(answer(b'{"pet":{"kind":"dog"},"tags":["a",1]}'))
    assert caught.value.pointer == "/tags/1"
