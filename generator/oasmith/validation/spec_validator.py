"""The only module that knows openapi-spec-validator: its errors, with their places.

Half of these come without a place, or with one that is relative to some schema, so its
keyword validators are wrapped to learn what they were looking at.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from jsonschema_path import SchemaPath
from openapi_spec_validator import (
    OpenAPIV2SpecValidator,
    OpenAPIV30SpecValidator,
    OpenAPIV31SpecValidator,
    OpenAPIV32SpecValidator,
)
from openapi_spec_validator.schemas.backend.jsonschema import create_validator
from openapi_spec_validator.schemas.utils import get_schema_content
from openapi_spec_validator.validation.exceptions import (
    DuplicateOperationIDError,
    ExtraParametersError,
    ParameterDuplicateError,
    UnresolvableParameterError,
)
from openapi_spec_validator.validation.keywords import (
    KeywordValidator,
    SchemaValidator,
)
from openapi_spec_validator.validation.registries import KeywordValidatorRegistry
from openapi_spec_validator.validation.validators import SpecValidator

from ..document import (
    Pointer,
    is_array,
    is_object,
    join_pointer,
    pointer_of_reference,
    split_pointer,
)
from ..grammar import Version, version_of
from .bounds import OutOfTime
from .describe_errors import describe_error
from .verdict import (
    INVALID_DEFAULT,
    INVALID_DOCUMENT,
    UNDEFINED_REQUIRED,
    VALIDATOR_FAILED,
    Problem,
)

_VALIDATORS: Mapping[Version, type[SpecValidator]] = {
    "2.0": OpenAPIV2SpecValidator,
    "3.0": OpenAPIV30SpecValidator,
    "3.1": OpenAPIV31SpecValidator,
    "3.2": OpenAPIV32SpecValidator,
}

_TOLD_BY_SEMANTICS = (
    DuplicateOperationIDError,
    ParameterDuplicateError,
    UnresolvableParameterError,
)


def find_problems(root: dict[str, Any]) -> list[Problem]:
    """What is wrong with a description of a known version, as it is found.

    Whatever exception the validator raises is a problem like the others.
    """
    problems: list[Problem] = []
    places: set[Pointer] = set()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            for found in _find_errors(root):
                problem = _problem(root, found)
                # A keyword may repeat what OpenAPI's own schema said of the same place.
                again = found.keyword and problem.pointer in places
                if not (again or isinstance(found.error, _TOLD_BY_SEMANTICS)):
                    problems.append(problem)
                    places.add(problem.pointer)
        except Exception as failure:
            problems.append(_describe_failure(failure))
    return problems


def _describe_failure(failure: Exception) -> Problem:
    failed = f"failed ({type(failure).__name__})"
    if isinstance(failure, OutOfTime):
        failed = "took too long for a description of this size"
    message = f"the validator {failed}, so that it may not have seen everything"
    return Problem(message, "", VALIDATOR_FAILED)


class _Found(NamedTuple):
    """An error, and what was looked at when it was found."""

    error: Any
    keyword: str = ""
    parts: Sequence[Any] = ()


def _find_errors(root: dict[str, Any]) -> Iterator[_Found]:
    version = version_of(root)
    assert version is not None
    # Made here rather than taken from the library: it would take jsonschema-rs where
    # that is installed, whose errors do not say which alternative failed, and why.
    schema = dict(get_schema_content(version))
    for error in create_validator(schema).iter_errors(root):
        yield _Found(error)
    registry = _Registry(_VALIDATORS[version].keyword_validators)
    # Without handlers, no reference makes it read a file or ask a server.
    path = SchemaPath.from_dict(root, handlers={}, resolved_cache_maxsize=128)
    yield from registry.locating("__root__")(path)


class _Registry(KeywordValidatorRegistry):
    """Gives out keyword validators that say what they were looking at."""

    def __missing__(self, keyword: str) -> KeywordValidator:
        validator = super().__missing__(keyword)
        if isinstance(validator, SchemaValidator):
            validator.visited_schema_ids = _Seen()
            validator.meta_checked_schema_ids = _Seen()
        self[keyword] = located = _Locating(keyword, validator)
        return located

    def locating(self, keyword: str) -> _Locating:
        validator = self[keyword]
        assert isinstance(validator, _Locating)
        return validator


class _Seen(list[int]):
    """What the validator keeps in a list, and looks up once for each schema.

    In a set, a description of 4 MB takes 10.6 s rather than 15.9.
    """

    def __init__(self) -> None:
        super().__init__()
        self._seen: set[int] = set()

    def append(self, item: int, /) -> None:
        self._seen.add(item)

    def __contains__(self, item: object, /) -> bool:
        return item in self._seen


class _Locating(KeywordValidator):
    def __init__(self, keyword: str, validator: Any) -> None:
        super().__init__(validator.registry)
        self._keyword = keyword
        self._validator = validator

    def __call__(self, *args: Any, **kwargs: Any) -> Iterator[_Found]:
        for error in self._validator(*args, **kwargs):
            if isinstance(error, _Found):
                yield error
            else:
                paths = [arg.parts for arg in args if isinstance(arg, SchemaPath)]
                yield _Found(error, self._keyword, paths[0])


def _problem(root: dict[str, Any], found: _Found) -> Problem:
    error = _cause_of(found.error)
    keys = [*found.parts, *error.absolute_path]
    code = INVALID_DOCUMENT
    if found.keyword == "default":
        code = INVALID_DEFAULT
        keys = [*found.parts, "default", *error.absolute_path]
    elif isinstance(error, ExtraParametersError):
        code = UNDEFINED_REQUIRED
    told = describe_error(error)
    if told.member is not None:
        keys.append(told.member)
    return Problem(told.message, _pointer_to(root, keys), code, told.help)


def _cause_of(error: Any) -> Any:
    """The error that says most: where alternatives failed, one of the likeliest."""
    while error.context:
        alternatives: dict[Any, list[Any]] = {}
        for inner in error.context:
            number = inner.relative_schema_path[0]
            alternatives.setdefault(number, []).append(inner)
        likeliest = min(alternatives.values(), key=_unlikeliness)
        error = max(likeliest, key=lambda inner: len(inner.absolute_path))
    return error


def _unlikeliness(errors: list[Any]) -> tuple[int, int, int]:
    """How sure it is that an alternative was not meant.

    It is when it is one for references, or for another value of `type` or `in`; the
    deeper it fails, the more of it was right.
    """
    contradicted = sum(map(_is_contradicted, errors))
    depth = max(len(error.absolute_path) for error in errors)
    return contradicted, -depth, len(errors)


def _is_contradicted(error: Any) -> bool:
    if error.validator == "required":
        return bool(error.validator_value == ["$ref"])
    return error.validator in ("enum", "const") and len(error.relative_path) == 1


def _pointer_to(root: dict[str, Any], keys: Iterable[Any]) -> Pointer:
    """Where a path leads that goes through references, as far as it leads."""
    value: Any = root
    pointer = ""
    for key in keys:
        if is_object(value) and key not in value:
            target = pointer_of_reference(str(value.get("$ref", "?")))
            if target is None:
                break
            value, pointer = _find(root, target), target
        try:
            value = value[key]
        except (LookupError, TypeError):
            break
        pointer = join_pointer(pointer, key)
    return pointer


def _find(root: dict[str, Any], pointer: Pointer) -> Any:
    value: Any = root
    for key in split_pointer(pointer):
        value = value[int(key)] if is_array(value) else value[key]
    return value
