"""Fakes that are told what can't be: they say so at once, and what is near."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from importlib import import_module
from typing import Any
from unittest.mock import AsyncMock, Mock

import pytest


@pytest.fixture
def fake(package: Any) -> Any:
    return import_module(f"{package.__name__}.testing").FakeTransport()


@pytest.fixture
def client(package: Any, fake: Any) -> Iterator[Any]:
    with package.Client(token="s3cret", key="k3y", transport=fake, retries=0) as made:
        yield made


@pytest.fixture
def tom(package: Any) -> Any:
    return package.models.Pet(id="tom", name="Tom")


def list_pet() -> None:
    """A function that is not the package's, but called almost like one of it."""


def get_pet() -> None:
    """A function that is called like one of the package."""


@pytest.mark.parametrize("name", ["get_pet", "list_pet", "lst_pets_async", "zzz"])
def test_functions_that_are_near(fake: Any, name: str) -> None:
    near = {
        "get_pet": "get_pet in fakes.api.pets.get_pet",
        "list_pet": "list_pets in fakes.api.pets.list_pets",
        "lst_pets_async": "list_pets_async in fakes.api.pets.list_pets",
    }
    with pytest.raises(ValueError) as caught:
        fake.on(globals().get(name, name))
    told = str(caught.value)
    assert "is no function of fakes" in told and name in told
    assert ("; there is " in told) == (name in near)
    assert near.get(name, "") in told


async def _awaited(request: Any) -> None: ...


def _generated(request: Any) -> Iterator[None]:
    yield


class _AwaitedCall:
    async def __call__(self, request: Any) -> None: ...


def _make_pet(id: str, *, name: str) -> None: ...


@pytest.mark.parametrize(
    ("handler", "told"),
    [
        (lambda: None, "must take one argument, the request; it is <lambda>()"),
        (_make_pet, "it is _make_pet(id: 'str', *, name: 'str')"),
        (_awaited, "_awaited, the handler of get_pet (GET /pets/{id}), must give"),
        (_generated, "not what is to be awaited or gone through"),
        (_AwaitedCall(), "_AwaitedCall, the handler of get_pet"),
        (_AwaitedCall().__call__, "__call__, the handler of get_pet"),
        (partial(_awaited), "partial, the handler of get_pet"),
        (partial(_generated), "partial, the handler of get_pet"),
        (AsyncMock(), "AsyncMock, the handler of get_pet"),
        ([], "needs a function as handler, got list; a value goes to answer(...)"),
    ],
)
def test_a_handler_that_can_answer_nothing(
    client: Any, fake: Any, handler: Any, told: str
) -> None:
    with pytest.raises(TypeError) as caught:
        fake.on(client.pets.get_pet).answer_with(handler)
    assert told in str(caught.value)
    assert "get_pet (GET /pets/{id})" in str(caught.value)


@pytest.mark.parametrize(
    "handler",
    [
        lambda request: _awaited(request),
        lambda request: _generated(request),
        partial(lambda later, request: later(request), _awaited),
        Mock(side_effect=_awaited),
    ],
)
@pytest.mark.filterwarnings("error")
def test_a_handler_that_gives_no_answer_yet(
    client: Any, fake: Any, handler: Any
) -> None:
    """Nothing shows it before it is called."""
    fake.on(client.pets.get_pet).answer_with(handler)
    with pytest.raises(TypeError) as caught:
        client.pets.get_pet("tom")
    assert "the handler of get_pet (GET /pets/{id}), must give" in str(caught.value)


def test_a_handler_that_is_an_object(client: Any, fake: Any, tom: Any) -> None:
    fake.on(client.pets.get_pet).answer_with(Mock(return_value=tom))
    assert client.pets.get_pet("tom") == tom


def test_handlers_of_one_function(
    package: Any, client: Any, fake: Any, tom: Any
) -> None:
    def lose(request: Any) -> Any:
        raise package.ConnectionFailed("lost", sent=False)

    pets = fake.on(client.pets.get_pet).answer_with(lose).answer_with(lose)
    pets.answer_with(lambda request, more=0: tom)
    for _ in range(2):
        with pytest.raises(package.ConnectionFailed):
            client.pets.get_pet("tom")
    assert client.pets.get_pet("tom") == tom
    with pytest.raises(ValueError) as caught:
        fake.on(client.pets.get_pet).answer_with(lose)
    assert str(caught.value) == (
        "get_pet (GET /pets/{id}) has a handler already, and would ask it first;"
        " give what comes in turn to one on(...)"
    )
    fake.on(client.pets.list_pets).answer_with(lambda request: [tom])
