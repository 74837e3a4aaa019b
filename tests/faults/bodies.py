"""Faults of bodies: cut, slow, too large, in broken chunks, packed in a wrong way."""

from __future__ import annotations

import gzip
import zlib

from .connections import SLOW
from .fault import (
    CHUNKED,
    FINE,
    GOOD,
    Answer,
    Close,
    Fault,
    ForEver,
    Reset,
    Send,
    Wait,
    chunk,
    ends,
    head,
    says,
    whole,
)

LONGER = head(200, {"Content-Length": str(len(GOOD) + 10)})
GZIP = {"Content-Encoding": "gzip"}
PACKED = gzip.compress(GOOD)
LIMIT = 2 * 2**20
"""How large bodies may be in these tests."""


def _cut(
    name: str, *answer: Send | Close | Reset, elsewhere: str | None = None
) -> Fault:
    """A body that does not arrive; reading is tried again."""
    return Fault(
        name=name,
        answers=(answer,),
        comes="ConnectionFailed",
        requests=3,
        elsewhere=elsewhere,
        elsewhere_requests=3 if elsewhere is None else None,
    )


def _refused(name: str, answer: Answer, elsewhere: str | None = None) -> Fault:
    """A body that would be the same a second time."""
    return Fault(
        name=name,
        answers=(answer,),
        comes="TransportError",
        mebibytes=8,
        elsewhere=elsewhere,
        elsewhere_requests=1 if elsewhere is None else None,
    )


def _slow(name: str, *answer: Send | Wait) -> Fault:
    return Fault(name=name, answers=(answer,), timeout=SLOW, comes="DeadlineExceeded")


def _packed(body: bytes, coding: str = "gzip") -> Answer:
    return says(whole(body, fields={"Content-Encoding": coding}))


def _raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


