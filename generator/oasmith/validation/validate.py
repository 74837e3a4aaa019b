"""Validates a description with openapi-spec-validator, and remembers the verdict."""

from __future__ import annotations

import json
import sys
from typing import Any

from ..cache import Cache
from ..diagnostics import Diagnostic, Diagnostics
from ..document import Document, is_object, join_pointer
from ..grammar import version_of
from .bounds import limit_memory, time_limited
from .parts import Parts, find_parts, keep_parts
from .values import show
from .verdict import VALIDATOR_FAILED, Problem, severity_of

_RULES_VERSION = 2
"""To be raised when our own code gives another verdict on the same description."""

_LIBRARIES = ("openapi-spec-validator", "openapi-schema-validator", "jsonschema")

_MOST_PROBLEMS = 50


def check_version(document: Document, diagnostics: Diagnostics) -> None:
    """End the run when a document is no OpenAPI description of a known version.

    Raises:
        Stopped: It is none.
    """
    root = document.root
    written = next((name for name in ("openapi", "swagger") if name in root), None)
    if written is None:
        message = (
            'this is no OpenAPI description: it has neither "openapi" nor "swagger"'
        )
        diagnostics.fatal("not-openapi", message, document.node(""))
    if version_of(root) is None:
        diagnostics.fatal(
            "unsupported-version",
            f'"{written}" is {show(root[written])}',
            document.node(join_pointer("", written)),
            help="supported are OpenAPI 3.0, 3.1 and 3.2, and Swagger 2.0",
        )


def validate_document(document: Document, diagnostics: Diagnostics) -> None:
    """Tell what openapi-spec-validator finds wrong with a document.

    Raises:
        Stopped: It is no OpenAPI description of a known version.
    """
    check_version(document, diagnostics)
    tell_problems(document, check_with_validator(document.root), diagnostics)


def check_with_validator(root: dict[str, Any]) -> list[Problem]:
    """What openapi-spec-validator finds wrong, from the cache if that has the verdict.

    Args:
        root: A description that `check_version` lets pass. References out of it are not
            followed, whatever they are.
    """
    parts, tools = find_parts(root), _name_tools()
    cache, key = Cache("validate"), f"{tools} {parts.digest}"
    if (stored := cache.get(key)) is not None:
        return [Problem(*problem) for problem in json.loads(stored)]
    problems = _find_problems(root, parts, f"{tools} {_name_description(root)}")
    if all(problem.code != VALIDATOR_FAILED for problem in problems):
        cache.put(key, json.dumps(problems).encode())
    return problems


def _find_problems(root: dict[str, Any], parts: Parts, name: str) -> list[Problem]:
    """Ask the validator, of a description that was valid only about what is new to it.

    If that is at fault it is asked about everything, for the order of what it says.

    Args:
        name: What the description of before is known by.
    """
    cache = Cache("valid-parts")
    known = {*json.loads(cache.get(name) or b"[]")}
    new = [each for each, digest in parts.digests.items() if digest not in known]
    problems: list[Problem] | None = None
    if len(new) < len(parts.digests):
        problems = _ask_validator(keep_parts(root, parts, new), parts.size)
    if problems is None or problems:
        problems = _ask_validator(root, parts.size)
    if not problems and parts.digests:
        cache.put(name, json.dumps([*parts.digests.values()]).encode())
    return problems


def _ask_validator(root: dict[str, Any], size: int) -> list[Problem]:
    # Imported here, since it takes a third of a second.
    from .spec_validator import find_problems

    with time_limited(size):
        return find_problems(root)


def prepare_validator() -> None:
    """Make a process ready for `check_with_validator`, and for nothing else.

    Its imports take a third of a second.
    """
    from . import spec_validator as spec_validator

    limit_memory()


def tell_problems(
    document: Document, problems: list[Problem], diagnostics: Diagnostics
) -> None:
    """Make diagnostics of what `check_with_validator` found: of 50, errors first."""
    if diagnostics.has_errors:
        # The validator raises where a reference leads nowhere, which is told already.
        problems = [each for each in problems if each.code != VALIDATOR_FAILED]
    ranked = sorted(problems, key=lambda each: severity_of(each.code) != "error")
    for problem in ranked[:_MOST_PROBLEMS]:
        diagnostics.add(diagnose(document, problem))
    if rest := ranked[_MOST_PROBLEMS:]:
        message = f"there are {len(rest)} more problems like these"
        diagnostics.add(diagnose(document, Problem(message, "", rest[0].code)))


def diagnose(document: Document, problem: Problem) -> Diagnostic:
    """Give a problem its severity and its place."""
    message, pointer, code, help = problem
    place = document.node(pointer)
    return Diagnostic(code, severity_of(code), message, place, help)


def _name_tools() -> str:
    """All that verdicts depend on besides the description."""
    # Only who validates has to wait for this import.
    from importlib import metadata

    versions = [f"{name} {metadata.version(name)}" for name in _LIBRARIES]
    return f"{_RULES_VERSION} {sys.version_info[:2]} {versions}"


def _name_description(root: dict[str, Any]) -> str:
    """What a description has in common with those of before and after it.

    What decides on the validity of all parts is among it.
    """
    info = root.get("info")
    title = info.get("title") if is_object(info) else None
    versions = [root.get(key) for key in ("openapi", "swagger", "jsonSchemaDialect")]
    return json.dumps([versions, title], default=str)
