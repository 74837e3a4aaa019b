"""Parameters: the table "Style Examples" of OpenAPI 3.1.2, and its edges.

Section 4.8.12.6 in 3.1.2, 4.7.12.6 in 3.0.4. What the table calls n/a is not here.
"""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

import pytest
from sample_types import Dog

from oasmith.runtime.errors import InvalidArgument
from oasmith.runtime.operation import Operation
from oasmith.runtime.request import check_request
from oasmith.runtime.styles import (
    deep_object,
    delimited,
    find_in_query,
    form,
    header,
    json_text,
    label,
    matrix,
    simple,
    with_pair,
)
from oasmith.runtime.unset import UNSET

ARRAY = ["blue", "black", "brown"]
OBJECT = {"R": 100, "G": 200, "B": 150}


@pytest.mark.parametrize(
    ("style", "null", "text", "array", "object_"),
    [
        (
            lambda v: matrix("color", v),
            ";color",
            ";color=blue",
            ";color=blue,black,brown",
            ";color=R,100,G,200,B,150",
        ),
        (
            lambda v: matrix("color", v, explode=True),
            ";color",
            ";color=blue",
            ";color=blue;color=black;color=brown",
            ";R=100;G=200;B=150",
        ),
        (
            lambda v: label("color", v),
            ".",
            ".blue",
            ".blue,black,brown",
            ".R,100,G,200,B,150",
        ),
        (
            lambda v: label("color", v, explode=True),
            ".",
            ".blue",
            ".blue.black.brown",
            ".R=100.G=200.B=150",
        ),
        (
            lambda v: simple("color", v),
            "",
            "blue",
            "blue,black,brown",
            "R,100,G,200,B,150",
        ),
        (
            lambda v: simple("color", v, explode=True),
            "",
            "blue",
            "blue,black,brown",
            "R=100,G=200,B=150",
        ),
        (
            lambda v: header("color", v),
            "",
            "blue",
            "blue,black,brown",
            "R,100,G,200,B,150",
        ),
        (
            lambda v: header("color", v, explode=True),
            "",
            "blue",
            "blue,black,brown",
            "R=100,G=200,B=150",
        ),
        (
            lambda v: delimited("color", v, ","),
            "color=",
            "color=blue",
            "color=blue,black,brown",
            "color=R,100,G,200,B,150",
        ),
        (
            lambda v: form("color", v),
            "color=",
            "color=blue",
            "color=blue&color=black&color=brown",
            "R=100&G=200&B=150",
        ),
        (
            lambda v: delimited("color", v, " "),
            None,
            None,
            "color=blue%20black%20brown",
            "color=R%20100%20G%20200%20B%20150",
        ),
        (
            lambda v: delimited("color", v, "|"),
            None,
            None,
            "color=blue%7Cblack%7Cbrown",
            "color=R%7C100%7CG%7C200%7CB%7C150",
        ),
        (
            lambda v: deep_object("color", v),
            None,
            None,
            None,
            "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
        ),
    ],
)
def test_style_examples(
    style: Any, null: str | None, text: str | None, array: str | None, object_: str
) -> None:
    assert style(UNSET) is UNSET
    assert style(OBJECT) == object_
    assert style(OBJECT | {"null": None, "unset": UNSET}) == object_
    # A path can't go without a label or a matrix (the column "undefined").
    nothing = null if null in (".", ";color") else UNSET
    assert style({}) == style({"null": None}) == nothing
    if array is not None:
        assert style(ARRAY) == style((*ARRAY, None)) == array
        assert style([]) == style([None]) == nothing
    if text is not None:
        assert style("blue") == text
        assert style(None) == style("") == null


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a b&c=d/é", "a%20b%26c%3Dd%2F%C3%A9"),
        ("-._~!*'()", "-._~%21%2A%27%28%29"),
        (True, "true"),
        (0, "0"),
        (2**64, "18446744073709551616"),
        (1.5, "1.5"),
        (1e-7, "0.0000001"),
        (1e22, "10000000000000000000000"),
        (-1e-07, "-0.0000001"),
        (Decimal("1E-8"), "0.00000001"),
        (dt.date(2024, 1, 2), "2024-01-02"),
        (dt.datetime(2024, 1, 2, tzinfo=dt.UTC), "2024-01-02T00%3A00%3A00Z"),
        (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (b"hi", "aGk%3D"),
        (["a,b", "c"], "a%2Cb,c"),
    ],
)
def test_each_value_is_encoded_by_itself(value: object, text: str) -> None:
    assert simple("it", value) == text


def test_reserved_characters_pass_where_they_may() -> None:
    value = "/?:@!$&'()*+,;=#[] %41%4 é"
    assert form("a", value, allow_reserved=True) == (
        "a=/?:@!$&'()*+,;=%23%5B%5D%20%41%254%20%C3%A9"
    )
    assert delimited("a", ["x/y", "z"], ",", allow_reserved=True) == "a=x/y,z"


