"""What openapi-spec-validator has to say about a description, as plain data."""

from __future__ import annotations

from typing import NamedTuple

from ..diagnostics import Severity
from ..document import Pointer

INVALID_DOCUMENT = "invalid-document"
INVALID_DEFAULT = "invalid-default"
UNDEFINED_REQUIRED = "undefined-required"
VALIDATOR_FAILED = "validator-failed"


class Problem(NamedTuple):
    """One thing that is wrong, in a form that another process can send."""

    message: str
    pointer: Pointer
    code: str
    help: str | None = None


def severity_of(code: str) -> Severity:
    """How bad a problem is: only what changes the meaning of a description is an error.

    A default is never sent, and `required` may name what `properties` does not (JSON
    Schema Validation section 6.5.3), so that a client can do with both.
    """
    return "error" if code == INVALID_DOCUMENT else "warning"
