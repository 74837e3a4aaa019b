"""Descriptions in several files become one, and every part knows its file."""

from __future__ import annotations

from pathlib import Path

import pytest
from bundling import Bundle

from oasmith.diagnostics import Diagnostics
from oasmith.loading.access import Access
from oasmith.loading.bundle import bundle_document
from oasmith.loading.load import load_document
from oasmith.loading.sources import source_files

_ROOT = """openapi: 3.0.3
info: {title: Pets, version: "1"}
paths:
  /pets:
    get:
      responses:
        "200":
          description: pets
          content:
            application/json:
              schema: {$ref: "REFERENCE"}
components:
  schemas:
    Tag: {type: string}
"""
_SCHEMA = "/paths/~1pets/get/responses/200/content/application~1json/schema"


def _root(reference: str) -> str:
    return _ROOT.replace("REFERENCE", reference)


@pytest.mark.parametrize(
    ("reference", "file", "name"),
    [
        ("pets.yaml#/Pet", "pets.yaml", "Pet"),
        ("./models/../pets.yaml#/Pet", "pets.yaml", "Pet"),
        ("models/pets.json#/definitions/Pet", "models/pets.json", "Pet"),
        ("my%20pets.yaml#/a%20pet", "my pets.yaml", "a_pet"),
        ("pets.yaml#/~1pet~0", "pets.yaml", "_pet_"),
        ("Pet.v1.yaml", "Pet.v1.yaml", "Pet.v1"),
        ("tags.yaml#/Tag", "tags.yaml", "tags_Tag"),
    ],
)
def test_puts_a_schema_among_the_components(
    reference: str, file: str, name: str, bundle: Bundle
) -> None:
    content = (
        "{\n"
        '  "Pet": {"type": "object"},\n'
        '  "Tag": {"type": "object"},\n'
        '  "definitions": {"Pet": {"type": "object"}},\n'
        '  "a pet": {"type": "object"},\n'
        '  "/pet~": {"type": "object"},\n'
        '  "type": "object"\n'
        "}\n"
    )
    bundled = bundle({"api.yaml": _root(reference), file: content})
    assert bundled.told == []
    assert bundled.find(_SCHEMA) == {"$ref": f"#/components/schemas/{name}"}
    assert bundled.find(f"/components/schemas/{name}")["type"] == "object"
    assert bundled.find("/components/schemas/Tag") == {"type": "string"}
    assert bundled.place(f"/components/schemas/{name}").startswith(f"{file}:")
    assert bundled.place(_SCHEMA) == "api.yaml:11:15"


def test_leaves_alone_what_refers_by_pointers_only(bundle: Bundle) -> None:
    bundled = bundle({"api.yaml": _root("#/components/schemas/Tag")})
    whole = load_document("api.yaml", Diagnostics())
    assert bundle_document(whole, Diagnostics()) is whole
    assert list(source_files(whole, "api.yaml")) == ["api.yaml"]
    assert bundled.document.root == whole.root


def test_follows_references_from_file_to_file(bundle: Bundle) -> None:
    bundled = bundle(
        {
            "api.yaml": _root("models/pet.yaml"),
            "models/pet.yaml": """type: object
properties:
  owner: {$ref: ../people/owner.yaml#/Owner}
  tag: {$ref: ../api.yaml#/components/schemas/Tag}
  kind: {$ref: "#/$defs/Kind"}
$defs:
  Kind: {type: string}
""",
            "people/owner.yaml": """Owner:
  type: object
  properties:
    pets: {type: array, items: {$ref: ../models/pet.yaml}}
""",
        }
    )
    assert bundled.told == []
    schemas = bundled.find("/components/schemas")
    assert list(schemas) == ["Tag", "pet", "Owner", "Kind"]
    properties = schemas["pet"]["properties"]
    assert properties == {
        "owner": {"$ref": "#/components/schemas/Owner"},
        "tag": {"$ref": "#/components/schemas/Tag"},
        "kind": {"$ref": "#/components/schemas/Kind"},
    }
    back = schemas["Owner"]["properties"]["pets"]["items"]
    assert back == {"$ref": "#/components/schemas/pet"}
    place = bundled.place("/components/schemas/Owner/properties/pets")
    assert place == "people/owner.yaml:4:5"
    assert list(source_files(bundled.document, "api.yaml")) == [
        "api.yaml",
        "models/pet.yaml",
        "people/owner.yaml",
    ]