def test_models_and_nested_objects() -> None:
    assert form("dog", Dog(kind="dog", extra={"x y": 3})) == "kind=dog&x%20y=3"
    assert deep_object("f", {"a": {"b": 1}}) == "f%5Ba%5D%5Bb%5D=1"
    assert deep_object("f", ["x", {"b": 1}]) == "f%5B0%5D=x&f%5B1%5D%5Bb%5D=1"
    assert deep_object("f", 5) == "f=5"
    assert deep_object("f", {}) is UNSET
    assert json_text({"a": [1]}) == '{"a":[1]}'


@pytest.mark.parametrize("value", [[[1]], [{}], {"a": []}, float("nan"), "\ud800", {1}])
def test_what_no_style_can_write_is_refused(value: object) -> None:
    for style in (simple, form, header, matrix):
        if not (style is header and isinstance(value, str)):
            with pytest.raises(InvalidArgument):
                style("it", value)


def operation(path: str) -> Operation[None]:
    return Operation(name="op", method="GET", path=path, responses={})


@pytest.mark.parametrize(
    ("path", "arguments", "url"),
    [
        ("/a/{id}", {"id": "é?#%2F .."}, "/a/%C3%A9%3F%23%252F%20.."),
        ("/a/{id}", {"id": "a/b"}, "/a/a%2Fb"),
        ("/a/{a.b}/{x-y}", {"a.b": 1, "x-y": ["p", "q"]}, "/a/1/p,q"),
        ("/a/{id}.json", {"id": "..x"}, "/a/..x.json"),
        ("/a{m}", {"m": matrix("m", [1, 2])}, "/a;m=1,2"),
        ("/a{m}", {"m": label("m", "b")}, "/a.b"),
        ("/a b/é", {}, "/a%20b/%C3%A9"),
        ("/a?x=1", {}, "/a?x=1"),
        ("/a#one", {}, "/a"),
    ],
)
def test_paths(path: str, arguments: dict[str, object], url: str) -> None:
    assert operation(path).request(arguments).url == url


@pytest.mark.parametrize("value", ["", ".", "..", None, UNSET, [], {}, [[1]]])
def test_no_argument_climbs_the_path(value: object) -> None:
    with pytest.raises(InvalidArgument) as caught:
        operation("/a/{id}/b").request({"id": value})
    assert caught.value.name == "id" and caught.value.operation == "op"


def test_no_two_arguments_climb_the_path_together() -> None:
    with pytest.raises(InvalidArgument):
        operation("/a/{x}{y}").request({"x": "-", "y": ""})
    with pytest.raises(InvalidArgument):
        operation("/a/.{y}").request({"y": label("y", None)})
    assert operation("/a/{x}{y}").request({"x": ".-", "y": "-."}).url == "/a/.--."


def test_queries_cookies_and_headers() -> None:
    request = operation("/a?fixed=1").request(
        query={
            "ids": ["a", "b c"],
            "unset": UNSET,
            "filter[x]": None,
            "json": json_text({"a": 1}),
            "csv": delimited("csv", [1, 2], ","),
            "none": delimited("none", UNSET, ","),
        },
        headers={"X-List": ["a", "b c"], "X-Json": json_text([1]), "X-No": UNSET},
        cookies={"a": 1, "b": ["x;y", "z"], "c": delimited("c", [1, 2], ",")},
    )
    assert request.url == (
        "/a?fixed=1&ids=a&ids=b%20c&filter%5Bx%5D=&json=%7B%22a%22%3A1%7D&csv=1,2"
    )
    assert request.headers == {
        "X-List": "a,b c",
        "X-Json": "[1]",
        "Cookie": "a=1; b=x%3By; b=z; c=1,2",
    }


@pytest.mark.parametrize("value", ["a\r\nX: y", "a\nb", "é", "a\x00"])
def test_headers_can_not_be_split(value: str) -> None:
    with pytest.raises(InvalidArgument) as caught:
        check_request(operation("/").request(headers={"X-Name": value}))
    assert value not in str(caught.value)
    with pytest.raises(InvalidArgument):
        check_request(operation("/").request(headers={f"X{value}": "a"}))


@pytest.mark.parametrize(
    ("url", "pair", "changed"),
    [
        ("/a", "b=1", "/a?b=1"),
        ("/a?", "b=1", "/a?b=1"),
        ("/a?b=1&c=2", "b=3", "/a?c=2&b=3"),
        ("/a?b=1&b=2&&bb=3", "b=4", "/a?&bb=3&b=4"),
        ("/a?p[n]=1&q=%5B", "p%5Bn%5D=2", "/a?q=%5B&p%5Bn%5D=2"),
        ("/a?b&c=b=1", "b=", "/a?c=b=1&b="),
    ],
)
def test_a_pair_takes_the_place_of_those_of_its_name(
    url: str, pair: str, changed: str
) -> None:
    assert with_pair(url, pair) == changed
    assert find_in_query(changed, "b") == (
        pair.partition("=")[2] if pair[0] == "b" else None
    )


def test_the_first_of_several_values_is_found() -> None:
    assert find_in_query("/a?p%5Bn%5D=x%20y&p[n]=2", "p[n]") == "x y"
    assert find_in_query("/b?c", "c") == ""
