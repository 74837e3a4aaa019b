"""Lets one contestant do the same thing many times, and prints its CPU seconds a time.

usage: loop.py CALLER create|create_at_once|list|decode BASE_URL TIMES
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from importlib import import_module
from time import process_time
from types import ModuleType

_AT_ONCE = 50
_NAME = "staging"
_LISTED = 1000


def main() -> None:
    name, what, base_url, times = sys.argv[1:]
    caller = import_module(name)
    match what:
        case "create":
            seconds = _repeat(caller.Caller(base_url).create, _NAME, int(times))
        case "list":
            seconds = _repeat(caller.Caller(base_url).list, _LISTED, int(times))
        case "decode":
            decode = caller.decoder_of(_fetch_list(base_url))
            seconds = _repeat(decode, _LISTED, int(times))
        case "create_at_once":
            seconds = asyncio.run(_create_at_once(caller, base_url, int(times)))
        case _:
            raise SystemExit(__doc__)
    print(seconds)


def _repeat(act: Callable[[], object], result: object, times: int) -> float:
    for _ in range(max(times // 10, 3)):
        if act() != result:
            raise SystemExit(f"not {result!r}")
    started = process_time()
    for _ in range(times):
        act()
    return (process_time() - started) / times


async def _create_at_once(caller: ModuleType, base_url: str, times: int) -> float:
    each = max(times // _AT_ONCE, 1)
    client = caller.AsyncCaller(base_url)

    async def create(count: int) -> None:
        for _ in range(count):
            if await client.create() != _NAME:
                raise SystemExit(f"not {_NAME!r}")

    await asyncio.gather(*(create(2) for _ in range(_AT_ONCE)))
    started = process_time()
    await asyncio.gather(*(create(each) for _ in range(_AT_ONCE)))
    seconds = process_time() - started
    await client.close()
    return seconds / (each * _AT_ONCE)


def _fetch_list(base_url: str) -> bytes:
    from urllib.request import urlopen

    with urlopen(base_url) as response:
        content: bytes = response.read()
    return content


if __name__ == "__main__":
    main()
