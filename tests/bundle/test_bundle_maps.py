"""References in place of whole maps are followed, and told of."""

from __future__ import annotations

import pytest
from bundling import Bundle

_HEAD = 'openapi: 3.1.0\ninfo: {title: Pets, version: "1"}\n'
_GET = """\
  /pets:
    get:
      responses:
        "200":
          description: pets
          content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
"""
_SCHEMAS = """\
Pet: {type: object, properties: {tag: {$ref: "#/Tag"}, home: {$ref: "home.yaml"}}}
Tag: {type: string}
x-note: {type: integer}
"""
_REPAIR = "repair[misplaced-reference]"


def test_a_section_of_components_may_be_a_file(bundle: Bundle) -> None:
    bundled = bundle(
        {
            "api.yaml": f"{_HEAD}paths:\n{_GET}components:\n"
            "  schemas: {$ref: lib/schemas.yaml, Own: {$ref: lib/schemas.yaml#/Tag}}\n",
            "lib/schemas.yaml": _SCHEMAS,
            "lib/home.yaml": "properties:\n"
            "  pet: {$ref: ../api.yaml#/components/schemas/Pet}",
        }
    )
    assert bundled.told == [f"api.yaml:11:13 {_REPAIR}"]
    schemas = bundled.find("/components/schemas")
    assert list(schemas) == ["Pet", "Tag", "x-note", "Own", "home"]
    assert schemas["Pet"]["properties"] == {
        "tag": {"$ref": "#/components/schemas/Tag"},
        "home": {"$ref": "#/components/schemas/home"},
    }
    pet = {"$ref": "#/components/schemas/Pet"}
    assert schemas["home"]["properties"]["pet"] == pet
    assert schemas["Own"] == {"$ref": "#/components/schemas/Tag"}
    assert bundled.place("/components/schemas/Pet/type") == "lib/schemas.yaml:1:7"


@pytest.mark.parametrize("reference", ["parts.yaml#/paths", "#/x-paths"])
def test_paths_may_be_elsewhere(reference: str, bundle: Bundle) -> None:
    paths = "/a: {get: {operationId: a}}\n"
    bundled = bundle(
        {
            "api.yaml": f'{_HEAD}paths: {{$ref: "{reference}"}}\nx-paths:\n  {paths}',
            "parts.yaml": f"paths:\n  {paths}",
        }
    )
    assert bundled.told == [f"api.yaml:3:9 {_REPAIR}"]
    path = bundled.find("/paths/~1a")
    assert path == {"get": {"operationId": "a"}} or path == {"$ref": "#/x-paths/~1a"}


def test_components_may_be_a_file_of_files(bundle: Bundle) -> None:
    bundled = bundle(
        {
            "api.yaml": f"{_HEAD}paths:\n{_GET}"
            "components: {$ref: lib/components.yaml}\n",
            "lib/components.yaml": "schemas: {$ref: schemas.yaml}\n",
            "lib/schemas.yaml": "Pet: {type: object}\n",
        }
    )
    assert bundled.told == [f"api.yaml:10:14 {_REPAIR}", f"api.yaml:10:1 {_REPAIR}"]
    assert bundled.find("/components/schemas") == {"Pet": {"type": "object"}}


def test_maps_in_operations_and_schemas_may_be_elsewhere(bundle: Bundle) -> None:
    bundled = bundle(
        {
            "api.yaml": f"{_HEAD}"
            """paths:
  /pets:
    get:
      responses: {$ref: "parts.yaml#/responses"}
    put:
      responses:
        "200":
          description: ok
          headers:
            $ref: "parts.yaml#/headers"
            X-Own: {schema: {$ref: "parts.yaml#/schema"}}
    post: {$ref: "parts.yaml#/none"}
""",
            "parts.yaml": """\
responses: {"200": {description: ok, content: {$ref: "#/content"}}}
content: {application/json: {schema: {properties: {$ref: "#/properties"}}}}
properties: {a: {$ref: "#/schema"}}
headers: {X-Rate: {schema: {$ref: "#/schema"}}}
schema: {type: string}
""",
        }
    )
    assert sorted(bundled.told) == [
        "api.yaml:12:13 " + _REPAIR,
        "api.yaml:14:12 unresolved-reference",
        "api.yaml:6:19 " + _REPAIR,
        "parts.yaml:1:48 " + _REPAIR,
        "parts.yaml:2:52 " + _REPAIR,
    ]
    schema = {"$ref": "#/components/schemas/schema"}
    get = bundled.find("/paths/~1pets/get/responses/200")
    body = get["content"]["application/json"]["schema"]
    assert body == {"properties": {"a": schema}}
    headers = bundled.find("/paths/~1pets/put/responses/200/headers")
    assert headers == {"X-Rate": {"schema": schema}, "X-Own": {"schema": schema}}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("paths: {$ref: none.yaml}", "api.yaml:3:9"),
        ('paths: {$ref: "#/paths"}', "api.yaml:3:9"),
        ('paths: {$ref: "#/x"}\nx: []', "api.yaml:3:9"),
        ('components: {schemas: {$ref: "#/x"}}', "api.yaml:3:24"),
    ],
)
def test_what_leads_nowhere_is_an_error(text: str, place: str, bundle: Bundle) -> None:
    told = bundle({"api.yaml": f"{_HEAD}{text}\n"}).told
    assert told == [f"{place} unresolved-reference"]
