"""Answers of fakes: results by the type of the function, and envelopes as a whole."""

from __future__ import annotations

from envelopes import AsyncClient, Client, Response
from envelopes.api.zones.get_zone import get_zone, get_zone_async
from envelopes.api.zones.list_zones import list_zones, list_zones_all
from envelopes.models import Message, Zone, ZoneList
from envelopes.testing import FakeTransport, RecordedRequest, Whole

zone = Zone(id="a")
every = ZoneList(success=True, errors=[], messages=[], result=[zone])
fake = FakeTransport()


def make_zone(request: RecordedRequest) -> Zone:
    return Zone(id=request.path_parameters["zone_id"])


def make_page(request: RecordedRequest) -> list[Zone] | Whole:
    return [] if request.query else Whole(every)


def use(client: Client, other: AsyncClient) -> None:
    fake.on(get_zone).answer(zone).fail(200, [Message(code=1, message="a")])
    fake.on(get_zone_async).answer(zone)
    fake.on(get_zone).answer_with(make_zone)
    fake.on(list_zones).answer([zone]).answer(Whole(every)).answer(None)
    fake.on(list_zones).answer_with(make_page)
    fake.on(list_zones).answer_with(lambda request: Response(418, {}, b""))
    fake.on(list_zones_all).answer([zone]).answer(Whole(every)).answer([])
    fake.on(client.zones.list_zones_all).answer([zone])
    fake.on(other.zones.list_zones_all).answer([zone])

    fake.on(get_zone).answer([zone])  # wrong
    fake.on(get_zone_async).answer(every)  # wrong
    fake.on(get_zone).answer_with(make_page)  # wrong
    fake.on(list_zones).answer(zone)  # wrong
    fake.on(list_zones).answer(every)  # wrong
    fake.on(list_zones_all).answer(zone)  # wrong
    fake.on(client.zones.list_zones_all).answer(zone)  # wrong
    fake.on(other.zones.list_zones_all).answer(zone)  # wrong