def test_gives_a_component_that_only_refers_the_place_of_its_target(
    bundle: Bundle,
) -> None:
    bundled = bundle(
        {
            "api.yaml": _root("pet.yaml") + "    Pet: {$ref: pet.yaml}\n",
            "pet.yaml": "properties: {mother: {$ref: pet.yaml}}\n",
        }
    )
    pet = {"$ref": "#/components/schemas/Pet"}
    assert bundled.told == []
    assert bundled.find(_SCHEMA) == pet
    assert bundled.find("/components/schemas/Pet") == {"properties": {"mother": pet}}
    assert bundled.place("/components/schemas/Pet/properties") == "pet.yaml:1:1"


def test_puts_each_kind_of_object_where_it_belongs(bundle: Bundle) -> None:
    bundled = bundle(
        {
            "api.yaml": """openapi: 3.0.3
info: {title: Pets, version: "1"}
paths:
  /pets:
    post:
      parameters: [{$ref: "parts.yaml#/parameter"}]
      requestBody: {$ref: "parts.yaml#/body"}
      responses: {"200": {$ref: "parts.yaml#/response"}}
      callbacks: {born: {$ref: "parts.yaml#/callback"}}
""",
            "parts.yaml": """parameter: {name: q, in: query, schema: {$ref: "#/size"}}
size: {type: integer}
body: {content: {text/plain: {examples: {one: {$ref: "#/example"}}}}}
example: {value: {$ref: stays as it is}}
response: {description: ok, headers: {X-Rate: {$ref: "#/header"}}}
header: {schema: {$ref: "#/size"}}
callback: {"{$request.body#/url}": {$ref: "#/path"}}
path: {get: {responses: {"200": {$ref: "#/response"}}}}
""",
        }
    )
    assert bundled.told == []
    components = bundled.find("/components")
    assert {kind: list(section) for kind, section in components.items()} == {
        "parameters": ["parameter"],
        "requestBodies": ["body"],
        "responses": ["response"],
        "callbacks": ["callback"],
        "schemas": ["size"],
        "examples": ["example"],
        "headers": ["header"],
    }
    assert components["examples"]["example"] == {"value": {"$ref": "stays as it is"}}
    inlined = components["callbacks"]["callback"]["{$request.body#/url}"]
    response = {"$ref": "#/components/responses/response"}
    assert inlined == {"get": {"responses": {"200": response}}}


def test_puts_path_items_at_their_paths(bundle: Bundle) -> None:
    bundled = bundle(
        {
            "api.yaml": """openapi: 3.0.3
info: {title: Pets, version: "1"}
paths:
  /pets:
    $ref: paths/pets.yaml
    parameters: [{name: q, in: query, schema: {$ref: q.yaml}}]
  /dogs: {$ref: "paths/pets.yaml#/dogs"}
""",
            "q.yaml": "type: string\n",
            "paths/pets.yaml": """get: {responses: {"200": {description: pets}}}
dogs: {$ref: dogs.yaml}
""",
            "paths/dogs.yaml": """get:
  responses: {"200": {description: dogs}}
  parameters: [{name: q, in: query, schema: {$ref: ../q.yaml}}]
""",
        }
    )
    assert bundled.told == []
    pets, dogs = bundled.find("/paths/~1pets"), bundled.find("/paths/~1dogs")
    assert "$ref" not in pets and "$ref" not in dogs
    assert list(bundled.find("/components/schemas")) == ["q"]
    assert pets["parameters"][0]["schema"] == {"$ref": "#/components/schemas/q"}
    (query,) = dogs["get"]["parameters"]
    assert query["schema"] == {"$ref": "#/components/schemas/q"}
    assert bundled.place("/paths/~1pets/get") == "paths/pets.yaml:1:1"
    assert bundled.place("/paths/~1pets/parameters/0") == "api.yaml:6:18"
    assert bundled.place("/paths/~1dogs/get/responses") == "paths/dogs.yaml:2:3"
    assert len(source_files(bundled.document, "api.yaml")) == 4


