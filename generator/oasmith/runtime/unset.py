# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""UNSET, which tells what is absent apart from what is null."""

from enum import Enum
from typing import Final, Literal


class Unset(Enum):
    """The type of UNSET; being an enum lets type checkers follow ``is UNSET``."""

    UNSET = "UNSET"

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset.UNSET
