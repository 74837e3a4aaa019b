"""Swagger 2.0 is read into the same Spec that OpenAPI 3 is read into."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from oasmith.reading.spec import (
    ApiKeyScheme,
    BasicScheme,
    BearerScheme,
    MediaType,
    Operation,
    RequestBody,
    Spec,
)

Read = Callable[[str], tuple[Spec, list[str]]]

_HEAD = """swagger: "2.0"
info: {title: Pets, version: "1"}
"""


def _operation(read: Read, text: str) -> Operation:
    spec, told = read(f"{_HEAD}{text}")
    assert told == []
    (operation,) = spec.operations
    return operation


@pytest.mark.parametrize(
    ("written", "urls"),
    [
        ("host: example.com", ["https://example.com"]),
        ("host: example.com\nbasePath: /v1", ["https://example.com/v1"]),
        ("host: 'a:80'\nschemes: [http, https]", ["https://a:80", "http://a:80"]),
        ("host: a.com\nschemes: [ws, http]", ["http://a.com"]),
        ("basePath: /v1\nschemes: [https]", ["/v1"]),
        ("schemes: [https]", []),
    ],
)
def test_reads_servers(written: str, urls: list[str], read: Read) -> None:
    spec, _ = read(f"{_HEAD}{written}\npaths: {{}}\n")
    assert [server.url for server in spec.servers] == urls


def test_reads_a_server_of_an_operation_that_needs_its_own(read: Read) -> None:
    spec, _ = read(_HEAD + """host: a.com
schemes: [https, http]
paths:
  /same: {get: {schemes: [https], responses: {}}}
  /other: {get: {schemes: [http], responses: {}}}
""")
    urls = [[server.url for server in each.servers] for each in spec.operations]
    assert urls == [[], ["http://a.com"]]


@pytest.mark.parametrize(
    ("written", "style", "explode"),
    [
        ("in: query, type: string", "form", True),
        ("in: path, type: integer", "simple", False),
        ("in: header, type: boolean", "simple", False),
        ("in: query, type: array", "form", False),
        ("in: query, type: array, collectionFormat: csv", "form", False),
        ("in: query, type: array, collectionFormat: multi", "form", True),
        ("in: query, type: array, collectionFormat: ssv", "spaceDelimited", False),
        ("in: query, type: array, collectionFormat: pipes", "pipeDelimited", False),
        ("in: query, type: array, collectionFormat: tsv", "tabDelimited", False),
        ("in: path, type: array, collectionFormat: csv", "simple", False),
        ("in: path, type: array, collectionFormat: pipes", "pipeDelimited", False),
        ("in: header, type: array", "simple", False),
        ("in: header, type: array, collectionFormat: ssv", "spaceDelimited", False),
    ],
)
def test_reads_collection_formats_as_styles(
    written: str, style: str, explode: bool, read: Read
) -> None:
    operation = _operation(
        read,
        f"""paths:
  /pets/{{p}}:
    get:
      parameters: [{{name: p, {written}, items: {{type: string}}}}]
      responses: {{}}
""",
    )
    (parameter,) = operation.parameters
    assert (parameter.style, parameter.explode) == (style, explode)


@pytest.mark.parametrize(
    "written",
    [
        "in: header, collectionFormat: multi, items: {type: string}",
        "in: path, collectionFormat: multi, items: {type: string}",
        "in: query, items: {type: array, items: {type: string}}",
    ],
)
def test_takes_text_for_an_array_that_can_not_be_written(
    written: str, read: Read
) -> None:
    spec, told = read(f"""{_HEAD}paths:
  /pets/{{p}}:
    get:
      parameters:
        - {{name: p, type: array, {written}}}
      responses: {{}}
""")
    assert told == ["7 unsupported-style"]
    (parameter,) = spec.operations[0].parameters
    assert parameter.schema.types == ("string",)
    assert parameter.schema.items is None


def test_reads_the_facts_of_a_parameter(read: Read) -> None:
    operation = _operation(
        read,
        """parameters:
  Page: {name: page, in: query, type: integer, minimum: 1, default: 1}
paths:
  /pets:
    parameters:
      - {$ref: "#/parameters/Page"}
      - {name: q, in: query, type: string}
    get:
      parameters:
        - {name: q, in: query, type: string, required: true, enum: [a],
           x-nullable: true}
      responses: {}
""",
    )
    page, query = operation.parameters
    assert page.pointer == "/parameters/Page"
    assert page.schema.constraints.minimum == 1
    assert page.schema.annotations.default is not None
    assert (query.name, query.required) == ("q", True)
    assert (query.schema.enum, query.schema.nullable) == (("a",), True)


def _body(read: Read, parameters: str, consumes: str = "") -> RequestBody:
    body = _operation(
        read,
        f"""consumes: [application/xml]
paths:
  /pets:
    post:
      {consumes}
      parameters: [{parameters}]
      responses: {{}}
