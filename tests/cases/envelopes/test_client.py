"""Results in envelopes: what is returned, what is raised, and what is kept."""

from __future__ import annotations

import asyncio
import json
import pickle
from collections.abc import Callable
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


def test_an_envelope_that_may_be_null(
    client: Any, package: Any, server: LoopbackServer
) -> None:
    from envelopes.api.zones.get_hold import get_hold

    server.answer(wrap({"id": "a"}))
    assert client.zones.get_hold("a") == package.models.Zone(id="a")
    server.answer(None)
    found = package.with_response(get_hold, client, "a")
    assert (found.value, found.response.envelope) == (None, None)
    server.answer(wrap(None))
    with pytest.raises(package.DecodeError):
        client.zones.get_hold("a")
    server.answer(None)
    assert client.zones.delete_hold("a") is None


@pytest.mark.parametrize("name", ["get_hold", "delete_hold"])
def test_a_failure_in_an_envelope_that_may_be_null(
    client: Any, package: Any, server: LoopbackServer, name: str
) -> None:
    server.answer(REFUSAL)
    with pytest.raises(package.EnvelopeError) as caught:
        getattr(client.zones, name)("a")
    message = package.models.Message(code=1004, message="no such zone")
    assert caught.value.errors == [message]


def test_pages_in_envelopes_that_may_be_null(
    client: Any, package: Any, server: LoopbackServer
) -> None:
    for answer in (wrap([{"id": "a"}]), wrap([{"id": "b"}]), None):
        server.answer(answer)
    held = [zone.id for zone in client.zones.list_holds_all()]
    assert held == ["a", "b"]
    assert len(server.received) == 3
    server.answer(wrap(...))
    assert client.zones.list_holds() is None


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


def test_a_wrong_answer_is_a_type_error(check_types: Callable[[], int]) -> None:
    assert check_types() == 8
