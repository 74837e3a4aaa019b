# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Models, which are JSON objects with typed properties, and their way into JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from json import JSONEncoder
from typing import Any, ClassVar, Self, TypeGuard

from .errors import InvalidArgument
from .kinds import describe, is_sequence
from .mismatch import refuse
from .unset import UNSET
from .values import spell

_new = object.__new__
_copy: Callable[[Any], dict[str, Any]] = dict[str, Any].copy
_ENCODER = JSONEncoder(separators=(",", ":"), allow_nan=False)


@dataclass(slots=True, kw_only=True, repr=False)
class Model:
    """A JSON object of the API."""

    _wire_names: ClassVar[Mapping[str, str]] = {}
    """What properties are called in JSON, where that differs from the field."""

    extra: dict[str, Any] = field(default_factory=dict[str, Any])
    """The properties that the API description does not name."""

    @classmethod
    def from_dict(cls, data: object) -> Self:
        """Decode a JSON object; the type of every property is checked.

        Raises:
            DecodeError: A property is missing, or has a type that it must not have.
        """
        try:
            left = _copy(data)
        except TypeError:
            return refuse("an object", data)
        # Slots that are assigned are set far faster than through __init__.
        model = _new(cls)
        model._read(left)
        # An emptied dict keeps the size that it had.
        model.extra = left or {}
        return model

    def _read(self, data: dict[str, Any]) -> None:
        """Set every field, taking its property out of ``data``.

        What is left in there becomes ``extra``; a model whose further properties are
        typed decodes them there, by ``decode_rest``.
        """

    def to_dict(self) -> dict[str, Any]:
        """Encode as a JSON object; fields that are UNSET are left out."""
        data: dict[str, Any] = {}
        for name in self.__slots__:
            value = getattr(self, name)
            if value is not UNSET:
                data[self._wire_names.get(name, name)] = to_json(value)
        for name, value in self.extra.items():
            data.setdefault(name, to_json(value))
        return data

    def __repr__(self) -> str:
        fields = {name: getattr(self, name) for name in self.__slots__}
        if self.extra:
            fields["extra"] = self.extra
        told = (f"{name}={it!r}" for name, it in fields.items() if it is not UNSET)
        return f"{type(self).__name__}({', '.join(told)})"


def to_json(value: object) -> Any:
    """Turn a value into what json can write: models, dates, UUIDs, at any depth.

    Decimals become strings and bytes base64; members that are UNSET are left out.

    Raises:
        InvalidArgument: There is a value in it that JSON has nothing for.
    """
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Model):
        return value.to_dict()
    if _is_mapping(value):
        return {k: to_json(item) for k, item in value.items() if item is not UNSET}
    if is_sequence(value):
        return [to_json(item) for item in value]
    if isinstance(value, dt.datetime | dt.time):
        return spell(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return _rare_to_json(value)


def dump_json(value: object) -> str:
    """Write a value as JSON text; it is ASCII and holds no space.

    Raises:
        InvalidArgument: There is a value in it that JSON has nothing for.
    """
    try:
        return _ENCODER.encode(to_json(value))
    except RecursionError:
        raise InvalidArgument("value", "is nested too deeply for JSON") from None
    except (TypeError, ValueError) as error:
        if isinstance(error, InvalidArgument):
            raise
        raise InvalidArgument("value", f"can't be JSON: {error}") from None


def _is_mapping(value: object) -> TypeGuard[Mapping[str, Any]]:
    return isinstance(value, dict | Mapping)


def _rare_to_json(value: object) -> str:
    # Whoever holds one of these has imported its module already.
    from binascii import b2a_base64
    from decimal import Decimal
    from uuid import UUID

    from .uuids import spell_uuid

    match value:
        case UUID():
            return spell_uuid(value)
        case Decimal() if value.is_finite():
            return format(value, "f")
        case bytes():
            return b2a_base64(value, newline=False).decode()
        case _:
            raise InvalidArgument("value", f"can't be JSON: {describe(value)}")
