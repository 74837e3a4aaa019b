"""Include patterns: what they match, and what is said when they match nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from oasmith.diagnostics import Diagnostics
from oasmith.document import Document
from oasmith.slicing.select import list_operations, parse_selection, select_operations

Load = Callable[[str], Document]

_ZOO = """
openapi: 3.0.3
paths:
  /pets:
    get: { operationId: pets-list, tags: [Pets], summary: List }
    post: { operationId: pets-add, tags: [Pets, Admin], deprecated: true }
    query: { operationId: not-in-this-version }
    parameters: []
  /pets/{id}:
    get: { operationId: pets-get, tags: [Pets] }
  /pets/{id}/toys/{toy}:
    delete: { operationId: toys-delete, tags: [Toys for Pets] }
  "/search?q={q}":
    get: {}
  x-more:
    get: { operationId: an-extension }
"""

_LIST, _ADD = "GET /pets", "POST /pets"
_GET, _TOYS, _SEARCH = (
    "GET /pets/{id}",
    "DELETE /pets/{id}/toys/{toy}",
    "GET /search?q={q}",
)


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        ([], [_LIST, _ADD, _GET, _TOYS, _SEARCH]),
        (["GET /pets"], [_LIST]),
        (["get   /pets"], [_LIST]),
        (["/pets"], [_LIST, _ADD]),
        (["* /pets"], [_LIST, _ADD]),
        (["/pets/*"], [_GET]),
        (["/pets/{*}"], [_GET]),
        (["/pets/{id}"], [_GET]),
        (["/pets/**"], [_LIST, _ADD, _GET, _TOYS]),
        (["DELETE /pets/**"], [_TOYS]),
        (["/**/toys/*"], [_TOYS]),
        (["/**/{toy}"], [_TOYS]),
        (["/**"], [_LIST, _ADD, _GET, _TOYS, _SEARCH]),
        (["/search?q={q}"], [_SEARCH]),
        (["tag:Pets"], [_LIST, _ADD, _GET]),
        (["tag:*Pets"], [_LIST, _ADD, _GET, _TOYS]),
        (["tag:Toys for Pets"], [_TOYS]),
        (["op:pets-*"], [_LIST, _ADD, _GET]),
        (["op:pets-get", "tag:Admin"], [_ADD, _GET]),
    ],
)
def test_patterns_select(load: Load, patterns: list[str], expected: list[str]) -> None:
    diagnostics = Diagnostics()
    selection = parse_selection(patterns, diagnostics, None)
    found = select_operations(list_operations(load(_ZOO)), selection, diagnostics)
    assert [f"{each.method} {each.path}" for each in found] == expected
    assert not list(diagnostics)


@pytest.mark.parametrize(
    ("pattern", "message", "help"),
    [
        ("", '"" selects nothing that is known', "say "),
        ("*", '"*" selects nothing that is known', "say "),
        ("tag:", '"tag:" selects nothing that is known', "say "),
        (
            "pets",
            '"pets" selects nothing that is known',
            'did you mean "/pets" or "tag:pets" or "op:pets"',
        ),
        (
            "Toys for Pets",
            '"Toys for Pets" selects nothing that is known',
            'did you mean "tag:Toys for Pets" or "op:Toys for Pets"',
        ),
        (
            "get  pets",
            '"get  pets" selects nothing that is known',
            'did you mean "GET /pets"',
        ),
        (
            "tags: Pets",
            '"tags: Pets" selects nothing that is known',
            'did you mean "tag:Pets"',
        ),
        (
            "operationId:pets-get",
            '"operationId:pets-get" selects nothing that is known',
            'did you mean "op:pets-get"',
        ),
        ("GET /pet", '"GET /pet" matches no operation', 'did you mean "GET /pets"'),
        ("get /pet", '"get /pet" matches no operation', 'did you mean "GET /pets"'),
        ("/pet", '"/pet" matches no operation', 'did you mean "/pets"'),
        ("/pets/", '"/pets/" matches no operation', 'did you mean "/pets"'),
        (
            "/pet/**/toys/*",
            '"/pet/**/toys/*" matches no operation',
            'did you mean "/pets/**/toys/*"',
        ),
        (
            "DELETE /pets/*/toy/**",
            '"DELETE /pets/*/toy/**" matches no operation',
            'did you mean "DELETE /pets/*/toys/**"',
        ),
        (
            "/toys/*",
            '"/toys/*" matches no operation',
            'did you mean "/**/toys/*"',
        ),
        (
            "PUT /pets/**",
            '"PUT /pets/**" matches no operation',
            'did you mean "GET /pets/**" or "POST /pets/**" or "DELETE /pets/**"',
        ),
        (
            "put /pets",
            '"put /pets" matches no operation',
            'did you mean "GET /pets" or',
        ),
        ("tag:pets", '"tag:pets" matches no operation', 'did you mean "tag:Pets"'),
        ("op:pet-get", '"op:pet-get" matches no operation', 'did you mean "op:pets-g'),
        ("op:an-extension", '"op:an-extension" matches no operation', "did you"),
        ("op:zzz", '"op:zzz" matches no operation', '"oasmith operations" lists'),
    ],
)
def test_patterns_that_select_nothing_are_errors(
    load: Load, pattern: str, message: str, help: str
) -> None:
    diagnostics = Diagnostics()
    selection = parse_selection([pattern], diagnostics, None)
    if not diagnostics.has_errors:
        select_operations(list_operations(load(_ZOO)), selection, diagnostics)
    (found,) = diagnostics
    assert (found.severity, found.message) == ("error", message)
    assert found.help is not None and found.help.startswith(help)


def test_a_summary_says_what_is_seen_from_outside(load: Load) -> None:
    first, second, *_ = list_operations(load(_ZOO))
    assert (first.operation_id, first.tags) == ("pets-list", ("Pets",))
    assert (first.summary, first.deprecated) == ("List", False)
    assert (second.deprecated, second.pointer) == (True, "/paths/~1pets/post")


@pytest.mark.parametrize(
    ("version", "methods"),
    [
        ("swagger: 2.0", ["GET"]),
        ("openapi: 3.0.3", ["GET", "TRACE"]),
        ("openapi: 3.1", ["GET", "TRACE"]),
        ("openapi: 3.2.0", ["GET", "TRACE", "QUERY", "COPY"]),
    ],
)
def test_methods_depend_on_the_version(
    load: Load, version: str, methods: list[str]
) -> None:
    members = "get: {}, trace: {}, query: {}, additionalOperations: { COPY: {} }"
    document = load(f"{version}\npaths: {{ /pets: {{ {members} }} }}")
    assert [each.method for each in list_operations(document)] == methods
