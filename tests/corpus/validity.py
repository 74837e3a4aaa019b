"""Says whether an instance is valid: the only module that knows jsonschema-rs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import jsonschema_rs

from oasmith.document import Pointer

from .definitions import Definitions, schema_reference

_RESOURCE = "urn:corpus"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Unusable(Exception):
    """The library refuses a schema; the message says why."""


class Judge:
    """Validates against the schemas of a document, formats included."""

    def __init__(self, definitions: Definitions) -> None:
        resource = {"$schema": _DIALECT, **definitions.as_resource()}
        try:
            self._registry = jsonschema_rs.Registry([(_RESOURCE, resource)])
        except ValueError as error:
            raise Unusable(str(error)) from error

    def validator(self, pointers: Sequence[Pointer]) -> jsonschema_rs.Validator:
        """Prepare for the instances of the schemas at some pointers, all of them.

        Raises:
            Unusable: A pattern in it is none that the library knows, or the like.
        """
        references = [{"$ref": _RESOURCE + schema_reference(it)} for it in pointers]
        schema: dict[str, Any] = {"allOf": references}
        try:
            return jsonschema_rs.Draft202012Validator(
                schema, registry=self._registry, validate_formats=True
            )
        except ValueError as error:
            raise Unusable(str(error).partition("\n")[0]) from error