def test_reads_the_mapping_of_a_discriminator(bundle: Bundle) -> None:
    bundled = bundle(
        {
            "api.yaml": _root("pets.yaml#/components/schemas/Pet"),
            "pets.yaml": """components:
  schemas:
    Pet:
      discriminator:
        propertyName: kind
        mapping:
          dog: Dog
          cat: cat.yaml
          tag: Tag
    Dog: {type: object}
""",
            "cat.yaml": "type: object\n",
        }
    )
    assert bundled.told == []
    assert bundled.find("/components/schemas/Pet/discriminator/mapping") == {
        "dog": "#/components/schemas/Dog",
        "cat": "#/components/schemas/cat",
        "tag": "Tag",
    }


@pytest.mark.parametrize(
    ("default", "read"),
    [
        ("Dog", "#/components/schemas/Dog"),
        ("cat.yaml", "#/components/schemas/cat"),
        ("#/components/schemas/Dog", "#/components/schemas/Dog"),
        ("Tag", "Tag"),
    ],
)
def test_reads_the_default_of_a_discriminator(
    bundle: Bundle, default: str, read: str
) -> None:
    root = _root("pets.yaml#/components/schemas/Pet").replace("3.0.3", "3.2.0")
    bundled = bundle(
        {
            "api.yaml": root,
            "pets.yaml": f"""components:
  schemas:
    Pet:
      discriminator:
        propertyName: kind
        defaultMapping: "{default}"
    Dog: {{type: object}}
""",
            "cat.yaml": "type: object\n",
        }
    )
    assert bundled.told == []
    pet = bundled.find("/components/schemas/Pet/discriminator")
    assert pet["defaultMapping"] == read


def test_a_default_alone_may_lead_to_another_file(bundle: Bundle) -> None:
    inline = "{discriminator: {propertyName: kind, defaultMapping: cat.yaml}}"
    root = _ROOT.replace('{$ref: "REFERENCE"}', inline).replace("3.0.3", "3.2.0")
    bundled = bundle({"api.yaml": root, "cat.yaml": "type: object\n"})
    assert bundled.told == []
    default = bundled.find(f"{_SCHEMA}/discriminator/defaultMapping")
    assert default == "#/components/schemas/cat"


def test_puts_parts_at_the_top_in_swagger(bundle: Bundle) -> None:
    bundled = bundle(
        {
            "api.yaml": """swagger: "2.0"
info: {title: Pets, version: "1"}
paths:
  /pets:
    get:
      parameters: [{$ref: "parts.yaml#/page"}]
      responses: {"200": {$ref: "parts.yaml#/ok"}}
""",
            "parts.yaml": """page: {name: page, in: query, type: integer}
ok: {description: ok, schema: {$ref: "#/pet"}}
pet: {type: object}
""",
        }
    )
    assert bundled.told == []
    assert list(bundled.find("/parameters")) == ["page"]
    assert bundled.find("/responses/ok/schema") == {"$ref": "#/definitions/pet"}
    assert bundled.find("/definitions/pet") == {"type": "object"}


def test_takes_links_to_files_that_stand_together(tmp_path: Path) -> None:
    for name, text in {"a/api.yaml": _root("pet.yaml"), "b/pet.yaml": "{}"}.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text)
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "api.yaml").symlink_to(tmp_path / "a" / "api.yaml")
    (tmp_path / "build" / "pet.yaml").symlink_to(tmp_path / "b" / "pet.yaml")
    document = load_document(str(tmp_path / "build" / "api.yaml"), Diagnostics())
    bundled = bundle_document(document, Diagnostics())
    ((reason,),) = bundled.broken.values()
    assert (reason.code, reason.severity) == ("reference-outside", "error")
    bundled = bundle_document(document, Diagnostics(), Access([str(tmp_path / "b")]))
    assert not bundled.broken
    assert bundled.find("/components/schemas/pet") == {}
