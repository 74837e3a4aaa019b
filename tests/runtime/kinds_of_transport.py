"""The transports that there are, by the library that each needs."""

from __future__ import annotations

from typing import Any

from oasmith.runtime.transport import HttpTransport
from oasmith.runtime.transports.aiohttp import AiohttpTransport
from oasmith.runtime.transports.httpx2 import Httpx2Transport

KINDS: dict[str, Any] = {
    "": HttpTransport,
    "httpx2": Httpx2Transport,
    "aiohttp": AiohttpTransport,
}
