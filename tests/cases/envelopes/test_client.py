"""Results in envelopes: what is returned, what is raised, and what is kept."""

from __future__ import annotations

import asyncio
import json
import pickle
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer


def wrap(result: Any = None, **others: Any) -> dict[str, Any]:
    told = {"success": True, "errors": [], "messages": [], **others}
    return told if result is ... else {**told, "result": result}


REFUSAL = wrap(success=False, errors=[{"code": 1004, "message": "no such zone"}])


def test_the_result_alone(client: Any, package: Any, server: LoopbackServer) -> None:
    server.answer(wrap({"id": "a", "name": "b"}))
    assert client.zones.get_zone("a") == package.models.Zone(id="a", name="b")


def test_a_result_that_may_be_absent(client: Any, server: LoopbackServer) -> None:
    server.answer(wrap(...))
    assert client.zones.list_zones() is None
    server.answer(wrap([]))
    assert client.zones.list_zones() == []
    server.answer(wrap(None))
    assert client.zones.delete_zone("a") is None
    server.answer({"result": None})
    assert client.zones.edit_zone("a") is None
    server.answer_bytes(b"", None, 202)
    assert client.zones.edit_zone("a") is None


@pytest.mark.parametrize("answer", [wrap(...), wrap(None), wrap("a"), [], None])
def test_a_success_without_the_result_that_is_promised(
    client: Any, package: Any, server: LoopbackServer, answer: Any
) -> None:
    server.answer(answer)
    with pytest.raises(package.DecodeError, match=r"get_zone \(GET /zones/{zone_id}\)"):
        client.zones.get_zone("a")


def test_a_failure_with_a_success_status(
    client: Any, package: Any, server: LoopbackServer
) -> None:
    server.answer(REFUSAL)
    with pytest.raises(package.EnvelopeError) as caught:
        client.zones.get_zone("a")
    error = caught.value
    message = package.models.Message(code=1004, message="no such zone")
    assert isinstance(error, package.StatusError)
    assert (error.status, error.errors) == (200, [message])
    assert type(error.body) is package.models.ZoneAnswer
    assert error.body.errors == [message]
    assert error.body.result is None
    assert (error.operation, error.attempts) == ("get_zone", 1)
    assert "get_zone (GET /zones/{zone_id}): the API answered 200, and" in str(error)
    again = pickle.loads(pickle.dumps(error))
    assert (again.errors, again.body, str(again)) == (
        error.errors,
        error.body,
        str(error),
    )


def test_a_failure_that_is_not_as_described(
    client: Any, package: Any, server: LoopbackServer
) -> None:
    server.answer(wrap(..., success=False, errors="much"))
    with pytest.raises(package.EnvelopeError) as caught:
        client.zones.get_zone("a")
    assert caught.value.errors == "much"


def test_a_failure_where_success_is_not_described(
    client: Any, package: Any, server: LoopbackServer
) -> None:
    server.answer(REFUSAL)
    with pytest.raises(package.EnvelopeError) as caught:
        client.zones.edit_zone("a")
    assert caught.value.errors is None
    assert caught.value.body.extra == {
        key: REFUSAL[key] for key in ("success", "errors", "messages")
    }


def test_a_failure_of_an_answer_without_a_result(
    client: Any, package: Any, server: LoopbackServer
) -> None:
    message = package.models.Message(code=1004, message="no such zone")
    server.answer(wrap(...))
    assert client.zones.purge_cache("a") == package.models.Envelope(
        success=True, errors=[], messages=[]
    )
    server.answer(wrap(..., success=False, errors=REFUSAL["errors"]))
    with pytest.raises(package.EnvelopeError, match="no such zone") as caught:
        client.zones.purge_cache("a")
    assert (caught.value.errors, caught.value.status) == ([message], 200)
    assert type(caught.value.body) is package.models.Envelope


def test_a_failure_of_one_of_several_answers(
    client: Any, package: Any, server: LoopbackServer
) -> None:
    server.answer({"job": "j"})
    assert client.zones.warm_cache("a").job == "j"
    server.answer({"success": True})
    assert client.zones.warm_cache("a").success is True
    server.answer(None)
    assert client.zones.warm_cache("a") is None
    server.answer({"success": False, "errors": ["a"]})
    with pytest.raises(package.EnvelopeError) as caught:
        client.zones.warm_cache("a")
    assert caught.value.errors is None
    assert caught.value.body.extra == {"errors": ["a"]}


def test_an_error_status_has_the_envelope_as_before(
    client: Any, package: Any, server: LoopbackServer
) -> None:
    server.answer(REFUSAL, status=403)
    with pytest.raises(package.StatusError) as caught:
        client.zones.create_zone(name="a")
    assert type(caught.value) is package.StatusError
    assert caught.value.body.errors[0].code == 1004


def test_all_of_it(client: Any, package: Any, server: LoopbackServer) -> None:
    from envelopes.api.zones.list_zones import list_zones

    answer = wrap([{"id": "a"}], result_info={"total_count": 7})
    server.answer(answer)
    found = package.with_response(list_zones, client)
    assert [zone.id for zone in found.value] == ["a"]
    assert type(found.response.envelope) is package.models.ZoneList
    assert found.response.envelope.result_info.total_count == 7
    assert json.loads(found.response.content) == answer


