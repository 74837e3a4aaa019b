"""Faults of heads: what is no HTTP, cut, slow, endless, or leaves the length open."""

from __future__ import annotations

from .connections import SLOW
from .fault import (
    GOOD,
    Fault,
    ForEver,
    Send,
    Wait,
    chunk,
    ends,
    head,
    says,
    whole,
)


def _broken(name: str, sent: bytes, elsewhere: str | None = None) -> Fault:
    """A response that nobody can take for one; reading is tried again."""
    return Fault(
        name=name,
        answers=(ends(sent),),
        comes="ConnectionFailed",
        requests=3,
        elsewhere=elsewhere,
        elsewhere_requests=3 if elsewhere is None else None,
    )


def _fine(name: str, sent: bytes, elsewhere: str | None = None) -> Fault:
    """A response that is unusual and right."""
    return Fault(
        name=name,
        answers=(says(sent),),
        comes="staging",
        elsewhere=elsewhere,
        elsewhere_requests=ForEver if elsewhere is None else None,
    )


LENGTH = f"Content-Length: {len(GOOD)}"

HEADS = (
    _broken("another_protocol", b"SSH-2.0-OpenSSH_9.6\r\n"),
    _broken("garbage", bytes(range(256)) * 4),
    _broken("blank_lines", b"\r\n" * 50, "ConnectionFailed"),
    _broken("body_alone", GOOD),
    _broken("status_of_letters", head("HTTP/1.1 abc OK")),
    _broken(
        "status_too_small", head("HTTP/1.1 099 OK"), "ConnectionFailed|StatusError"
    ),
    _broken("status_too_large", head("HTTP/1.1 2000 OK"), "ConnectionFailed"),
    _broken("http_2_in_text", whole(status="HTTP/2 200"), "ConnectionFailed|staging"),
    _broken("cut_in_status", b"HTTP/1.1 20"),
    _broken("cut_in_headers", b"HTTP/1.1 200 OK\r\nContent-Le"),
    _broken("cut_before_blank_line", b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"),
    _broken(
        "switches_protocols",
        head(101, {"Upgrade": "x"}),
        "ConnectionFailed|TransportError|StatusError",
    ),
    _broken("line_without_colon", head(200, None, "nonsense", LENGTH) + GOOD),
    _broken(
        "two_lengths",
        head(200, None, LENGTH, "Content-Length: 5") + GOOD,
        "ConnectionFailed|staging|DecodeError",
    ),
    _broken("negative_length", head(200, {"Content-Length": "-5"}) + GOOD),
    _broken("length_of_letters", head(200, {"Content-Length": "five"}) + GOOD),
    _broken("length_with_sign", head(200, {"Content-Length": "+5"}) + GOOD),
    _broken(
        "length_of_5000_digits",
        head(200, {"Content-Length": "9" * 5000}) + GOOD,
        "ConnectionFailed|TransportError",
    ),
    _broken(
        "unknown_transfer_coding",
        head(200, {"Transfer-Encoding": "zip"}) + GOOD,
        "ConnectionFailed|staging",
    ),
    _broken(
        "packed_transfer_coding",
        head(200, {"Transfer-Encoding": "gzip, chunked"}) + chunk(GOOD) + b"0\r\n\r\n",
        "ConnectionFailed|staging",
    ),
    _fine("without_reason", whole(status="HTTP/1.1 200")),
    _fine(
        "bare_line_feeds", whole().replace(b"\r\n", b"\n"), "staging|ConnectionFailed"
    ),
    _fine(
        "header_of_50_kilobytes",
        whole(fields={"X-A": "a" * 50_000}),
        "staging|ConnectionFailed",
    ),
    _fine("header_without_value", whole(fields={"X-A": ""})),
    _fine(
        "folded_header", whole(fields={"X-A": "a\r\n b"}), "staging|ConnectionFailed"
    ),
    _fine("header_in_latin_1", whole(fields={"X-A": "caf\xe9"})),
    _fine(
        "same_length_twice",
        head(200, None, LENGTH, LENGTH) + GOOD,
        "staging|ConnectionFailed",
    ),
    _fine(
        "200_headers",
        head(200, {f"X-{i}": "a" for i in range(200)}, LENGTH) + GOOD,
        "staging|ConnectionFailed",
    ),
    _fine("continue_first", head(100) + whole()),
    _fine("early_hints_first", head(103, {"Link": "</a>"}) * 3 + whole()),
    _fine(
        "length_and_chunks",
        head(200, {"Content-Length": "5", "Transfer-Encoding": "chunked"})
        + chunk(GOOD)
        + b"0\r\n\r\n",
        "staging|ConnectionFailed",
    ),
    Fault(
        name="enormous_length",
        answers=(says(head(200, {"Content-Length": "9" * 15})),),
        comes="TransportError",
        elsewhere="DeadlineExceeded",
        timeout=SLOW,
    ),
    Fault(
        name="no_end_of_headers",
        answers=((Send(b"HTTP/1.1 200 OK\r\nA: b\r\n"), Wait(3)),),
        timeout=SLOW,
        comes="DeadlineExceeded",
    ),
    Fault(
        name="drip_in_status",
        answers=((Send(b"HTTP/1.1 200 "), Send(b"a", 200, 0.03)),),
        timeout=SLOW,
        comes="DeadlineExceeded",
    ),
    Fault(
        name="drip_in_headers",
        answers=((Send(b"HTTP/1.1 200 OK\r\nA: "), Send(b"a", 200, 0.03)),),
        timeout=SLOW,
        comes="DeadlineExceeded",
    ),
    Fault(
        name="drip_of_headers",
        answers=((Send(b"HTTP/1.1 200 OK\r\n"), Send(b"A: b\r\n", 200, 0.03)),),
        timeout=SLOW,
        comes="DeadlineExceeded",
    ),
    Fault(
        name="drip_of_interim_responses",
        answers=((Send(head(100), 200, 0.03),),),
        timeout=SLOW,
        comes="DeadlineExceeded",
    ),
    Fault(
        name="endless_status_line",
        answers=((Send(b"HTTP/1.1 200 "), Send(b"a" * 4096, ForEver)),),
        comes="TransportError",
        elsewhere="ConnectionFailed",
        elsewhere_requests=3,
    ),
    Fault(
        name="endless_header",
        answers=((Send(b"HTTP/1.1 200 OK\r\nA: "), Send(b"a" * 4096, ForEver)),),
        comes="TransportError",
        elsewhere="ConnectionFailed",
        elsewhere_requests=3,
    ),
    Fault(
        name="endless_headers",
        answers=((Send(b"HTTP/1.1 200 OK\r\n"), Send(b"A: b\r\n" * 500, ForEver)),),
        comes="TransportError",
        elsewhere="ConnectionFailed",
        elsewhere_requests=3,
    ),
    Fault(
        name="large_headers",
        answers=(
            (
                Send(b"HTTP/1.1 200 OK\r\n"),
                Send(b"A: " + b"b" * 50_000 + b"\r\n", ForEver),
            ),
        ),
        comes="TransportError",
        elsewhere="ConnectionFailed",
        elsewhere_requests=3,
    ),
    Fault(
        name="flood_of_interim_responses",
        mebibytes=8,
        answers=((Send(head(103) * 50, ForEver),),),
        comes="TransportError",
        elsewhere="DeadlineExceeded|ConnectionFailed",
        timeout=1,
        elsewhere_requests=None,
    ),
)
