"""What generated code looks like to type checkers; test_types.py has them read it.

``assert_type`` holds at run time too, where it does nothing.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar, Literal, assert_type

from oasmith.runtime.answers import (
    by_media,
    read_bytes,
    read_json,
    read_nothing,
    read_text,
)
from oasmith.runtime.async_client import BaseAsyncClient
from oasmith.runtime.auth import (
    BasicCredential,
    Credential,
    Credentials,
    api_key,
    basic,
    bearer,
)
from oasmith.runtime.checks import check_array, check_choice, check_number, check_str
from oasmith.runtime.client import BaseClient
from oasmith.runtime.content import (
    form_content,
    json_content,
    multipart_content,
    text_content,
)
from oasmith.runtime.decode import (
    decode_rest,
    optional,
    optional_datetime,
    optional_float,
    optional_int,
    required,
    required_str,
)
from oasmith.runtime.model import Model
from oasmith.runtime.operation import AsyncSender, Operation, Sender
from oasmith.runtime.request import File, Request
from oasmith.runtime.structures import (
    constant,
    items_of,
    list_of,
    map_of,
    nullable,
    one_of,
    tagged,
)
from oasmith.runtime.styles import deep_object, delimited, json_text, matrix
from oasmith.runtime.transport import Transport
from oasmith.runtime.unset import UNSET, Unset
from oasmith.runtime.values import (
    decode_any,
    decode_bytes,
    decode_date,
    decode_decimal,
    decode_float,
    decode_int,
    decode_null,
    decode_object,
    decode_str,
    decode_uuid,
)
from oasmith.runtime.with_response import (
    WithResponse,
    with_response,
    with_response_async,
)


@dataclass(slots=True, kw_only=True, repr=False)
class Cat(Model):
    kind: Literal["cat"]

    name: str

    def _read(self, data: dict[str, Any]) -> None:
        self.kind = required(data, "kind", constant("cat"))
        self.name = required_str(data, "name")


@dataclass(slots=True, kw_only=True, repr=False)
class Dog(Model):
    kind: Literal["dog"]

    barks: int | Unset | None = UNSET

    extra: dict[str, int] = field(default_factory=dict[str, int])

    def _read(self, data: dict[str, Any]) -> None:
        self.kind = required(data, "kind", constant("dog"))
        self.barks = optional(data, "barks", nullable(decode_int))
        decode_rest(data, decode_int)


@dataclass(slots=True, kw_only=True, repr=False)
class Home(Model):
    pet: Cat | Dog

    pets: list[Cat | Dog] | Unset = UNSET

    tags: list[str] | Unset | None = UNSET

    by_name: dict[str, Cat | Dog | None] | Unset = UNSET

    any_of: str | int | list[str] | Unset | None = UNSET

    at: list[float] | Unset = UNSET

    many: list[str | int] | Unset = UNSET

    ok: Literal[True] | Unset = UNSET

    level: int | Unset = UNSET

    nothing: Unset | None = UNSET

    id: uuid.UUID | Unset = UNSET

    price: Decimal | Unset | None = UNSET

    day: dt.date | Unset = UNSET

    since: dt.datetime | Unset = UNSET

    raw: bytes | Unset = UNSET

    free: Any = UNSET

    loose: dict[str, Any] | Unset = UNSET

    size: float | Unset = UNSET

    count: int | Unset = UNSET

    class_: Literal["a", "b"] | str | Unset = UNSET

    _wire_names: ClassVar[Mapping[str, str]] = {"class_": "class"}

    def _read(self, data: dict[str, Any]) -> None:
        self.pet = required(data, "pet", one_of(Cat.from_dict, Dog.from_dict))
        self.pets = optional(
            data,
            "pets",
            list_of(tagged("kind", {"cat": Cat.from_dict, "dog": Dog.from_dict})),
        )
        self.tags = optional(data, "tags", nullable(list_of(decode_str)))
        self.by_name = optional(
            data, "by_name", map_of(nullable(one_of(Cat.from_dict, Dog.from_dict)))
        )
        self.any_of = optional(
            data,
            "any_of",
            nullable(one_of(decode_str, decode_int, list_of(decode_str))),
        )
        self.at = optional(data, "at", items_of(decode_float, rest=decode_float))
        self.many = optional(data, "many", items_of(decode_str, rest=decode_int))
        self.ok = optional(data, "ok", constant(True))
        self.level = optional(data, "level", one_of(constant(1), constant(2)))
        self.nothing = optional(data, "nothing", decode_null)
        self.id = optional(data, "id", decode_uuid)
        self.price = optional(data, "price", nullable(decode_decimal))
        self.day = optional(data, "day", decode_date)
        self.since = optional_datetime(data, "since")
        self.raw = optional(data, "raw", decode_bytes)
        self.free = optional(data, "free", decode_any)
        self.loose = optional(data, "loose", decode_object)
        self.size = optional_float(data, "size")
        self.count = optional_int(data, "count")
        self.class_ = optional(data, "class", decode_str)


_GET_PET: Operation[Cat | Dog] = Operation(
    name="get_pet",
    method="GET",
    path="/pets/{id}",
    responses={
        "200": read_json(tagged("kind", {"cat": Cat.from_dict, "dog": Dog.from_dict})),
    },
    errors={"4XX": read_json(Home.from_dict), "default": read_text},
    security=(("token",), ("user", "key"), ()),
)

_MAKE_PET: Operation[Cat | str | None] = Operation(
    name="make_pet",
    method="POST",
    path="/pets",
    responses={
        "200": by_media(
            {"application/json": read_json(Cat.from_dict), "text/*": read_text}
        ),
        "204": read_nothing,
    },
)

_LIST_PETS = Operation(
    name="list_pets",
    method="GET",
    path="/pets",
    responses={"200": read_json(list_of(Cat.from_dict))},
)

_RAW = Operation(name="r", method="GET", path="/raw", responses={"200": read_bytes})


def get_pet(client: Sender, id: str, *, limit: int | Unset = UNSET) -> Cat | Dog:
    return client.send(_GET_PET, _get_pet(id, limit))


async def get_pet_async(
    client: AsyncSender, id: str, *, limit: int | Unset = UNSET
) -> Cat | Dog:
    return await client.send(_GET_PET, _get_pet(id, limit))


def _get_pet(id: str, limit: int | Unset) -> Request:
    check_str("id", id, max_length=32)
    check_number("limit", limit, minimum=1)
    return _GET_PET.request({"id": id}, query={"limit": limit})


def make_pet(
    client: Sender,
    *,
    ids: list[str] | Unset = UNSET,
    kind: Literal["a", "b"] | Unset = UNSET,
    where: dict[str, str] | Unset = UNSET,
    body: Cat | Dog | Unset | None = UNSET,
) -> Cat | str | None:
    check_array("ids", ids, max_items=3, unique=True)
    check_choice("kind", kind, "a", "b")
    request = _MAKE_PET.request(
        {"m": matrix("m", ids, explode=True)},
        query={"ids": delimited("ids", ids, ","), "w": deep_object("w", where)},
        headers={"X-Kind": kind, "X-Json": json_text(where)},
        cookies={"kind": kind},
        body=json_content(body),
    )
    return client.send(_MAKE_PET, request)


def other_bodies(name: str | Unset, file: File | Unset, text: str | Unset) -> None:
    _MAKE_PET.request(body=form_content({"name": name}))
    _MAKE_PET.request(body=multipart_content({"name": name, "file": file}))
    _MAKE_PET.request(body=text_content(text, "text/plain"))


class Client(BaseClient):
    def __init__(
        self,
        *,
        token: Credential | None = None,
        login: BasicCredential | None = None,
        key: Credential | None = None,
        base_url: str | None = None,
        timeout: float = 60.0,
        retries: int = 2,
        transport: Transport | None = None,
    ) -> None:
        given = {"token": token, "login": login, "key": key}
        schemes = {"token": bearer(), "login": basic(), "key": api_key("query", "k")}
        super().__init__(
            Credentials(schemes, given),
            base_url=base_url,
            default_base_url="https://pets.example/v1",
            timeout=timeout,
            retries=retries,
            transport=transport,
        )


class AsyncClient(BaseAsyncClient):
    def __init__(self, *, max_concurrency: int = 32) -> None:
        super().__init__(Client(token="t"), max_concurrency=max_concurrency)


def use(client: Client) -> None:
    both = with_response(get_pet, client, "id", limit=3)
    assert_type(both, WithResponse[Cat | Dog])
    assert_type(both.value, Cat | Dog)
    assert_type(both.response.status, int)
    assert_type(client.send(_LIST_PETS, _LIST_PETS.request()), list[Cat])
    assert_type(client.send(_RAW, _RAW.request()), bytes)
    assert_type(client.with_options(timeout=1), Client)
    assert_type(Cat.from_dict({}), Cat)


async def use_async(client: AsyncClient) -> None:
    both = await with_response_async(get_pet_async, client, "id", limit=3)
    assert_type(both.value, Cat | Dog)
