# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Decoders of single JSON values, each from what json gives to what Python wants."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from .kinds import is_array, is_object
from .mismatch import refuse
from .unset import UNSET

if TYPE_CHECKING:
    import uuid
    from decimal import Decimal

_SEPARATORS = frozenset("Tt ")
_read_iso = dt.datetime.fromisoformat


def decode_any(value: Any) -> Any:
    if value is UNSET:
        return refuse("a value", value)
    return value


def decode_null(value: object) -> None:
    kept: None = None if value is None else refuse("null", value)
    return kept


def decode_bool(value: object) -> bool:
    if isinstance(value, bool):
        return value
    return refuse("a boolean", value)


def decode_str(value: object) -> str:
    if isinstance(value, str):
        return value
    return refuse("a string", value)


def decode_int(value: object) -> int:
    """Take 1.0 for 1, as JSON Schema does (2020-12 Core, section 4.2.3)."""
    if type(value) is int:
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return refuse("an integer", value)


def decode_float(value: object) -> float:
    """Take any number; an integer stays one, which keeps all its digits."""
    if type(value) is float or type(value) is int:
        return value
    return refuse("a number", value)


def decode_datetime(value: object) -> dt.datetime:
    """Read a date-time of RFC 3339, or one that lacks only the offset.

    What is finer than a microsecond is not in the value, but is written back.
    """
    if isinstance(value, str) and value[10:11] in _SEPARATORS:
        try:
            parsed = _read_iso(_with_upper_z(value))
        except ValueError:
            pass
        else:
            return parsed if _is_usual(value, parsed) else _Spelled.of(value)
    return refuse("an RFC 3339 date-time", value)


def _is_usual(text: str, parsed: dt.datetime) -> bool:
    """Whether isoformat gives the text back: "...:00Z" or "...:00.123456Z"."""
    size = len(text)
    usual = size == 20 or (size == 27 and parsed.microsecond != 0)
    return usual and text[-1] == "Z" and text[10] == "T"


def spell(value: dt.datetime | dt.time) -> str:
    """Write a date-time or a time; one that was read and not changed as it was."""
    text = value.text if isinstance(value, _Spelled) else ""
    return text or value.isoformat().replace("+00:00", "Z")


class _Spelled(dt.datetime):
    """A date-time that was written in an unusual way: ".120Z", nanoseconds, "+0100"."""

    text = ""

    @classmethod
    def of(cls, text: str) -> _Spelled:
        # What arithmetic makes of it is an instance too, but has no text.
        spelled = cls.fromisoformat(_with_upper_z(text))
        spelled.text = text
        return spelled

    def __repr__(self) -> str:
        return repr(dt.datetime.fromisoformat(self.isoformat()))


def decode_date(value: object) -> dt.date:
    if isinstance(value, str):
        try:
            date = dt.date.fromisoformat(value)
        except ValueError:
            pass
        else:
            # Python also reads other forms of ISO 8601, such as "2017-W01-1".
            if date.isoformat() == value:
                return date
    return refuse("an RFC 3339 date", value)


def decode_time(value: object) -> dt.time:
    if isinstance(value, str):
        try:
            return dt.time.fromisoformat(_with_upper_z(value))
        except ValueError:
            pass
    return refuse("an RFC 3339 time", value)


def decode_uuid(value: object) -> uuid.UUID:
    """Read a UUID in any form that Python knows; it is written back in that form."""
    from uuid import UUID

    if isinstance(value, str):
        try:
            parsed = UUID(value)
        except ValueError:
            pass
        else:
            # What str gives back: lower case, and hyphens in their places (RFC 9562).
            if len(value) == 36 and value[8:24:5] == "----" and value == value.lower():
                return parsed
            return _spelled_uuid(value)
    return refuse("a UUID", value)


def _spelled_uuid(text: str) -> uuid.UUID:
    from .uuids import SpelledUUID

    return SpelledUUID.of(text)


def decode_bytes(value: object) -> bytes:
    """Read base64 (RFC 4648 section 4); line breaks may be in it."""
    from binascii import a2b_base64

    if isinstance(value, str):
        try:
            return a2b_base64("".join(value.split()), strict_mode=True)
        except ValueError:
            pass
    return refuse("base64", value)


def decode_decimal(value: object) -> Decimal:
    from decimal import Decimal, InvalidOperation

    if isinstance(value, str):
        try:
            number = Decimal(value)
        except InvalidOperation:
            pass
        else:
            if number.is_finite():
                return number
    return refuse("a decimal number in a string", value)


def decode_object(value: object) -> dict[str, Any]:
    if is_object(value):
        return value
    return refuse("an object", value)


def decode_array(value: object) -> list[Any]:
    if is_array(value):
        return value
    return refuse("an array", value)


def _with_upper_z(text: str) -> str:
    """Spell UTC as Python reads it; RFC 3339 section 5.6 allows "z" too."""
    return text[:-1] + "Z" if text[-1:] == "z" else text
