"""Makes examples.json: what fakes answer with, by the description's own examples."""

from __future__ import annotations

import json
from typing import Any

from .building.api import Api, Content, TextContent
from .building.example_candidates import (
    ExampleCandidate,
    find_example_candidates,
)
from .diagnostics import Diagnostics
from .document import is_array
from .reading.spec import Spec
from .validation.examples import ValueCheck


def make_examples(spec: Spec, api: Api, diagnostics: Diagnostics) -> str:
    """Write the first valid example of each answer as JSON, by method and path.

    What is not valid is told.
    """
    check = ValueCheck(spec.document)
    made: dict[str, list[dict[str, Any]]] = {}
    for answer in find_example_candidates(spec, api):
        for candidate in answer.candidates:
            mistake = _find_mistake(check, answer.content, candidate)
            if mistake is None and candidate.value is not None:
                operation = f"{answer.operation.method} {answer.operation.path}"
                entry = {
                    "status": answer.status,
                    "content_type": answer.content_type,
                    "value": candidate.value.json,
                }
                made.setdefault(operation, []).append(entry)
                break
            whose = "the examples of its parts make" if candidate.is_made else "this is"
            diagnostics.warning(
                "unused-example",
                f"{whose} no example of the answer: {mistake}",
                spec.document.node(candidate.place),
                help="until that is corrected, fakes do not answer with it",
            )
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _find_mistake(
    check: ValueCheck, content: Content, candidate: ExampleCandidate
) -> str | None:
    """What is wrong with an example, if something is."""
    if candidate.value is None:
        return "it stands in another file"
    value = candidate.value.json
    if isinstance(content, TextContent) and not isinstance(value, str):
        return "the answer is text"
    if candidate.is_list_of and not is_array(value):
        return "the answer is a list of items"
    if candidate.schema is None:
        return None
    if not candidate.is_list_of:
        return check.mistake(candidate.schema.pointer, value)
    mistakes = (check.mistake(candidate.schema.pointer, item) for item in value)
    return next(filter(None, mistakes), None)
