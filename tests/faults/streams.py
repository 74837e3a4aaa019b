"""Faults of streams: cut, silent, too long, broken, and longer than they should be."""

from __future__ import annotations

import gzip
from typing import Literal

from .fault import (
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

EVENTS = head(200, {"Content-Type": "text/event-stream"})
CHUNKED_EVENTS = EVENTS[:-2] + b"Transfer-Encoding: chunked\r\n\r\n"
LINES = head(200, {"Content-Type": "application/jsonl"})
ONE, TWO = b"data: 1\n\n", b"data: 2\n\n"
AT_ONCE = "1 ConnectionFailed|ConnectionFailed"
"""aiohttp drops what it has when an error comes."""

LONGEST = 2**20
"""How long a line may be in these tests."""


def _stream(
    name: str,
    comes: str,
    *acts: Send | Close | Reset | Wait,
    items: Literal["events", "lines"] = "events",
    requests: int = 1,
    mebibytes: float = 3.0,
    elsewhere: str | None = None,
) -> Fault:
    return Fault(
        name=f"stream_{name}",
        answers=(acts,),
        comes=comes,
        items=items,
        requests=requests,
        elsewhere=elsewhere,
        elsewhere_requests=ForEver if elsewhere is None else None,
        timeout=0.3,
        seconds=1.5,
        mebibytes=mebibytes,
    )


STREAMS = (
    _stream("whole", "1 2", Send(EVENTS + ONE + TWO), Close()),
    _stream("of_lines", "1 2", Send(LINES + b"1\n\n2"), Close(), items="lines"),
    _stream("without_items", "", Send(EVENTS), Close()),
    _stream(
        "in_pieces",
        "1 2",
        *(Send(bytes([each]), pause=0.002) for each in EVENTS + ONE + TWO),
        Close(),
    ),
    _stream(
        "that_takes_its_time", "1 1 1 1 1 1", Send(EVENTS), Send(ONE, 6, 0.1), Close()
    ),
    _stream("silent", "1 DeadlineExceeded", Send(EVENTS + ONE), Wait(3)),
    _stream(
        "silent_in_an_item",
        "1 DeadlineExceeded",
        Send(EVENTS + ONE + b"data: 2"),
        Wait(3),
    ),
    _stream("silent_before_the_first", "DeadlineExceeded", Send(EVENTS), Wait(3)),
    _stream("cut_in_an_item", "1", Send(EVENTS + ONE + b"data: 2"), Close()),
    _stream(
        "cut_in_chunks",
        "1 ConnectionFailed",
        Send(CHUNKED_EVENTS + chunk(ONE)),
        Close(),
        elsewhere=AT_ONCE,
    ),
    _stream(
        "cut_in_a_chunk",
        "1 ConnectionFailed",
        Send(CHUNKED_EVENTS + chunk(ONE) + b"9\r\nda"),
        Close(),
        elsewhere=AT_ONCE,
    ),
    _stream(
        "cut_by_length",
        "1 ConnectionFailed",
        Send(head(200, {"Content-Length": "99"}) + ONE),
        Close(),
        elsewhere=AT_ONCE,
    ),
    _stream(
        "reset",
        "1 ConnectionFailed",
        Send(EVENTS + ONE),
        Wait(0.05),
        Reset(),
        elsewhere="1 ConnectionFailed|1",
    ),
    _stream(
        "broken_chunk",
        "1 ConnectionFailed",
        Send(CHUNKED_EVENTS + chunk(ONE) + b"zz\r\n"),
        Close(),
        elsewhere=AT_ONCE,
    ),
    _stream(
        "after_the_end", "1", Send(EVENTS + ONE + b"data: [DONE]\n\n" + TWO), Wait(3)
    ),
    _stream(
        "after_the_end_in_chunks",
        "1",
        Send(CHUNKED_EVENTS + chunk(ONE + b"data: [DONE]\n\n")),
        Send(chunk(TWO), ForEver, 0.01),
    ),
    _stream(
        "more_than_its_length",
        "1",
        Send(head(200, {"Content-Length": str(len(ONE))}) + ONE + TWO),
        Close(),
        elsewhere="1|ConnectionFailed",
    ),
    _stream(
        "bad_utf_8", "1 DecodeError", Send(EVENTS + ONE + b"data: \xff\n\n"), Close()
    ),
    _stream(
        "no_json", "1 DecodeError", Send(EVENTS + ONE + b"data: x\n\n" + TWO), Close()
    ),
    _stream("nan", "1 DecodeError", Send(EVENTS + ONE + b"data: NaN\n\n"), Close()),
    _stream(
        "wrong_shape", "1 DecodeError", Send(EVENTS + ONE + b'data: "a"\n\n'), Close()
    ),
    _stream(
        "deep",
        "1 DecodeError",
        Send(LINES + b"1\n" + b"[" * 100_000 + b"\n"),
        Close(),
        items="lines",
    ),
    _stream(
        "huge_line",
        "1 DecodeError",
        Send(LINES + b"1\n" + b" " * (2 * LONGEST) + b"\n"),
        Close(),
        items="lines",
        mebibytes=10,
    ),
    _stream(
        "endless_line",
        "1 DecodeError",
        Send(EVENTS + ONE + b"data: "),
        Send(b"1" * 4096, ForEver),
        mebibytes=10,
    ),
    _stream(
        "of_another_kind",
        "DecodeError",
        Send(whole(b"<html>", fields={"Content-Type": "text/html"})),
        Wait(3),
    ),
    _stream(
        "packed",
        "1 2",
        Send(
            EVENTS[:-2] + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(ONE + TWO)
        ),
        Close(),
    ),
    _stream(
        "packed_and_cut",
        "1 TransportError",
        Send(EVENTS[:-2] + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(ONE)[:-8]),
        Close(),
    ),
    _stream(
        "carriage_returns", "1 2", Send(EVENTS + b"data: 1\r\rdata: 2\r\r"), Close()
    ),
    _stream(
        "comments", "1 2", Send(EVENTS + b": hi\n" + ONE + b": hi\n\n" + TWO), Close()
    ),
    Fault(
        name="stream_refused",
        answers=(says(whole(b"no", 403)),),
        comes="StatusError",
        items="events",
    ),
    Fault(
        name="stream_at_the_second_try",
        answers=(says(whole(b"busy", 503)), ends(EVENTS + ONE)),
        comes="1",
        items="events",
        requests=2,
    ),
)
