# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Results in envelopes: objects that hold a result, and tell whether there is one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from .answers import read_json
from .errors import DecodeError, StatusError
from .kinds import describe, is_object
from .mismatch import Kept, decode_patiently, plain
from .response import Response
from .unset import UNSET, Unset

E = TypeVar("E")
T = TypeVar("T")


class EnvelopeError(StatusError):
    """The API answered with a success status, and in the body that it failed.

    ``body`` is the decoded envelope, and ``errors`` what it says of the reasons.
    """

    def __init__(self, response: Response, body: object, errors: object) -> None:
        super().__init__(response, body)
        self.args = (response, body, errors)
        self.errors = errors

    def _describe(self) -> str:
        told = f"the API answered {self.status}, and that it failed"
        return f"{told}: {self.errors!r:.500}" if self.errors else told


def read_result(
    decode: Callable[[Any], E],
    result: Callable[[E], T],
    *,
    success: str | None = None,
    errors: Callable[[E], object] | None = None,
) -> Callable[[Response], T]:
    """Read what is in an envelope; all of it is kept with the response.

    Args:
        decode: Decodes the envelope.
        result: Takes the result out of it.
        success: The member that is false if the operation failed.
        errors: Takes the reasons for that out of it.
    """
    read_envelope = read_checked(decode, success=success, errors=errors)

    def read(response: Response) -> T:
        envelope = read_envelope(response)
        response.envelope = envelope
        return take(result, envelope)

    return read


def read_checked(
    decode: Callable[[Any], E],
    *,
    success: str | None,
    errors: Callable[[E], object] | None = None,
) -> Callable[[Response], E]:
    """Read all of an answer that tells whether the operation failed."""

    def decode_success(data: Any) -> E:
        if success is not None and is_object(data) and data.get(success) is False:
            raise _Failed(data)
        return decode(data)

    def read(response: Response) -> E:
        try:
            return read_decoded(response)
        except _Failed as failed:
            raise _explain(response, failed.data, decode, errors) from None

    read_decoded = read_json(decode_success)
    return read


def read_optional_result(
    decode: Callable[[Any], E],
    result: Callable[[E], T | Unset],
    *,
    success: str | None = None,
    errors: Callable[[E], object] | None = None,
) -> Callable[[Response], T | None]:
    """Read what is in an envelope, or None if there is nothing."""

    def result_or_none(envelope: E) -> T | None:
        found = result(envelope)
        return None if found is UNSET else found

    return read_result(decode, result_or_none, success=success, errors=errors)


def take(get: Callable[[E], T], holder: E) -> T:
    """Take a member out of an answer, which is kept as it came if it has none.

    Raises:
        DecodeError: It is such a one.
    """
    try:
        return get(holder)
    except (AttributeError, TypeError):
        raise DecodeError("an object", describe(holder)) from None


class _Failed(Exception):
    """An envelope says that the operation failed."""

    def __init__(self, data: Any) -> None:
        super().__init__()
        self.data = data


def _explain(
    response: Response,
    data: Any,
    decode: Callable[[Any], E],
    errors: Callable[[E], object] | None,
) -> EnvelopeError:
    """Decode the envelope of a failure, in which there need not be a result."""
    try:
        envelope = _decode_failure(decode, data)
    except (DecodeError, RecursionError):
        return EnvelopeError(response, None, None)
    try:
        told = take(errors, envelope) if errors else None
    except DecodeError:
        told = None
    return EnvelopeError(response, envelope, None if told is UNSET else told)


def _decode_failure(decode: Callable[[Any], E], data: Any) -> E:
    """Decode an envelope, with members as they came where too much in them is odd.

    Raises:
        DecodeError: Not even that helps.
    """
    odd: set[str | int] = set()
    while True:
        members = plain(data).items()
        marked = {key: Kept(it) if key in odd else it for key, it in members}
        try:
            return decode_patiently(decode, marked, _pass_over)
        except DecodeError as error:
            if not error.keys or error.keys[0] in odd:
                raise
            odd.add(error.keys[0])


def _pass_over(_: DecodeError) -> None:
    """What is not as promised is kept as it is."""
