# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Readers of response bodies, each from a response to a typed value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from json import JSONDecoder
from typing import Any, NoReturn, TypeVar

from .errors import DecodeError
from .response import Response

T = TypeVar("T")


def read_json(decode: Callable[[Any], T]) -> Callable[[Response], T]:
    """Read JSON, whatever Content-Type says; it must be UTF-8 (RFC 8259)."""

    def read(response: Response) -> T:
        try:
            return response.decode(decode, json_of(response))
        except RecursionError:
            raise DecodeError("JSON", "JSON that is nested too deeply") from None

    return read


def read_text(response: Response) -> str:
    """Read text in the charset that Content-Type names, which is UTF-8 by default."""
    charset = charset_of(response.headers.get("content-type", ""))
    try:
        return response.content.decode(charset)
    except (LookupError, ValueError):
        raise DecodeError(f'text in "{charset}"', "other bytes") from None


def read_bytes(response: Response) -> bytes:
    return response.content


def read_nothing(response: Response) -> None:
    """Read an answer whose body, if it has one, means nothing."""


def by_media(
    readers: Mapping[str, Callable[[Response], T]],
) -> Callable[[Response], T]:
    """Read by the answer's Content-Type; the most specific media type counts.

    ``application/problem+json`` is read as ``application/json`` where it has no
    reader of its own, and an answer without a type by the first reader. Where several
    differ by parameters alone, the one counts that has most of the answer's, and none
    that the answer has not; or else the first of them.
    """

    def read(response: Response) -> T:
        media = media_type(response)
        kind, _, subtype = media.partition("/")
        suffix = "application/" + subtype.rpartition("+")[2]
        candidates = (media, suffix, f"{kind}/*", "*/*") if media else known
        for candidate in candidates:
            if candidate in known:
                return _choose(known[candidate], response)(response)
        raise DecodeError(" or ".join(readers), media)

    known: dict[str, list[_Reader[T]]] = {}
    for name, reader in readers.items():
        known.setdefault(_essence(name), []).append((_parameters(name), reader))
    return read


_Reader = tuple[Mapping[str, str], Callable[[Response], T]]
"""What reads a media type, by the parameters that it is described with."""


def _choose(readers: list[_Reader[T]], response: Response) -> Callable[[Response], T]:
    if len(readers) > 1:
        told = _parameters(response.headers.get("content-type", "")).items()
        fits = [each for each in readers if each[0].items() <= told]
        if fits:
            return max(fits, key=lambda each: len(each[0]))[1]
    return readers[0][1]


def media_type(response: Response) -> str:
    """What Content-Type says, in lower case and without parameters."""
    return _essence(response.headers.get("content-type", ""))


def charset_of(content_type: str) -> str:
    """What text of a media type is encoded in, by the type's parameters."""
    return _parameters(content_type).get("charset") or "utf-8"


def _essence(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _parameters(content_type: str) -> dict[str, str]:
    """The parameters of a media type (RFC 9110 section 8.3.1), in lower case."""
    pairs = re.findall(_PARAMETER, content_type.lower())
    return {name: quoted or plain for name, quoted, plain in pairs}


_PARAMETER = r';\s*([^\s;="]+)\s*=\s*(?:"([^"]*)"|([^\s;"]*))'


def json_of(response: Response) -> Any:
    """The JSON of a response, parsed once where it is kept.

    Where ``on_mismatch`` let values be kept as they are, they are marked in there.

    Raises:
        DecodeError: The body is none.
    """
    parsed = response.parsed
    if parsed:
        return parsed[0]
    value = parse_json(response.content, response)
    if parsed is not None:
        parsed.append(value)
    return value


def parse_json(text: bytes, response: Response) -> Any:
    """Parse the JSON of a response, or of an item in it.

    Raises:
        DecodeError: It is none, by RFC 8259.
    """
    try:
        # RFC 8259 section 8.1 lets a parser ignore a byte order mark.
        return load_json(text.decode().removeprefix("\ufeff"))
    except UnicodeDecodeError:
        raise DecodeError("JSON", "bytes that are not UTF-8") from None
    except ValueError:
        raise DecodeError("JSON", _describe(text, response)) from None


def _describe(text: bytes, response: Response) -> str:
    if not text:
        return "nothing"
    media = media_type(response)
    return media if media and "json" not in media else "something else"


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


load_json: Callable[[str], Any] = JSONDecoder(parse_constant=_refuse).decode
"""Parses JSON, or raises a ValueError; Python's own default takes NaN and Infinity."""
