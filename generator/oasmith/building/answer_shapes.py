"""What answers are wrapped in, and how they go on: envelopes and pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..answer_rules import Style
from ..document import Pointer

if TYPE_CHECKING:
    from .api import Type


@dataclass(frozen=True, slots=True)
class Member:
    """A property as a step from an object to what is in it."""

    owner: Pointer
    """The declaration of the object."""

    name: str
    type: Type
    """What is there, without null."""

    is_sure: bool
    """Whether it is always there, and never null."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """An object around a result, which alone is returned."""

    result: Member
    returns: Type
    """What is returned: the result, or null where there is none."""

    is_required: bool
    """Whether the member of the result is always there."""


@dataclass(frozen=True, slots=True)
class Failure:
    """How an answer tells, with a success status, that the operation failed."""

    success: str
    """The member that is then false."""

    errors: Member | None
    """The member that has the reasons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """How the answers of an operation go on, page by page."""

    style: Style
    parameter: str | None
    """The query parameter that tells the page."""

    first: int
    """What the parameter is if it is not given: the number of a page, or an offset."""

    is_page_sure: bool
    """Whether a page is never null."""

    path: tuple[Member, ...]
    """The way from what the function returns to its items."""

    item: Type
    next: Pointer | None
    """The pointer into the answer to the next cursor or URL."""

    total: Pointer | None
    total_pages: Pointer | None
    has_more: Pointer | None
