"""The only module that knows openapi-schema-validator: whether a value is valid."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import openapi_schema_validator

from ..document import Document, Pointer, join_pointer
from ..grammar import version_of
from .describe_errors import describe_error

# The validators for what is read are made at run time, so that no checker knows them.
_LIBRARY: Mapping[str, Any] = vars(openapi_schema_validator)


class ValueCheck:
    """Checks values against the schemas of a document, as answers."""

    def __init__(self, document: Document) -> None:
        root = document.root
        # As a schema, a description says nothing, but references in it find their way.
        is_old = version_of(document.root) in ("2.0", "3.0")
        validator = _LIBRARY["OAS30ReadValidator" if is_old else "OAS31Validator"]
        formats = _LIBRARY["oas30_format_checker" if is_old else "oas31_format_checker"]
        self._validator: Any = validator(root, format_checker=formats)

    def mistake(self, schema: Pointer, value: Any) -> str | None:
        """The first thing that is wrong with a value of the schema at a pointer."""
        reference = {"$ref": "#" + quote(schema, safe="/~!$&'()*+,;=:@?")}
        validator = self._validator.evolve(schema=reference)
        try:
            found = next(validator.iter_errors(value), None)
        except re.error:
            # A pattern that only JavaScript can read is no mistake of the value.
            return None
        if found is None:
            return None
        message = describe_error(found).message
        where = join_pointer("", *found.absolute_path)
        return f'at "{where}", {message}' if where else message
