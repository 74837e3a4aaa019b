"""Fakes: tests as the users of a package write them, without a network."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from golden_case import Outcome

_HERE = Path(__file__).parent


@pytest.fixture
def testing(package: ModuleType) -> Any:
    from fakes import testing

    return testing


@pytest.fixture
def fake(testing: Any) -> Any:
    return testing.FakeTransport()


@pytest.fixture
def client(package: Any, fake: Any) -> Iterator[Any]:
    with package.Client(token="s3cret", key="k3y", transport=fake, retries=0) as made:
        yield made


@pytest.fixture
def tom(package: Any) -> Any:
    return package.models.Pet(id="tom", name="Tom")


def test_a_value(client: Any, fake: Any, tom: Any) -> None:
    from fakes.api.pets.list_pets import list_pets

    fake.on(list_pets).answer([tom])
    assert client.pets.list_pets(kind=["cat", "dog"]) == [tom]
    [request] = fake.requests
    assert (request.function, request.method) == ("list_pets", "GET")
    assert request.path == "/pets"
    assert request.query == {"kind": ["cat", "dog"]}
    assert request.headers["authorization"] == "Bearer s3cret"
    assert request.url == "https://pets.example/v1/pets?kind=cat&kind=dog"


def test_a_method_and_a_body(client: Any, fake: Any, tom: Any) -> None:
    fake.on(client.pets.add_pet).answer(tom)
    assert client.pets.add_pet(body=tom) == tom
    assert fake.requests[-1].json == {"id": "tom", "name": "Tom"}
    assert fake.requests[-1].content == b'{"id":"tom","name":"Tom"}'


def test_answers_in_turn_of_which_the_last_stays(
    client: Any, fake: Any, tom: Any
) -> None:
    fake.on(client.pets.list_pets).answer([]).answer([tom])
    asked = [client.pets.list_pets() for _ in range(3)]
    assert asked == [[], [tom], [tom]]


def test_a_handler(package: Any, client: Any, fake: Any) -> None:
    def answer(request: Any) -> Any:
        name = request.path_parameters["id"]
        if name == "away":
            raise package.ConnectionFailed("nobody is there", sent=False)
        if name == "odd":
            return package.Response(418, {}, b"a teapot")
        return package.models.Pet(id=name, name=name.title())

    fake.on(client.pets.get_pet).answer_with(answer)
    assert client.pets.get_pet("a b/c").name == "A B/C"
    with pytest.raises(package.ConnectionFailed, match="nobody is there"):
        client.pets.get_pet("away")
    with pytest.raises(package.StatusError) as caught:
        client.pets.get_pet("odd")
    assert caught.value.status == 418


def test_what_fits_of_several_answers(client: Any, fake: Any, tom: Any) -> None:
    fake.on(client.pets.get_pet).answer(tom).answer(b"\x89PNG").answer(None)
    from fakes import with_response

    given = [with_response(client.pets.get_pet.__func__, client, "a") for _ in range(3)]
    assert [each.value for each in given] == [tom, b"\x89PNG", None]
    assert [each.response.status for each in given] == [200, 200, 202]
    types = [each.response.headers.get("content-type") for each in given]
    assert types == ["application/json", "image/png", None]


def test_ranges_of_statuses_and_of_types(
    package: Any, testing: Any, client: Any, fake: Any
) -> None:
    from fakes import with_response
    from fakes.api.pets.read_note import read_note

    note = fake.on(read_note).answer("Grüße").answer([True])
    note.answer([False], status=203, content_type="application/x+json")
    note.fail(418, "Tea").fail(503, "Gone", content_type="text/html")
    given = [with_response(read_note, client, "tom") for _ in range(3)]
    assert [each.value for each in given] == ["Grüße", [True], [False]]
    assert given[0].response.content == "Grüße".encode("iso-8859-1")
    assert [
        (each.response.status, each.response.headers["content-type"]) for each in given
    ] == [
        (200, "text/plain; charset=iso-8859-1"),
        (200, "application/json"),
        (203, "application/x+json"),
    ]
    for told in ((418, "Tea", "text/plain"), (503, "Gone", "text/html")):
        with pytest.raises(package.StatusError) as caught:
            client.pets.read_note("tom")
        error = caught.value
        assert (error.status, error.body, error.headers["content-type"]) == told
    with pytest.raises(testing.NotDescribed, match='text in "iso-8859-1" is wanted'):
        note.answer("€")
    fake.on(client.pets.has_note).answer(None)
    assert client.pets.has_note("tom") is None


def test_an_error(package: Any, client: Any, fake: Any) -> None:
    problem = package.models.Problem(code=7)
    fake.on(client.pets.get_pet).fail(404, problem)
    with pytest.raises(package.StatusError) as caught:
        client.pets.get_pet("tim")
    assert (caught.value.status, caught.value.body) == (404, problem)
    fake.on(client.pets.add_pet).fail(422, problem, headers={"X-Ray": "1"})
    with pytest.raises(package.StatusError) as caught:
        client.pets.add_pet(body=package.models.Pet(id="a", name="b"))
    assert caught.value.body == problem
    assert caught.value.headers == {
        "content-type": "application/problem+json",
        "x-ray": "1",
    }


def test_retries(package: Any, fake: Any, tom: Any) -> None:
    client = package.Client(token="t", key="k", transport=fake)
    answers = fake.on(client.pets.get_pet)
    answers.fail(503, headers={"Retry-After": "0"}).answer(tom)
    assert client.pets.get_pet("tom") == tom
    assert len(fake.requests) == 2


def test_a_raw_response(package: Any, client: Any, fake: Any) -> None:
    pets = fake.on(client.pets.get_pet)
    pets.respond(package.Response(302, {"Location": "/v1/pets/mine"}, b""))
    fake.on(client.pets.get_mine).answer(package.models.Pet(id="tom", name="Tom"))
    client = client.with_options(redirects=1)
    assert client.pets.get_pet("any").id == "tom"
    asked = [each.function for each in fake.requests]
    assert asked == ["get_pet", "get_mine"]


def test_items(package: Any, testing: Any, client: Any, fake: Any) -> None:
    word, event = package.models.Word, testing.ServerSentEvent
    fake.on(client.pets.talk).answer("Miaow")
    events = [event(word(word="Mi"), "said", "1"), event(word(word="aow"), id="1")]
    fake.on(client.pets.talk_stream).answer(events)
    fake.on(client.pets.follow_pet).answer([1, 2.5])
    assert client.pets.talk("tom") == "Miaow"
    assert list(client.pets.talk_stream("tom", body="Hi")) == events
    assert list(client.pets.follow_pet("tom")) == [1, 2.5]
    assert fake.requests[1].content == b"Hi"
    assert fake.requests[1].url == "https://talk.example/pets/tom/talk"


def test_awaiting(package: Any, fake: Any, tom: Any) -> None:
    from fakes.api.pets.list_pets import list_pets, list_pets_async

    fake.on(list_pets_async).answer([tom])

    async def ask() -> Any:
        async with package.AsyncClient(token="t", transport=fake) as client:
            fake.on(client.pets.follow_pet).answer([1, 2])
            items = [each async for each in await client.pets.follow_pet("tom")]
            asked = [client.pets.list_pets() for _ in range(20)]
            return items, await asyncio.gather(*asked)

    items, lists = asyncio.run(ask())
    assert (items, lists) == ([1, 2], [[tom]] * 20)
    assert len(fake.requests) == 21
    with package.Client(token="t", transport=fake) as client:
        assert list_pets(client) == [tom]


def test_a_function_for_each_media_type(client: Any, fake: Any, tom: Any) -> None:
    fake.on(client.pets.add_pet_csv).answer(tom)
    assert client.pets.add_pet_csv(body="tom,Tom") == tom
    assert fake.requests[0].function == "add_pet_csv"


def test_nobody_answers(testing: Any, package: Any, client: Any, fake: Any) -> None:
    with pytest.raises(testing.UnexpectedRequest) as caught:
        client.pets.get_pet("tom")
    assert (
        str(caught.value) == "get_pet (GET /pets/{id}) has no answer; nothing has one"
    )
    fake.on(client.pets.list_pets).answer([])
    fake.on(client.pets.get_mine)
    with pytest.raises(testing.UnexpectedRequest) as caught:
        client.pets.delete_pet("tom")
    assert str(caught.value) == (
        "delete_pet (DELETE /pets/{id}) has no answer; there are answers to list_pets"
    )
    assert [each.function for each in fake.requests] == ["get_pet", "delete_pet"]
    request = package.Response.__class__  # Anything but a function.
    with pytest.raises(ValueError, match="is no function of fakes"):
        fake.on(request)


def test_what_is_no_request_of_the_package(fake: Any, testing: Any) -> None:
    from fakes._runtime.request import Request

    with pytest.raises(testing.UnexpectedRequest) as caught:
        fake.send(Request("GET", "https://pets.example/v1/cats?key=k3y"), 0)
    assert str(caught.value) == (
        "GET https://pets.example/v1/cats is no operation of this package"
    )


def test_another_base_url(package: Any, fake: Any, tom: Any) -> None:
    client = package.Client(
        token="t", key="k", base_url="http://test/pets/x", transport=fake
    )
    fake.on(client.pets.get_mine).answer(tom)
    fake.on(client.pets.get_pet).answer(tom)
    fake.on(client.pets.talk).answer("a")
    client.pets.get_mine()
    client.pets.get_pet("mine too")
    client.pets.talk("tom")
    told = [(each.function, each.path_parameters) for each in fake.requests]
    assert told == [
        ("get_mine", {}),
        ("get_pet", {"id": "mine too"}),
        ("talk", {"id": "tom"}),
    ]


@pytest.mark.parametrize(
    ("function", "told"),
    [
        ("list_pets", r"at \"?/0/name\"?"),
    ],
)
def test_a_value_that_is_none(
    package: Any, testing: Any, client: Any, fake: Any, function: str, told: str
) -> None:
    pets = fake.on(getattr(client.pets, function))
    with pytest.raises(testing.NotDescribed, match=told):
        pets.answer([{"id": "tom"}])


def test_what_the_description_has_not(
    package: Any, testing: Any, client: Any, fake: Any, tom: Any
) -> None:
    answers = fake.on(client.pets.get_pet)
    there = (
        "its description has 200 (Pet as application/json) or 200 (bytes as image/png)"
        " or 202 or 404 (Problem as application/json) or 5XX"
    )
    wrong = {
        f" with 418: {there}": lambda: answers.fail(418),
        f" with 204: {there}": lambda: answers.answer(None, status=204),
        f": {there}": lambda: answers.answer(tom, content_type="text/html"),
        " with 404: a body is wanted, of application/json": lambda: answers.fail(404),
        " with 404: expected an object, got a string": lambda: answers.fail(404, "no"),
        " with 500: no body is wanted, not a string": lambda: answers.fail(500, "no"),
        f" with 200: {there}": lambda: answers.fail(200, tom),
        f" with 404: {there} ": lambda: answers.answer(tom, status=404),
    }
    for told, call in wrong.items():
        with pytest.raises(testing.NotDescribed) as caught:
            call()
        expected = f"get_pet (GET /pets/{{id}}) can't answer this{told.rstrip()}"
        assert str(caught.value) == expected
    assert answers.answer(None, status=202).answer(tom, status=200) is answers


def test_items_that_are_none(testing: Any, client: Any, fake: Any) -> None:
    events = fake.on(client.pets.talk_stream)
    with pytest.raises(
        testing.NotDescribed, match="at /0/data/word: expected a string"
    ):
        events.answer([testing.ServerSentEvent({"word": 1})])
    with pytest.raises(testing.NotDescribed, match="a list of items is wanted"):
        events.answer(3)


def test_secrets_do_not_show(client: Any, fake: Any, tom: Any) -> None:
    fake.on(client.pets.get_pet).answer(tom)
    client.pets.get_pet("tom")
    told = repr(fake.requests)
    assert "s3cret" not in told
    assert "k3y" not in told
    assert fake.requests[0].query == {"key": ["k3y"]}
    assert "path_parameters={'id': 'tom'}" in told


def test_examples(package: Any, testing: Any) -> None:
    fake = testing.FakeTransport(examples=True)
    client = package.Client(token="t", key="k", transport=fake)
    pet = package.models.Pet
    assert client.pets.list_pets() == [pet(id="tom", name="Tom")]
    assert client.pets.add_pet(body=pet(id="a", name="b")) == pet(id="tim", name="Tim")
    assert client.pets.get_mine() == pet(id="tom", name="Tom")
    assert client.pets.talk("tom") == "Miaow"
    assert list(client.pets.follow_pet("tom")) == [1, 2.5]
    assert client.pets.delete_pet("tom") is None
    with pytest.raises(testing.UnexpectedRequest):
        client.pets.talk_stream("tom")
    fake.on(client.pets.list_pets).answer([])
    assert client.pets.list_pets() == []


def test_the_package_as_a_part_of_another(
    package: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "pets").symlink_to(Path(package.__file__).parent)
    monkeypatch.syspath_prepend(os.fspath(tmp_path))
    from shop.pets import Client
    from shop.pets.testing import FakeTransport

    fake = FakeTransport()
    client = Client(token="t", transport=fake)
    fake.on(client.pets.list_pets).answer([])
    assert client.pets.list_pets() == []


def test_every_function_of_every_case_is_known(
    package: Any, outcomes: Mapping[str, Outcome]
) -> None:
    known = 0
    for name, outcome in outcomes.items():
        if not outcome.files:
            continue
        fake = import_module(f"{name}.testing").FakeTransport()
        for path in outcome.files:
            parts = path.removesuffix(".py").split("/")
            if len(parts) == 3 and parts[0] == "api" and parts[2] != "__init__":
                module = import_module(".".join([name, *parts]))
                fake.on(getattr(module, parts[2]))
                fake.on(getattr(module, f"{parts[2]}_async"))
                known += 1
    assert known > 100


def test_a_wrong_answer_is_a_type_error(check_types: Callable[[], int]) -> None:
    assert check_types() >= 10