BODIES = (
    _cut("cut", Send(LONGER + GOOD), Close()),
    _cut("reset_in_body", Send(LONGER + GOOD), Reset()),
    _cut("no_body_at_all", Send(LONGER), Close()),
    _cut("chunk_of_letters", Send(CHUNKED + b"zz\r\n" + GOOD), Close()),
    _cut("chunk_of_negative_size", Send(CHUNKED + b"-5\r\n" + GOOD), Close()),
    _cut("chunk_without_size", Send(CHUNKED + b"\r\n" + GOOD), Close()),
    _cut("chunk_that_is_cut", Send(CHUNKED + chunk(GOOD)[:-9]), Close()),
    _cut("chunks_without_end", Send(CHUNKED + chunk(GOOD)), Close()),
    _cut("chunks_that_are_reset", Send(CHUNKED + chunk(GOOD)), Reset()),
    _refused(
        "endless_chunk_size",
        (Send(CHUNKED), Send(b"1" * 4096, ForEver)),
        elsewhere="ConnectionFailed|TransportError",
    ),
    Fault(
        name="chunk_of_enormous_size",
        answers=((Send(CHUNKED + b"ffffffffffff\r\n"), Send(bytes(65536), ForEver)),),
        comes="TransportError",
        mebibytes=8,
    ),
    Fault(
        name="chunks_with_extras",
        answers=(
            says(
                CHUNKED
                + b"a;x=y\r\n"
                + GOOD[:10]
                + b"\r\n"
                + chunk(GOOD[10:])
                + b"0\r\nTrailer: t\r\n\r\n"
            ),
        ),
        calls=2,
        comes="staging staging",
        requests=2,
    ),
    Fault(
        name="chunks_of_one_byte",
        answers=(
            says(
                CHUNKED
                + b"".join(chunk(GOOD[i : i + 1]) for i in range(len(GOOD)))
                + b"0\r\n\r\n"
            ),
        ),
        comes="staging",
    ),
    _refused(
        "endless_trailers",
        (Send(CHUNKED + b"0\r\n"), Send(b"A: b\r\n" * 500, ForEver)),
        "TransportError|ConnectionFailed",
    ),
    _refused("endless_chunks", (Send(CHUNKED), Send(chunk(bytes(65536)), ForEver))),
    _refused("endless_body", (Send(head(200)), Send(bytes(65536), ForEver))),
    _refused("larger_than_allowed", says(whole(bytes(LIMIT + 1)))),
    _refused("not_packed_at_all", _packed(GOOD)),
    _refused("broken_gzip", _packed(PACKED[:20] + b"\xff\xff\xff" + PACKED[23:])),
    _refused("gzip_that_is_cut", _packed(PACKED[:-9])),
    _refused("gzip_with_wrong_sum", _packed(PACKED[:-8] + bytes(8))),
    _refused("more_behind_gzip", _packed(PACKED + b"more")),
    _refused("gzip_bomb", _packed(gzip.compress(bytes(300 * 2**20)))),
    _refused(
        "bomb_of_many_parts",
        (
            Send(
                CHUNKED.replace(b"\r\n\r\n", b"\r\nContent-Encoding: deflate\r\n\r\n")
            ),
            *(Send(chunk(part)) for part in (zlib.compress(bytes(200 * 2**20)),)),
            Send(b"0\r\n\r\n"),
        ),
    ),
    _refused(
        "packed_twice",
        _packed(gzip.compress(PACKED), "gzip, gzip"),
        "TransportError|staging",
    ),
    _refused("packed_in_unknown_way", _packed(PACKED, "br")),
    Fault(name="gzip", answers=(_packed(PACKED),), comes="staging"),
    Fault(
        name="gzip_of_several_members",
        answers=(_packed(b"".join(map(gzip.compress, (GOOD[:9], b"", GOOD[9:])))),),
        comes="staging",
    ),
    _refused(
        "gzip_whose_second_member_is_cut",
        _packed(PACKED + gzip.compress(b" ")[:-1]),
    ),
    _refused("gzip_of_too_many_members", _packed(gzip.compress(b"") * 50_000)),
    Fault(
        name="deflate",
        answers=(_packed(zlib.compress(GOOD), "deflate"),),
        comes="staging",
    ),
    Fault(
        name="deflate_without_frame",
        answers=(_packed(_raw_deflate(GOOD), "deflate"),),
        comes="staging",
    ),
    _slow("silent_in_body", Send(LONGER + GOOD), Wait(3)),
    _slow("drip_in_body", Send(LONGER), Send(b" ", 200, 0.03)),
    _slow("drip_of_chunks", Send(CHUNKED), Send(chunk(b" "), 200, 0.03)),
    _slow("drip_in_chunk_size", Send(CHUNKED), Send(b"0", 200, 0.03)),
    _slow(
        "drip_in_gzip",
        Send(head(200, {**GZIP, "Content-Length": "500"}) + PACKED[:20]),
        Send(PACKED[20:21], 200, 0.03),
    ),
    Fault(
        name="shorter_than_it_is",
        answers=((Send(head(200, {"Content-Length": "5"}) + GOOD), Close()),),
        comes="DecodeError",
        elsewhere="DecodeError|ConnectionFailed",
        elsewhere_requests=None,
    ),
    Fault(
        name="no_content_with_a_body",
        answers=(ends(whole(status=204)), FINE),
        calls=2,
        comes="None staging",
        requests=2,
        # aiohttp refuses such a response, and the second one is fine.
        elsewhere="None staging|staging staging",
        elsewhere_requests=None,
    ),
    Fault(
        name="no_content_in_chunks",
        answers=(says(head(204, {"Transfer-Encoding": "chunked"})), FINE),
        calls=2,
        comes="None staging",
        requests=2,
        elsewhere="None staging|ConnectionFailed staging|DeadlineExceeded staging",
        elsewhere_requests=None,
    ),
    Fault(
        name="not_modified_with_a_body",
        answers=(ends(whole(status=304)), FINE),
        calls=2,
        comes="StatusError staging",
        requests=2,
        elsewhere="StatusError staging|staging staging",
        elsewhere_requests=None,
    ),
    Fault(
        name="until_the_connection_ends",
        answers=(ends(head(200) + GOOD),),
        comes="staging",
    ),
)
