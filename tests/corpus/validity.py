"""Says whether an instance is valid: the only module that knows jsonschema-rs."""

from __future__ import annotations

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

    def validator(self, pointer: Pointer) -> jsonschema_rs.Validator:
        """Prepare for the instances of the schema at a pointer.

        Raises:
            Unusable: A pattern in it is none that the library knows, or the like.
        """
        schema: dict[str, Any] = {"$ref": _RESOURCE + schema_reference(pointer)}
        try:
            return jsonschema_rs.Draft202012Validator(
                schema, registry=self._registry, validate_formats=True
            )
        except ValueError as error:
            raise Unusable(str(error).partition("\n")[0]) from error
