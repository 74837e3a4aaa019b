"""What calls cost the client's processor, once everything is imported."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from .contestants import BARE, CALLERS, Contestant
from .laboratory import Laboratory
from .processes import read
from .samples import Samples, interleave
from .server import LISTED
from .table import Measure, Table, compare


def measure_creates(
    laboratory: Laboratory, contestants: Sequence[Contestant], base_url: str
) -> Table:
    """Create namespaces one after the other, and many at once."""
    effort = laboratory.effort
    one = _loop(laboratory, contestants, base_url, "create", effort.creates)
    many = _loop(
        laboratory, contestants, base_url, "create_at_once", effort.creates_at_once
    )
    note = (
        f"CPU time of the client for each of {effort.creates * effort.rounds:,} "
        "POSTs: one after the other on one connection, and with asyncio, 50 at once "
        "(there the bare script is asyncio's streams with HTTP by hand)."
    )
    measures = [
        Measure("one after the other", one, BARE.name, "us", budget=1.5),
        Measure("50 at once", many, BARE.name, "us"),
    ]
    return compare("A small call", note, measures)


def measure_lists(
    laboratory: Laboratory, contestants: Sequence[Contestant], base_url: str
) -> Table:
    """Decode a long list, and fetch it."""
    effort = laboratory.effort
    decode = _loop(laboratory, contestants, base_url, "decode", effort.decodes)
    fetch = _loop(laboratory, contestants, base_url, "list", effort.lists)
    note = (
        f"CPU time of the client for a list of {LISTED:,} namespaces: to decode its "
        "bytes (the bare script is `json.loads`, httpx2 likewise makes dicts, and the "
        "SDK, which decodes nothing by itself, makes a call that stays in memory), "
        "and to fetch it."
    )
    measures = [
        Measure("decode", decode, BARE.name, budget=2),
        Measure("whole call", fetch, BARE.name),
    ]
    return compare("A long list", note, measures)


def _loop(
    laboratory: Laboratory,
    contestants: Sequence[Contestant],
    base_url: str,
    what: str,
    times: int,
) -> dict[str, Samples]:
    """The CPU seconds of a call in each round, by contestant."""

    def act(contestant: Contestant) -> float:
        told = read(
            laboratory.python,
            CALLERS / "loop.py",
            *(contestant.caller, what, base_url, str(times)),
            folder=CALLERS,
            variables=contestant.variables,
        )
        return float(told)

    actions = {each.name: partial(act, each) for each in contestants}
    return {**interleave(actions, laboratory.effort.rounds)}
