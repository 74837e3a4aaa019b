"""Checks what the validator never looks at: whether the parts agree with each other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..diagnostics import Diagnostics
from ..document import Document, is_array, is_object, join_pointer
from ..grammar import Part, has_default_mapping, walk
from ..security_names import find_scheme
from ..suggestions import suggest_reference
from .parameters import (
    Declared,
    declared_in,
    follow,
    parameters_of,
    path_item_of,
    path_of,
    template_names,
)
from .references import References
from .server_variables import disagreements


def check_semantics(document: Document, diagnostics: Diagnostics) -> None:
    """Tell of what does not fit together in a description of any version."""
    _Check(document, diagnostics).run()


class _Check:
    """One walk over one document, and what it has to remember."""

    def __init__(self, document: Document, diagnostics: Diagnostics) -> None:
        self._document = document
        self._diagnostics = diagnostics
        self._parts = list(walk(document.root))
        self._references = References(document, self._parts)
        self._schemes = _declared_schemes(document.root)
        self._operation_ids: set[str] = set()
        self._has_security = False
        self._refusals: list[str] = []
        """Where operations answer that credentials lack (401)."""

    def run(self) -> None:
        for part in self._parts:
            if "$ref" in part.value:
                self._check_reference(part)
            match part.kind:
                case "OpenAPI":
                    self._check_security(part)
                case "Paths":
                    self._check_paths(part)
                case "PathItem":
                    self._check_duplicate_parameters(part)
                case "Operation":
                    self._check_security(part)
                    self._check_duplicate_parameters(part)
                    self._check_path_parameters(part)
                    self._check_operation_id(part)
                    self._note_refusal(part)
                case "Server":
                    for message, pointer in disagreements(part):
                        self._warn("server-variable", message, pointer)
                case "Schema" if "discriminator" in part.value:
                    self._check_discriminator(part)
                case _:
                    pass
        if self._refusals and not self._has_security:
            message = (
                "401 is answered, and no credentials are described: "
                "the client takes none"
            )
            self._diagnostics.warning(
                "undescribed-security",
                message,
                self._document.node(self._refusals[0]),
                help="describe them, in an overlay where the description is another's",
            )

    def _error(self, code: str, message: str, pointer: str) -> None:
        self._diagnostics.error(code, message, self._document.node(pointer))

    def _warn(self, code: str, message: str, pointer: str) -> None:
        self._diagnostics.warning(code, message, self._document.node(pointer))

    def _check_reference(self, part: Part) -> None:
        reference = part.value["$ref"]
        pointer = join_pointer(part.pointer, "$ref")
        if isinstance(reference, str):
            self._tell(reference, part.pointer, pointer)

    def _tell_broken(self, name: str, base: str, pointer: str) -> bool:
        """Say what is wrong with the reference that may name a security scheme.

        Returns:
            Whether it leads nowhere; else it is no reference, or one to something else.
        """
        if "/" not in name and "#" not in name:
            return False
        self._tell(name, base, pointer)
        return self._references.look_up(name, base) != "found"

    def _tell(self, reference: str, base: str, pointer: str) -> None:
        """Say what is wrong with a reference, if anything is.

        Args:
            base: Where the reference is relative to.
            pointer: Where it stands.
        """
        match self._references.look_up(reference, base):
            case "found":
                pass
            case "missing":
                self._diagnostics.error(
                    "unresolved-reference",
                    f'"{reference}" is a reference to nothing',
                    self._document.node(pointer),
                    help=suggest_reference(self._document, reference.lstrip("#")),
                )
            case "external":
                message = f'"{reference}" is a reference out of this document'
                self._error("external-reference", message, pointer)

    def _check_security(self, part: Part) -> None:
        security = part.value.get("security")
        for index, required in enumerate(security if is_array(security) else ()):
            for name in required if is_object(required) else ():
                self._has_security = True
                pointer = join_pointer(part.pointer, "security", index, name)
                if find_scheme(self._document, name) is not None:
                    continue
                if self._tell_broken(name, part.pointer, pointer):
                    continue
                known = ", ".join(f'"{scheme}"' for scheme in self._schemes) or "none"
                self._diagnostics.error(
                    "unknown-security-scheme",
                    f'security scheme "{name}" is not declared',
                    self._document.node(pointer),
                    help=f"these are declared: {known}",
                )

    def _check_paths(self, part: Part) -> None:
        first: dict[str, str] = {}
        for path in part.value:
            if not path.startswith("/"):
                continue
            other = first.setdefault(re.sub(r"\{[^{}]*\}", "{}", path), path)
            if other != path:
                message = f'path "{path}" can\'t be told from "{other}"'
                self._warn("ambiguous-path", message, join_pointer(part.pointer, path))

    def _check_duplicate_parameters(self, part: Part) -> None:
        first: set[tuple[str, str]] = set()
        for declared in declared_in(self._document, part):
            if declared is None:
                continue
            name, place = declared.name, declared.place
            # Header names differ in more than their case (RFC 9110 section 5.1).
            key = (name.lower() if place == "header" else name, place)
            if key in first:
                message = f'{place} parameter "{name}" is declared twice'
                self._error("duplicate-parameter", message, declared.pointer)
            first.add(key)

    def _check_path_parameters(self, part: Part) -> None:
        item = path_item_of(self._document, part)
        parameters = item and parameters_of(self._document, part, item)
        if item is None or parameters is None:
            return
        path = path_of(item)
        names = template_names(path)
        declared = {each.name: each for each in parameters if each.place == "path"}
        for name in names:
            if name not in declared:
                message = f'"{{{name}}}" in path "{path}" is declared by no parameter'
                self._error("path-parameter-mismatch", message, part.pointer)
        for extra in declared.values():
            if extra.name not in names:
                self._tell_extra(extra, path)

    def _tell_extra(self, declared: Declared, path: str) -> None:
        message = f'path parameter "{declared.name}" does not occur in path "{path}"'
        self._error("path-parameter-mismatch", message, declared.pointer)

    def _check_operation_id(self, part: Part) -> None:
        name = part.value.get("operationId")
        if isinstance(name, str):
            if name in self._operation_ids:
                message = f'operation id "{name}" is used before; this one is renamed'
                pointer = join_pointer(part.pointer, "operationId")
                self._warn("duplicate-operation-id", message, pointer)
            self._operation_ids.add(name)

    def _note_refusal(self, part: Part) -> None:
        if "401" in _member(part.value, "responses"):
            self._refusals.append(join_pointer(part.pointer, "responses", "401"))

    def _check_discriminator(self, part: Part) -> None:
        pointer = join_pointer(part.pointer, "discriminator")
        default: str | None = None
        discriminator = part.value["discriminator"]
        match discriminator:
            case {"propertyName": str(name)}:
                default = self._check_mapping(discriminator, part, pointer)
            case str(name):
                pass
            case _:
                return
        variants = [
            (join_pointer(part.pointer, member, index), variant)
            for member in ("oneOf", "anyOf")
            for index, variant in enumerate(_items(part.value.get(member)))
            if not _is_null(variant) and not _is_named(variant, default)
        ]
        for place, variant in variants or [(pointer, part.value)]:
            if not self._declares(variant, name):
                message = f'discriminator "{name}" is no property of this schema'
                self._warn("undeclared-discriminator", message, place)

    def _check_mapping(
        self, discriminator: Mapping[str, Any], part: Part, pointer: str
    ) -> str | None:
        """Check what a discriminator names, and give its default, if it has one."""
        schemas = _member(_member(self._document.root, "components"), "schemas")
        named = {
            join_pointer(pointer, "mapping", value): target
            for value, target in _member(discriminator, "mapping").items()
        }
        default = discriminator.get("defaultMapping")
        if not has_default_mapping(self._document.root):
            default = None
        named[join_pointer(pointer, "defaultMapping")] = default
        for place, target in named.items():
            if isinstance(target, str) and target not in schemas:
                self._tell(target, part.pointer, place)
        return default if isinstance(default, str) else None

    def _declares(self, schema: Any, name: str) -> bool:
        """Whether a schema, or one that it is made of, has a property."""
        waiting, seen = [schema], set[int]()
        while waiting:
            value = follow(self._document, waiting.pop())
            if value is None:
                # A reference that leads nowhere is told of elsewhere.
                return True
            if not is_object(value) or id(value) in seen:
                continue
            seen.add(id(value))
            if name in _member(value, "properties"):
                return True
            for member in ("allOf", "oneOf", "anyOf"):
                waiting.extend(_items(value.get(member)))
        return False


def _is_null(schema: Any) -> bool:
    return is_object(schema) and schema.get("type") in ("null", ["null"])


def _is_named(schema: Any, name: str | None) -> bool:
    """Whether a schema is the one that a discriminator names, or refers to it."""
    reference = schema.get("$ref") if is_object(schema) else None
    if name is None or not isinstance(reference, str):
        return False
    return reference in (name, f"#/components/schemas/{name}")


def _declared_schemes(root: Mapping[str, Any]) -> Mapping[str, Any]:
    components = _member(root, "components")
    return {
        **_member(root, "securityDefinitions"),
        **_member(components, "securitySchemes"),
    }


def _member(value: Mapping[str, Any], name: str) -> dict[str, Any]:
    member = value.get(name)
    return member if is_object(member) else {}


def _items(value: Any) -> list[Any]:
    return value if is_array(value) else []
