"""Says how an operation is not as a rule of pagination says, and what is near."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from difflib import get_close_matches

from .page_conventions import plain

_MOST = 8
"""Names that are listed."""


class Unfit(Exception):
    """An operation is not as a rule says.

    Args:
        problem: What it lacks.
        help: Finds what there is instead, if somebody is to be told.
        key: The setting of the rule that says otherwise.
    """

    def __init__(
        self,
        problem: str,
        help: Callable[[], str] | None = None,
        key: str | None = None,
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.key = key
        self._find_help = help

    @property
    def help(self) -> str | None:
        return self._find_help and self._find_help()


def ask_for(key: str, what: str, there: Collection[str]) -> str:
    """The help where nothing has a usual name: what would tell, and what there is."""
    asked = f'say {key} = "..." in the table of the pagination'
    return f"{asked}; {list_names(what, there)}"


def list_names(what: str, there: Collection[str]) -> str:
    """What there is, in words.

    Args:
        what: What the names are of: "its query parameters".
    """
    if not there:
        return f"{what}: none"
    shown = [f'"{name}"' for name in there][:_MOST]
    more = ["..."] if len(there) > _MOST else []
    return f"{what}: {', '.join(shown + more)}"


def suggest_name(wanted: str, what: str, there: Collection[str]) -> str:
    """The nearest name, or else all of them."""
    near = _nearest(wanted, there)
    return f'did you mean "{near}"' if near else list_names(what, there)


def _nearest(wanted: str, there: Iterable[str]) -> str | None:
    spelled = {plain(name): name for name in there}
    close = get_close_matches(plain(wanted), spelled, n=1)
    return spelled[close[0]] if close else None
