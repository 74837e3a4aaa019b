"""Fakes of results in envelopes: what is around a result, and what fails."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest


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


def test_a_fake_of_an_envelope_that_may_be_null(
    package: Any, testing: Any, faked: Any, fake: Any
) -> None:
    zone = package.models.Zone(id="a")
    answers = fake.on(faked.zones.get_hold).answer(zone).answer(None)
    answers.answer(testing.Whole(None)).fail(200)
    assert [faked.zones.get_hold("a") for _ in range(3)] == [zone, None, None]
    with pytest.raises(package.EnvelopeError):
        faked.zones.get_hold("a")
    fake.on(faked.zones.list_holds).answer([zone]).answer(None)
    assert [*faked.zones.list_holds_all()] == [zone]


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
