"""Finds what a JSONPath selects: the only module that knows jsonpath-rfc9535."""

from __future__ import annotations

from typing import Any

from jsonpath_rfc9535 import JSONPathError, compile

from ..document import Pointer, join_pointer


class BadPath(Exception):
    """A text is no JSONPath; the message says why."""


def find_pointers(path: str, root: Any) -> list[Pointer]:
    """The pointers of what a JSONPath (RFC 9535) selects, each once, in its order.

    Raises:
        BadPath: It is none.
    """
    try:
        found = compile(path).find(root)
    except JSONPathError as error:
        raise BadPath(str(error).partition(", line ")[0]) from error
    except RecursionError as error:
        raise BadPath("it is nested too deep") from error
    return list(dict.fromkeys(join_pointer("", *node.location) for node in found))
