"""Headers of an answer are read by their types, each when it is asked for."""

from __future__ import annotations

import asyncio
import datetime as dt
from importlib import import_module
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
from loopback import LoopbackServer


@pytest.fixture
def pets(package: ModuleType) -> ModuleType:
    return import_module(f"{package.__name__}.api.pets.list_pets")


def answered(
    package: ModuleType,
    pets: ModuleType,
    client: Any,
    server: LoopbackServer,
    headers: dict[str, str],
    status: int = 200,
) -> Any:
    server.answer_bytes(b"[]", "application/json", status, headers)
    found = package.with_response(pets.list_pets, client)
    return pets.ListPetsHeaders.from_response(found.response)


@pytest.mark.parametrize(
    ("name", "sent", "attribute", "value"),
    [
        ("Link", "</pets?page=2>; rel=next", "link", "</pets?page=2>; rel=next"),
        ("X-Total-Count", "42", "x_total_count", 42),
        ("x-TOTAL-count", "-0", "x_total_count", 0),
        ("X-Complete", "True", "x_complete", True),
        ("X-Order", "name", "x_order", "name"),
        ("X-Order", "size", "x_order", "size"),
        ("X-Level", "low", "x_level", "low"),
        ("X-Day", "2024-02-29", "x_day", dt.date(2024, 2, 29)),
        ("X-Tags", "a, b", "x_tags", ["a", "b"]),
        ("X-Tags", "", "x_tags", []),
        ("X-Sizes", "1,2", "x_sizes", [1, 2]),
        ("X-Counts", "a=1, b=2", "x_counts", {"a": 1, "b": 2}),
        ("X-Note", "5", "x_note", 5),
        ("X-Anything", "5", "x_anything", "5"),
        ("X-Limit", "5", "x_limit", 5),
        ("X-Limit", "none", "x_limit", "none"),
        ("X-Nested", "1,2", "x_nested", "1,2"),
        ("X-Load", "5", "x_load", "5"),
        ("str", "5", "str_", "5"),
    ],
)
def test_a_header_is_read(
    package: ModuleType,
    pets: ModuleType,
    client: Any,
    server: LoopbackServer,
    name: str,
    sent: str,
    attribute: str,
    value: object,
) -> None:
    headers = answered(package, pets, client, server, {name: sent})
    found = getattr(headers, attribute)
    assert (type(found), found) == (type(value), value)


def test_formats_and_objects(
    package: ModuleType, pets: ModuleType, client: Any, server: LoopbackServer
) -> None:
    sent = {
        "Last-Modified": "Wed, 21 Oct 2015 07:28:00 GMT",
        "X-Request-Id": "0f14d0ab-9605-4a62-a9e4-5ed26688389b",
        "X-Color": "R,100,name,7",
        "X-Color-Exploded": "R=100,name=red",
        "X-Filter": '{"kinds": ["cat"]}',
    }
    headers = answered(package, pets, client, server, sent)
    moment = dt.datetime(2015, 10, 21, 7, 28, tzinfo=dt.UTC)
    assert headers.last_modified == moment
    assert headers.x_request_id == UUID("0f14d0ab-9605-4a62-a9e4-5ed26688389b")
    color = package.models.Color
    assert headers.x_color == color(r=100, name="7")
    assert headers.x_color_exploded == color(r=100, name="red")
    assert headers.x_filter == package.models.Filter(kinds=["cat"])
    later = {"Last-Modified": "2015-10-21T07:28:00Z"}
    assert answered(package, pets, client, server, later).last_modified == moment


def test_what_is_not_sent_is_unset_even_where_it_is_required(
    package: ModuleType, pets: ModuleType, client: Any, server: LoopbackServer
) -> None:
    headers = answered(package, pets, client, server, {})
    assert headers.x_total_count is package.UNSET
    assert headers.link is package.UNSET


def test_headers_of_another_success(
    package: ModuleType, pets: ModuleType, client: Any, server: LoopbackServer
) -> None:
    headers = answered(package, pets, client, server, {"Retry-After": "7"}, 202)
    assert headers.retry_after == 7


@pytest.mark.parametrize(
    ("name", "sent", "attribute", "expected"),
    [
        ("X-Total-Count", "many", "x_total_count", "an integer in the header"),
        ("X-Total-Count", "1.5", "x_total_count", "an integer in the header"),
        ("X-Total-Count", "", "x_total_count", "an integer in the header"),
        ("X-Complete", "1", "x_complete", "a boolean in the header"),
        ("X-Sizes", "1,x", "x_sizes", "an integer in the header"),
        ("X-Color", "R,100,name", "x_color", "names with values in the header"),
        ("X-Color", "R,x", "x_color", 'an integer in the header "X-Color" at /R'),
        ("X-Color-Exploded", "R", "x_color_exploded", "names with values in the"),
        ("X-Filter", "NaN", "x_filter", 'JSON in the header "X-Filter"'),
        ("X-Filter", "{", "x_filter", 'JSON in the header "X-Filter"'),
        ("X-Filter", '{"kinds": [1]}', "x_filter", '"X-Filter" at /kinds/0'),
        ("Last-Modified", "Wed, yesterday", "last_modified", "date-time in the"),
    ],
)
def test_what_cannot_be_read_is_told_by_whoever_reads_it(
    package: ModuleType,
    pets: ModuleType,
    client: Any,
    server: LoopbackServer,
    name: str,
    sent: str,
    attribute: str,
    expected: str,
) -> None:
    headers = answered(package, pets, client, server, {name: sent, "Link": "x"})
    assert headers.link == "x"
    with pytest.raises(package.DecodeError, match=expected) as caught:
        getattr(headers, attribute)
    assert f'"{name}"' in str(caught.value)


def test_headers_of_an_error(
    package: ModuleType, pets: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer_bytes(b"", None, 429, {"Retry-After": "9"})
    with pytest.raises(package.StatusError) as caught:
        client.pets.list_pets()
    assert pets.ListPetsHeaders(caught.value.headers).retry_after == 9


def test_the_asynchronous_twin(
    package: ModuleType, pets: ModuleType, server: LoopbackServer
) -> None:
    async def call() -> Any:
        async with package.AsyncClient(base_url=server.url) as client:
            return await package.with_response_async(pets.list_pets_async, client)

    server.answer_bytes(b"[]", "application/json", 200, {"X-Total-Count": "3"})
    found = asyncio.run(call())
    assert pets.ListPetsHeaders.from_response(found.response).x_total_count == 3


def test_only_operations_whose_successes_describe_headers_have_a_class(
    package: ModuleType,
) -> None:
    name = package.__name__
    assert not hasattr(import_module(f"{name}.api.pets.forget"), "ForgetHeaders")
    text = import_module(f"{name}.api.pets.add_pet_text")
    assert not hasattr(text, "AddPetTextHeaders")
    assert not hasattr(package.models, "ListPetsHeaders")
