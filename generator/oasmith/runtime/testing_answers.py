# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Typed values as the responses that they would be read from, for fakes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

from .envelopes import EnvelopeError
from .errors import ApiError
from .operation import for_status
from .response import Response
from .streams import ItemStream
from .testing_envelopes import Whole, wrap, wrap_failure
from .testing_functions import DescribedAnswer, Function, essence
from .testing_items import Unfit, write_body
from .unset import UNSET


class NotDescribed(ValueError):
    """An operation has no such answer; a ``Response`` may be anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is said of an answer besides its value."""

    status: int | None = None
    content_type: str | None = None
    headers: Mapping[str, str] | None = None


_NO_CHOICE = Choice()


def make_success(function: Function, value: object, choice: Choice) -> Response:
    """Make the response that a function returns a value of.

    Raises:
        NotDescribed: There is none by the description.
    """

    def read(response: Response) -> object:
        found = function.operation.read(response)
        if isinstance(value, Whole):
            return Whole(response.envelope)
        return list(found) if _is_stream(found) else found

    is_error = choice.status is not None and choice.status >= 400
    answers = () if is_error else function.successes
    return _make(function, answers, _Codec(value, wrap, read), choice)


def _is_stream(value: object) -> TypeGuard[ItemStream[Any]]:
    return isinstance(value, ItemStream)


def make_error(function: Function, body: object, choice: Choice) -> Response:
    """Make the response that a function raises a StatusError for.

    Raises:
        NotDescribed: There is none by the description.
    """
    status = choice.status or 0
    if status < 400 and any(each.telling for each in function.successes):
        return _make_failure(function, body, choice)
    operation = function.operation

    def read(response: Response) -> object:
        found = for_status(operation.errors, status) or operation.errors.get("default")
        return body if found is None else found(response)

    known = [each.status for each in function.answers]
    key = next((key for key in (*_keys(status), "default") if key in known), "")
    answers = [each for each in function.answers if each.status == key]
    if key in operation.responses and (key != "default" or status < 400):
        answers = []
    return _make(function, answers, _Codec(body, _as_it_is, read), choice)


def _make_failure(function: Function, errors: object, choice: Choice) -> Response:
    """Make the response that a function raises an EnvelopeError for."""

    def read(response: Response) -> object:
        try:
            function.operation.read(response)
        except EnvelopeError as error:
            if isinstance(errors, Whole):
                return Whole(error.body)
            return errors if errors is UNSET else error.errors
        raise Unfit("it would be taken for a success")

    codec = _Codec(errors, wrap_failure, read)
    return _make(function, function.successes, codec, choice)


def _as_it_is(_: DescribedAnswer, value: object) -> object:
    return value


def describe_answers(function: Function) -> str:
    """What a function may be answered with: "200 (Pet) or 404 (Problem)"."""
    if not function.answers:
        return "any success, without a body"
    return " or ".join(
        (
            f"{each.status} ({each.type} as {each.content_type})"
            if each.content_type
            else each.status
        )
        for each in function.answers
    )


def write_response(
    answer: DescribedAnswer, value: object, choice: Choice = _NO_CHOICE
) -> Response:
    """Write a value as the body of an answer.

    Raises:
        Unfit: It can't be written in this form.
        InvalidArgument: JSON has nothing for it.
    """
    headers = lower_names(choice.headers)
    plain = answer.status.replace("XX", "00").replace("default", "200")
    status = choice.status or int(plain)
    content_type = choice.content_type or answer.content_type or ""
    if "*" in content_type:
        content_type = _TYPES[answer.kind]
    if content_type:
        headers["content-type"] = content_type
    return Response(status, headers, write_body(answer.kind, content_type, value))


def copy_response(response: Response) -> Response:
    """A response like one whose body is there."""
    return Response(response.status, response.headers, response.content)


def lower_names(headers: Mapping[str, str] | None) -> dict[str, str]:
    return {name.lower(): value for name, value in (headers or {}).items()}


@dataclass(frozen=True, slots=True)
class _Codec:
    """A value that is to come back from a response."""

    value: object
    wrap: Callable[[DescribedAnswer, object], object]
    """Gives what is written of it."""

    read: Callable[[Response], object]


def _make(
    function: Function,
    answers: Sequence[DescribedAnswer],
    codec: _Codec,
    choice: Choice,
) -> Response:
    """Make a response of the answer that a value fits best."""
    fits: list[Response] = []
    problem = ""
    for answer in answers:
        if not _is_chosen(answer, choice):
            continue
        try:
            written = codec.wrap(answer, codec.value)
            response = write_response(answer, written, choice)
            back = codec.read(copy_response(response))
        except (ApiError, Unfit) as error:
            problem = problem or str(error).removeprefix(f"{function}: ")
        else:
            if back == codec.value:
                return response
            fits.append(response)
    if fits:
        return fits[0]
    status = "" if choice.status is None else f" with {choice.status}"
    reason = problem or f"its description has {describe_answers(function)}"
    raise NotDescribed(f"{function} can't answer this{status}: {reason}")


_TYPES = {
    "json": "application/json",
    "text": "text/plain",
    "bytes": "application/octet-stream",
}


def _keys(status: int) -> tuple[str, str]:
    return str(status), f"{status // 100}XX"


def _is_chosen(answer: DescribedAnswer, choice: Choice) -> bool:
    status, content_type = choice.status, choice.content_type
    if status is not None and answer.status not in (*_keys(status), "default"):
        return False
    if content_type is None:
        return True
    described, wanted = essence(answer.content_type), essence(content_type)
    return described in (wanted, "*/*", wanted.partition("/")[0] + "/*")
