# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""UUIDs that were written in an unusual way: in upper case, or in braces."""

from __future__ import annotations

from uuid import UUID


class SpelledUUID(UUID):
    """A UUID that is written back as it was read."""

    text = ""

    @classmethod
    def of(cls, text: str) -> SpelledUUID:
        spelled = cls(text)
        # UUIDs refuse to be changed.
        object.__setattr__(spelled, "text", text)
        return spelled

    def __repr__(self) -> str:
        return repr(UUID(int=self.int))


def spell_uuid(value: UUID) -> str:
    """Write a UUID; one that was read as it was."""
    text = value.text if isinstance(value, SpelledUUID) else ""
    return text or str(value)
