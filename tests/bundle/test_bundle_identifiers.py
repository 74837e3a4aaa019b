"""References by "$id", "$anchor" and "$dynamicRef" become pointers."""

from __future__ import annotations

from bundling import Bundle

_HEAD = """openapi: 3.1.0
info: {title: Pets, version: "1"}
paths: {}
components:
  schemas:
"""


def test_reads_anchors_and_identifiers(bundle: Bundle) -> None:
    bundled = bundle(
        {
            "api.yaml": _HEAD
            + """    Pet:
      $id: https://example.com/schemas/pet
      $anchor: pet
      properties:
        mother: {$ref: "#"}
        father: {$ref: "#pet"}
        name: {$ref: "#/$defs/Name"}
        owner: {$ref: owner}
        tag: {$ref: "#/components/schemas/Tag"}
        home: {$ref: home.yaml}
      $defs:
        Name: {type: string}
    Owner:
      $id: https://example.com/schemas/owner
      properties:
        pet: {$ref: "https://example.com/schemas/pet#pet"}
    Tag: {type: string}
""",
            "home.yaml": "$id: https://a.com/home\nproperties: {at: {$ref: '#'}}",
        }
    )
    assert bundled.told == []
    pet = bundled.find("/components/schemas/Pet")
    assert pet.keys() == {"properties", "$defs"}
    assert {name: item["$ref"] for name, item in pet["properties"].items()} == {
        "mother": "#/components/schemas/Pet",
        "father": "#/components/schemas/Pet",
        "name": "#/components/schemas/Pet/$defs/Name",
        "owner": "#/components/schemas/Owner",
        "tag": "#/components/schemas/Tag",
        "home": "#/components/schemas/home",
    }
    owner = bundled.find("/components/schemas/Owner")
    assert owner == {"properties": {"pet": {"$ref": "#/components/schemas/Pet"}}}
    home = bundled.find("/components/schemas/home")
    assert home == {"properties": {"at": {"$ref": "#/components/schemas/home"}}}


def test_reads_a_dynamic_reference_as_one_to_its_anchor(bundle: Bundle) -> None:
    bundled = bundle(
        {
            "api.yaml": _HEAD
            + """    Tree:
      $dynamicAnchor: node
      properties:
        children:
          type: array
          items:
            $dynamicRef: "#node"
"""
        }
    )
    assert bundled.told == ["api.yaml:12:13 dynamic-reference"]
    items = bundled.find("/components/schemas/Tree/properties/children/items")
    assert items == {"$ref": "#/components/schemas/Tree"}


def test_tells_of_an_anchor_that_nothing_has(bundle: Bundle) -> None:
    text = _HEAD + "    Pet: {properties: {a: {$ref: '#nothing'}}}\n"
    assert bundle({"api.yaml": text}).told == ["api.yaml:6:28 unresolved-reference"]
