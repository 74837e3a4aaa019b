"""Answers that are typed by the function, and such that are not."""

from __future__ import annotations

from fakes import AsyncClient, Client, Response
from fakes.api.pets.delete_pet import delete_pet
from fakes.api.pets.follow_pet import follow_pet
from fakes.api.pets.get_pet import get_pet, get_pet_async
from fakes.api.pets.list_pets import list_pets, list_pets_async
from fakes.api.pets.talk_stream import talk_stream, talk_stream_async
from fakes.models import Pet, Problem, Word
from fakes.testing import FakeTransport, RecordedRequest, ServerSentEvent

tom = Pet(id="tom", name="Tom")
fake = FakeTransport()


def make_pet(request: RecordedRequest) -> Pet:
    return Pet(id=request.path_parameters["id"], name="Tom")


def make_number(request: RecordedRequest) -> int:
    return 1


def use(client: Client, other: AsyncClient) -> None:
    fake.on(list_pets).answer([tom]).answer([])
    fake.on(list_pets_async).answer([tom])
    fake.on(client.pets.list_pets).answer([tom])
    fake.on(other.pets.list_pets).answer([tom])
    fake.on(get_pet).answer(tom).answer(b"png").answer(None)
    fake.on(get_pet).answer_with(make_pet)
    fake.on(get_pet).answer_with(lambda request: Response(418, {}, b""))
    fake.on(get_pet).fail(404, Problem(code=1))
    fake.on(talk_stream).answer([ServerSentEvent(Word(word="a"))])
    fake.on(talk_stream_async).answer([ServerSentEvent(Word(word="a"))])
    fake.on(other.pets.talk_stream).answer([ServerSentEvent(Word(word="a"))])
    fake.on(follow_pet).answer([1, 2.5])
    fake.on(delete_pet).answer(None)

    fake.on(list_pets).answer(tom)  # wrong
    fake.on(list_pets).answer("tom")  # wrong
    fake.on(list_pets_async).answer(tom)  # wrong
    fake.on(client.pets.list_pets).answer(["tom"])  # wrong
    fake.on(other.pets.list_pets).answer(tom)  # wrong
    fake.on(get_pet_async).answer([tom])  # wrong
    fake.on(get_pet).answer_with(make_number)  # wrong
    fake.on(talk_stream).answer([Word(word="a")])  # wrong
    fake.on(talk_stream_async).answer([Word(word="a")])  # wrong
    fake.on(other.pets.talk_stream).answer(["a"])  # wrong
    fake.on(follow_pet).answer(["a"])  # wrong
    fake.on(delete_pet).answer(tom)  # wrong
    fake.on(tom).answer(tom)  # wrong