""",
    ).body
    assert body is not None
    return body


def _types(content: tuple[MediaType, ...]) -> list[str]:
    return [media.content_type for media in content]


@pytest.mark.parametrize(
    ("consumes", "types"),
    [
        ("", ["application/xml"]),
        ("consumes: []", ["application/json"]),
        (
            "consumes: [text/plain, application/json]",
            ["text/plain", "application/json"],
        ),
        ("consumes: [multipart/form-data, text/plain]", ["text/plain"]),
    ],
)
def test_reads_a_body(consumes: str, types: list[str], read: Read) -> None:
    written = "{name: pet, in: body, required: true, schema: {type: object}}"
    body = _body(read, written, consumes)
    assert (body.required, _types(body.content)) == (True, types)
    schema = body.content[0].schema
    assert schema is not None
    assert schema.pointer == "/paths/~1pets/post/parameters/0/schema"


@pytest.mark.parametrize(
    ("kind", "consumes", "types"),
    [
        ("string", "", ["application/x-www-form-urlencoded"]),
        ("string", "consumes: [multipart/form-data]", ["multipart/form-data"]),
        ("file", "", ["multipart/form-data"]),
        (
            "file",
            "consumes: [application/x-www-form-urlencoded]",
            ["multipart/form-data"],
        ),
    ],
)
def test_reads_form_parameters_as_one_body(
    kind: str, consumes: str, types: list[str], read: Read
) -> None:
    fields = (
        f"{{name: photo, in: formData, type: {kind}, required: true}}, "
        "{name: tags, in: formData, type: array, items: {type: string}, "
        "collectionFormat: multi}"
    )
    body = _body(read, fields, consumes)
    assert (body.required, _types(body.content)) == (True, types)
    schema, encoding = body.content[0].schema, body.content[0].encoding
    assert schema is not None
    photo, tags = dict(schema.properties).values()
    assert photo.types == ("string",)
    assert photo.format == ("binary" if kind == "file" else "")
    assert (tags.types, schema.required) == (("array",), ("photo",))
    assert encoding["tags"].style == "form" and encoding["tags"].explode is True


def test_tells_of_two_bodies(read: Read) -> None:
    _, told = read(_HEAD + """paths:
  /pets:
    post:
      parameters:
        - {name: a, in: body, schema: {}}
        - {name: b, in: formData, type: string}
      responses: {}
""")
    assert told == ["8 several-bodies"]


@pytest.mark.parametrize(
    ("schema", "produces", "types"),
    [
        ("{type: object}", "", ["application/json"]),
        ("{type: object}", "[text/plain]", ["text/plain"]),
        ("{type: object}", "[application/xml, text/json]", ["text/json"]),
        ("{type: file}", "", ["application/octet-stream"]),
        ("{type: file}", "[application/json]", ["application/octet-stream"]),
        ("{type: file}", "[image/png, application/json]", ["image/png"]),
        ("null", "[application/json]", []),
    ],
)
def test_reads_the_content_of_a_response(
    schema: str, produces: str, types: list[str], read: Read
) -> None:
    operation = _operation(
        read,
        f"""produces: {produces or "[]"}
paths:
  /pets:
    get:
      responses:
        "200":
          description: pets
          schema: {schema}
          headers: {{X-Rate: {{type: integer, description: calls left}}}}
""",
    )
    (response,) = operation.responses
    assert _types(response.content) == types
    (header,) = response.headers
    assert (header.name, header.schema.types) == ("X-Rate", ("integer",))


def test_reads_security(read: Read) -> None:
    spec, told = read(_HEAD + """security: [{basic: []}, {key: [], oauth: [write]}]
securityDefinitions:
  basic: {type: basic}
  key: {type: apiKey, in: query, name: k}
  oauth: {type: oauth2, flow: implicit, authorizationUrl: "https://a", scopes: {}}
paths:
  /pets: {get: {responses: {}}, head: {security: [], responses: {}}}
""")
    assert told == []
    assert [scheme.means for scheme in spec.schemes] == [
        BasicScheme(),
        ApiKeyScheme("query", "k"),
        BearerScheme("oauth2"),
    ]
    got = [operation.security for operation in spec.operations]
    assert got == [(("basic",), ("key", "oauth")), ((),)]


def test_reads_definitions(read: Read) -> None:
    spec, told = read(_HEAD + """paths:
  /pets:
    get:
      responses: {"200": {description: pets, schema: {$ref: "#/definitions/Pet"}}}
definitions:
  Pet:
    discriminator: kind
    required: [kind]
    properties: {kind: {type: string, x-nullable: true}}
""")
    assert told == []
    pet = spec.schemas["/definitions/Pet"]
    assert pet.discriminator is not None
    assert pet.discriminator.property == "kind"
    kind: Any = dict(pet.properties)["kind"]
    assert kind.nullable and kind.types == ("string",)