def test_what_has_no_envelope(client: Any, server: LoopbackServer) -> None:
    server.answer({"status": "well", "success": False})
    assert client.status.get_status().status == "well"
    server.answer_bytes(b"a", "text/plain")
    assert client.zones.export_zone("a") == "a"


def test_a_value_that_is_kept(package: Any, server: LoopbackServer) -> None:
    told: list[str] = []
    server.answer(wrap({"id": 5}))
    with package.Client(base_url=server.url) as client:
        patient = client.with_options(on_mismatch=lambda it: told.append(it.pointer))
        assert patient.zones.get_zone("a").id == 5
        server.answer(REFUSAL)
        with pytest.raises(package.EnvelopeError):
            patient.zones.get_zone("a")
    assert told == ["/result/id"]


def test_awaited(package: Any, server: LoopbackServer) -> None:
    server.answer(wrap({"id": "a"}))
    server.answer(REFUSAL)

    async def call() -> str:
        async with package.AsyncClient(base_url=server.url) as client:
            zone = await client.zones.get_zone("a")
            with pytest.raises(package.EnvelopeError, match="no such zone"):
                await client.zones.get_zone("a")
            return zone.id

    assert asyncio.run(call()) == "a"


def test_page_by_page(client: Any, server: LoopbackServer) -> None:
    server.answer(wrap([{"id": "a"}, {"id": "b"}], result_info={"total_count": 3}))
    server.answer(wrap([{"id": "c"}], result_info={"total_count": 3}))
    found = client.zones.list_zones_all(name="x")
    assert [zone.id for zone in found] == ["a", "b", "c"]
    assert [each.line for each in server.received] == [
        "GET /zones?name=x",
        "GET /zones?name=x&page=2",
    ]
    server.answer(wrap(...))
    assert list(found) == []


@pytest.mark.parametrize("awaited", [False, True])
def test_going_on_later_by_what_is_around_the_result(
    package: Any, server: LoopbackServer, awaited: bool
) -> None:
    def events(name: str, **cursor: str) -> None:
        server.answer(wrap([name], result_info=cursor))

    def fetch(cursor: Any) -> Any:
        with package.Client(base_url=server.url) as client:
            found = client.zones.list_events_all("z", cursor=cursor)
            return next(iter(found.with_responses()))

    async def fetch_async(cursor: Any) -> Any:
        async with package.AsyncClient(base_url=server.url) as client:
            found = client.zones.list_events_all("z", cursor=cursor)
            return await anext(aiter(found.with_responses()))

    def go(cursor: Any) -> Any:
        return asyncio.run(fetch_async(cursor)) if awaited else fetch(cursor)

    events("a", cursor="c1")
    page = go(package.UNSET)
    assert page.value == ["a"]
    events("b")
    page = go(page.response.envelope.result_info.cursor)
    assert (page.value, page.response.envelope.result_info.cursor) == (
        ["b"],
        package.UNSET,
    )
    assert [each.line for each in server.received] == [
        "GET /zones/z/events",
        "GET /zones/z/events?cursor=c1",
    ]


def test_a_failure_on_a_later_page(
    client: Any, package: Any, server: LoopbackServer
) -> None:
    server.answer(wrap([{"id": "a"}]))
    server.answer(REFUSAL)
    pages = client.zones.list_zones_all().pages()
    assert [zone.id for zone in next(pages)] == ["a"]
    with pytest.raises(package.EnvelopeError, match="no such zone"):
        next(pages)


@pytest.fixture
def testing(package: ModuleType) -> Any:
    from envelopes import testing

    return testing


@pytest.fixture
def fake(testing: Any) -> Any:
    return testing.FakeTransport()


@pytest.fixture
def faked(package: Any, fake: Any) -> Iterator[Any]:
    with package.Client(base_url="http://zones", transport=fake, retries=0) as made:
        yield made


def test_a_fake_wraps_results(package: Any, faked: Any, fake: Any) -> None:
    zone = package.models.Zone(id="a")
    fake.on(faked.zones.get_zone).answer(zone)
    assert faked.zones.get_zone("a") == zone
    fake.on(faked.zones.list_zones).answer([zone]).answer(None)
    assert faked.zones.list_zones() == [zone]
    assert faked.zones.list_zones() is None
    fake.on(faked.zones.edit_zone).answer(zone).answer(None).answer(None, status=202)
    assert [faked.zones.edit_zone("a") for _ in range(3)] == [zone, None, None]
    fake.on(faked.zones.export_zone).answer("a")
    assert faked.zones.export_zone("a") == "a"


def test_the_least_around_a_result(package: Any, faked: Any, fake: Any) -> None:
    from envelopes.api.zones.get_zone import get_zone

    zone = package.models.Zone(id="a")
    fake.on(get_zone).answer(zone)
    found = package.with_response(get_zone, faked, "a").response
    assert found.envelope == package.models.ZoneAnswer(
        success=True, errors=[], messages=[], result=zone
    )
    assert found.headers == {"content-type": "application/json"}


