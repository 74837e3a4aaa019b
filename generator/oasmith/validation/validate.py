"""Validates a description with openapi-spec-validator, and remembers the verdict."""

from __future__ import annotations

import json
import sys
from typing import Any

from ..cache import Cache
from ..diagnostics import Diagnostic, Diagnostics
from ..document import Document, join_pointer
from ..grammar import version_of
from .bounds import limit_memory, time_limited
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
    cache, key = Cache("validate"), _key(root)
    if (stored := cache.get(key)) is not None:
        return [Problem(*problem) for problem in json.loads(stored)]
    # Imported here, since it takes a third of a second.
    from .spec_validator import find_problems

    with time_limited(len(key)):
        problems = find_problems(root)
    if all(problem.code != VALIDATOR_FAILED for problem in problems):
        cache.put(key, json.dumps(problems).encode())
    return problems


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


def _key(root: dict[str, Any]) -> str:
    """All that the verdict depends on."""
    # Only who validates has to wait for this import.
    from importlib import metadata

    versions = [f"{name} {metadata.version(name)}" for name in _LIBRARIES]
    python = sys.version_info[:2]
    tree = json.dumps(root, sort_keys=True, separators=(",", ":"))
    return f"{_RULES_VERSION} {python} {versions} {tree}"
