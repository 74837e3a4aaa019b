# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Results and failures in the envelopes that they would come in, for fakes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .testing_functions import DescribedAnswer
from .testing_items import Unfit
from .unset import UNSET


@dataclass(frozen=True, slots=True)
class Whole:
    """All of an envelope, where a function returns only the result in it.

    ``fake.on(list_zones).answer(Whole(ZoneList(...)))`` says also what is around it.
    """

    envelope: object


def wrap(answer: DescribedAnswer, value: object) -> object:
    """What a server would write for the result that a function returns.

    Raises:
        Unfit: There is no such envelope, or what is around the result is not known.
    """
    envelope = answer.envelope
    if isinstance(value, Whole):
        if envelope is None:
            raise Unfit("its answer is in no envelope")
        return value.envelope
    if envelope is None or value is UNSET:
        return value
    if value is None and envelope["nullable"]:
        return None
    frame = _frame_of(envelope)
    if value is None and not envelope["required"]:
        return frame
    return {**frame, envelope["result"]: value}


def wrap_failure(answer: DescribedAnswer, errors: object) -> object:
    """What a server would write, with a success status, of a failure.

    Raises:
        Unfit: A failure shows in the status alone, or its reasons are not described.
    """
    telling = answer.telling
    if telling is None or telling["success"] is None:
        raise Unfit("nothing in its answer tells of a failure")
    if isinstance(errors, Whole):
        return errors.envelope
    failed = {**_frame_of(telling), telling["success"]: False}
    if telling.get("required"):
        failed[telling["result"]] = None
    if errors is not UNSET:
        if telling["errors"] is None:
            raise Unfit("nothing in its answer tells the reasons of a failure")
        failed[telling["errors"]] = errors
    return failed


def _frame_of(telling: Mapping[str, Any]) -> dict[str, Any]:
    frame: dict[str, Any] | None = telling["frame"]
    if frame is None:
        raise Unfit("it is not known what else is in its envelope: give the Whole")
    return frame