def test_a_fake_gives_all_of_an_envelope(
    package: Any, testing: Any, faked: Any, fake: Any
) -> None:
    from envelopes.api.zones.list_zones import list_zones

    models = package.models
    every = models.ZoneList(
        success=True,
        errors=[],
        messages=[models.Message(code=1000, message="soon gone")],
        result=[models.Zone(id="a")],
    )
    fake.on(list_zones).answer(testing.Whole(every))
    found = package.with_response(list_zones, faked)
    assert (found.value, found.response.envelope) == (every.result, every)


def test_a_fake_fails_with_a_success_status(
    package: Any, testing: Any, faked: Any, fake: Any
) -> None:
    message = package.models.Message(code=1004, message="no such zone")
    zones = fake.on(faked.zones.get_zone).fail(200, [message]).fail(200)
    whole = {"success": False, "errors": [], "messages": [], "result": None, "at": 1}
    zones.fail(200, testing.Whole(whole))
    told: list[Any] = []
    for _ in range(3):
        with pytest.raises(package.EnvelopeError) as caught:
            faked.zones.get_zone("a")
        told.append((caught.value.errors, caught.value.body.extra))
    assert told[:2] == [([message], {}), ([], {})]


def test_a_fake_of_an_answer_without_a_result(
    package: Any, testing: Any, faked: Any, fake: Any
) -> None:
    models, zones = package.models, faked.zones
    done = models.Envelope(success=True, errors=[], messages=[])
    message = models.Message(code=1004, message="no such zone")
    fake.on(zones.purge_cache).answer(done).fail(200, [message])
    assert zones.purge_cache("a") == done
    with pytest.raises(package.EnvelopeError) as caught:
        zones.purge_cache("a")
    assert (caught.value.errors, caught.value.body.messages) == ([message], [])
    fake.on(zones.warm_cache).fail(200, testing.Whole({"success": False}))
    with pytest.raises(package.EnvelopeError):
        zones.warm_cache("a")
    with pytest.raises(testing.NotDescribed, match="give the Whole"):
        fake.on(zones.warm_cache).fail(200)
    with pytest.raises(testing.NotDescribed, match="it would be taken for a success"):
        fake.on(zones.purge_cache).fail(200, testing.Whole(done))


def test_a_fake_fails_with_an_error_status(package: Any, faked: Any, fake: Any) -> None:
    body = package.models.Envelope(success=False, errors=[], messages=[])
    fake.on(faked.zones.get_zone).fail(404, body)
    with pytest.raises(package.StatusError) as caught:
        faked.zones.get_zone("a")
    assert (caught.value.status, caught.value.body) == (404, body)


def test_what_no_envelope_has(
    package: Any, testing: Any, faked: Any, fake: Any
) -> None:
    zones = faked.zones
    refused = {
        "with 200: its description has 200": lambda: fake.on(zones.export_zone).fail(
            200, []
        ),
        "nothing in its answer tells the reasons": lambda: fake.on(
            zones.edit_zone
        ).fail(200, []),
        "its answer is in no envelope": lambda: fake.on(zones.export_zone).answer(
            testing.Whole("a")
        ),
        "at /result/id: expected a string": lambda: fake.on(zones.get_zone).answer(
            {"id": 1}
        ),
    }
    for message, make in refused.items():
        with pytest.raises(testing.NotDescribed, match=message):
            make()


def test_a_fake_of_two_pages(package: Any, testing: Any, faked: Any, fake: Any) -> None:
    models = package.models

    def answer(request: Any) -> Any:
        [number] = map(int, request.query.get("page", ["1"]))
        return testing.Whole(
            models.ZoneList(
                success=True,
                errors=[],
                messages=[],
                result=[models.Zone(id=f"{number}")],
                result_info=models.ZoneListResultInfo(total_count=2),
            )
        )

    fake.on(faked.zones.list_zones_all).answer_with(answer)
    assert [zone.id for zone in faked.zones.list_zones_all()] == ["1", "2"]
    assert [each.function for each in fake.requests] == ["list_zones", "list_zones"]


def test_a_fake_of_pages_until_one_is_empty(
    package: Any, faked: Any, fake: Any
) -> None:
    one, two = (package.models.Zone(id=id) for id in "ab")
    fake.on(faked.zones.list_zones).answer([one]).answer([two]).answer([])
    assert list(faked.zones.list_zones_all()) == [one, two]
    assert len(fake.requests) == 3


def test_an_example_is_in_its_envelope(package: Any, testing: Any) -> None:
    fake = testing.FakeTransport(examples=True)
    with package.Client(base_url="http://zones", transport=fake) as client:
        [zone] = client.zones.list_zones_all()
    assert zone == package.models.Zone(id="a", name="example.com")
    assert len(fake.requests) == 1


def test_a_wrong_answer_is_a_type_error(check_types: Callable[[], int]) -> None:
    assert check_types() == 8
