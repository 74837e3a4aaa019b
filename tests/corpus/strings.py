"""Makes strings that have a format, or a length."""

from __future__ import annotations

import base64
from random import Random

_FORMATS = {
    "date-time": (
        "2024-02-29T23:59:59Z",
        "2024-03-01T08:05:00.123456Z",
        "1999-12-31T12:00:00+02:00",
        "2024-03-01T08:05:00.120Z",
    ),
    "date": ("2024-02-29", "1970-01-01"),
    "time": ("08:05:00Z", "23:59:59.250000Z"),
    "duration": ("P1DT2H", "PT0.5S", "P2W"),
    "uuid": (
        "6f1c9a52-83c1-4d2e-9b57-0f4a3c2d1e00",
        "6F1C9A52-83C1-4D2E-9B57-0F4A3C2D1E00",
    ),
    "email": ("a.b@example.com",),
    "idn-email": ("a.b@example.com",),
    "hostname": ("www.example.com",),
    "ipv4": ("192.0.2.1",),
    "ipv6": ("2001:db8::1",),
    "uri": ("https://example.com/a?b=c#d", "urn:isbn:0"),
    "url": ("https://example.com/a?b=c#d",),
    "uri-reference": ("/a?b=c",),
    "uri-template": ("https://example.com/a{/b}{?c}",),
    "regex": ("^a+$",),
    "json-pointer": ("/a/0",),
    "decimal": ("12.50", "-0.001"),
}
_PLAIN = ("", "a", "Zürich \u2708", 'quote " and \\', "line\nbreak", "0", "true")


def sample_format(random: Random, name: str) -> str | None:
    """A string of a format; nothing where the format says nothing of the text."""
    if name in ("byte", "base64"):
        return base64.b64encode(random.randbytes(random.randrange(6))).decode()
    return random.choice(_FORMATS[name]) if name in _FORMATS else None


def sample_text(random: Random, shortest: int, longest: int | None) -> str:
    """Any string whose length is in bounds, in characters."""
    text = random.choice(_PLAIN)
    text += "x" * (shortest - len(text))
    return text if longest is None else text[:longest]
