# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Request bodies: typed arguments as bytes with a media type."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeGuard
from urllib.parse import quote_plus

from .errors import InvalidArgument
from .kinds import describe, is_array, is_object, is_sequence
from .model import dump_json, to_json
from .request import File, Request, check_request
from .styles import Styled, scalar_text
from .unset import UNSET
from .uploads import FileSource, Upload, is_source


@dataclass(frozen=True, slots=True)
class Content:
    content_type: str

    data: bytes | Upload = field(repr=False)


def json_content(
    value: object, content_type: str = "application/json", *, required: bool = True
) -> Content | None:
    """Make a body of JSON; None is null, and UNSET no body.

    An object of which no property is given is no body either, unless one is required.
    """
    if value is UNSET or (not required and _is_empty(value)):
        return None
    return Content(content_type, dump_json(value).encode())


def text_content(value: object, content_type: str = "text/plain") -> Content | None:
    """Make a body of text in UTF-8, which the media type says where it can."""
    if value is UNSET:
        return None
    if not isinstance(value, str):
        raise InvalidArgument("body", f"must be a string, not {describe(value)}")
    if content_type.startswith("text/") and ";" not in content_type:
        content_type += "; charset=utf-8"
    try:
        return Content(content_type, value.encode())
    except UnicodeEncodeError:
        raise InvalidArgument("body", "has half a surrogate pair in it") from None


def binary_content(
    value: object, content_type: str = "application/octet-stream"
) -> Content | None:
    """Make a body of bytes, or of a file that is read when it is sent."""
    if value is UNSET:
        return None
    if isinstance(value, File):
        content_type = _check_type("body", value.content_type or content_type)
        value = value.data
    if isinstance(value, bytes):
        return Content(content_type, value)
    if is_source(value):
        return Content(content_type, Upload("body", [value]))
    raise InvalidArgument("body", f"must be bytes or a file, not {describe(value)}")


def lines_content(
    value: object, content_type: str = "application/jsonl"
) -> Content | None:
    """Make a body of JSON Lines; what is no list is gone through when it is sent."""
    if value is UNSET:
        return None
    if is_array(value):
        return Content(content_type, b"".join(_lines(value)))
    if not _is_iterable(value):
        raise InvalidArgument("body", f"must be a list, not {describe(value)}")
    return Content(content_type, Upload("body", [_lines(value)]))


def _is_iterable(value: object) -> TypeGuard[Iterable[object]]:
    whole = isinstance(value, str | bytes) or is_object(value)
    return isinstance(value, Iterable) and not whole


def _lines(items: Iterable[object]) -> Iterator[bytes]:
    for item in items:
        yield dump_json(item).encode() + b"\n"


def form_content(
    fields: Mapping[str, object],
    content_type: str = "application/x-www-form-urlencoded",
    *,
    required: bool = True,
    needed: Sequence[str] = (),
) -> Content | None:
    """Make a body as HTML forms do (OpenAPI 3.1.2, Encoding Object).

    An array's items are fields of the same name, and objects are JSON text; a field
    with a style of its own is made by a function of ``styles``.

    Args:
        needed: The fields without which a form that is not required is none.
    """
    if not required and not _is_given(fields, needed):
        return None
    pairs: list[str] = []
    for name, value in fields.items():
        if isinstance(value, Styled):
            pairs.append(value)
        elif value is not UNSET:
            texts = [_form_text(name, item) for item in _spread(value)]
            pairs += [f"{quote_plus(name)}={quote_plus(text)}" for text in texts]
    return Content(content_type, "&".join(pairs).encode())


def multipart_content(
    fields: Mapping[str, object],
    content_type: str = "multipart/form-data",
    *,
    types: Mapping[str, str] | None = None,
    required: bool = True,
    needed: Sequence[str] = (),
) -> Content | None:
    """Make a body of parts, by RFC 7578 and the defaults of OpenAPI 3.1.2.

    An array's items are parts of the same name, objects are JSON, bytes are files.

    Args:
        types: The media types of parts, where the description gives them.
        needed: The fields without which a form that is not required is none.
    """
    if not required and not _is_given(fields, needed):
        return None
    boundary = os.urandom(16).hex()
    parts: list[FileSource] = []
    for name, value in fields.items():
        if value is not UNSET:
            kind = (types or {}).get(name)
            for item in _spread(value):
                head, data = _part(name, item, kind)
                parts += [f"--{boundary}\r\n{head}\r\n\r\n".encode(), data, b"\r\n"]
    parts.append(f"--{boundary}--\r\n".encode())
    in_memory = [part for part in parts if isinstance(part, bytes)]
    return Content(
        f"{content_type}; boundary={boundary}",
        b"".join(in_memory) if in_memory == parts else Upload("body", parts),
    )


def _is_empty(value: object) -> bool:
    return is_object(value) and all(item is UNSET for item in value.values())


def _is_given(fields: Mapping[str, object], needed: Sequence[str]) -> bool:
    """Whether a form is given, which is as a whole or not at all."""
    if _is_empty(fields):
        return False
    for name in needed:
        if fields[name] is UNSET:
            raise InvalidArgument(name, "must be given with the rest of the form")
    return True


def _spread(value: object) -> Iterator[object]:
    if is_sequence(value):
        yield from value
    else:
        yield value


def _form_text(name: str, value: object) -> str:
    if isinstance(value, File):
        raise InvalidArgument(name, "must not be a file in this kind of form")
    plain = to_json(value)
    if is_object(plain) or is_array(plain):
        return dump_json(plain)
    return scalar_text(name, plain)


def _part(name: str, value: object, kind: str | None) -> tuple[str, FileSource]:
    """The head and the bytes of a part; ``kind`` is the description's media type."""
    if isinstance(value, bytearray):
        value = bytes(value)
    if is_source(value):
        value = File(value)
    head = f'Content-Disposition: form-data; name="{_escape(name)}"'
    if isinstance(value, File):
        # Many servers take a part for a file only if it has a file name.
        filename = _file_name(value, name)
        if filename:
            head += f'; filename="{_escape(filename)}"'
        kind = value.content_type or kind or "application/octet-stream"
        line = f"\r\nContent-Type: {_check_type(name, kind)}"
        return head + line + _part_headers(value.headers), value.data
    plain = to_json(value)
    is_json = (kind or "").partition(";")[0].strip().endswith("json")
    if is_json or plain is None or is_object(plain) or is_array(plain):
        kind, text = kind or "application/json", dump_json(plain)
    else:
        text = scalar_text(name, plain)
    line = f"\r\nContent-Type: {_check_type(name, kind)}" if kind else ""
    return head + line, text.encode()


def _file_name(file: File, otherwise: str) -> str:
    if file.filename is not None:
        return file.filename
    if isinstance(file.data, os.PathLike):
        return os.path.basename(file.data)
    return otherwise


def _part_headers(headers: Mapping[str, str]) -> str:
    """The further headers of a part, each after a line break."""
    check_request(Request("", "", headers))
    for name in headers:
        if name.lower() in ("content-disposition", "content-type"):
            raise InvalidArgument(
                f"header {name}", "is made of the file's other members"
            )
    return "".join(f"\r\n{name}: {value}" for name, value in headers.items())


def _escape(text: str) -> str:
    """Escape a name as browsers do (WHATWG HTML, "multipart/form-data")."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _check_type(name: str, content_type: str) -> str:
    if content_type.isascii() and content_type.isprintable():
        return content_type
    raise InvalidArgument(name, "must have a content type of printable ASCII")
