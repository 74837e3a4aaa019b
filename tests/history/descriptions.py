"""Small descriptions with whatever a list holds, and what vendors do to them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

Description = dict[str, Any]
Mutation = Callable[[Description, random.Random, int], None]


def make_description() -> Description:
    """A shop: inline enums and objects in parameters, bodies, answers and choices."""
    return {
        "openapi": "3.0.3",
        "info": {"title": "Shop", "version": "1"},
        "tags": [{"name": "orders"}, {"name": "items"}],
        "paths": {
            "/orders": {
                "parameters": [_parameter("tenant", ["a", "b"])],
                "get": _operation("orders", "listOrders", ["sort", "status", "view"]),
                "post": _operation("orders", "createOrder", ["mode"], body=_payment()),
            },
            "/orders/{order_id}": {
                "get": _operation("orders", "getOrder", ["view"], path="order_id"),
                "put": _operation(
                    "orders", "updateOrder", ["mode"], path="order_id", body=_payment()
                ),
            },
            "/items/{item_id}": {
                "get": _operation("items", "get", ["view", "sort"], path="item_id"),
            },
        },
        "components": {
            "schemas": {
                "Order": _object(
                    id=_text(), status=_enum("new", "paid"), pay=_payment()
                ),
                "order": _object(id=_text(), orderId=_text(), order_id=_text()),
                "Item": {
                    "allOf": [
                        {"$ref": "#/components/schemas/Base"},
                        _object(kind=_enum("x", "y"), size=_object(width=_number())),
                    ]
                },
                "Base": _object(id=_text()),
                "Shape": {
                    "oneOf": [
                        {"$ref": "#/components/schemas/Base"},
                        {**_object(side=_number()), "title": "Square"},
                        {**_object(radius=_number()), "title": "Circle"},
                        _both("Order", _object(depth=_number(), hue=_enum("r", "g"))),
                        _both("order", _object(depth=_number(), hue=_enum("r", "b"))),
                        {"type": "array", "items": _object(rest=_enum("s", "t"))},
                        {"type": "array", "items": _object(left=_enum("s", "u"))},
                    ]
                },
            }
        },
    }


def mutate(
    description: Description, chance: random.Random, number: int
) -> tuple[str, Description]:
    """Do one thing to a copy, and say which."""
    name, mutation = chance.choice(sorted(MUTATIONS.items()))
    changed = deepcopy(description)
    mutation(changed, chance, number)
    return name, changed


def _add_schema(tree: Description, chance: random.Random, number: int) -> None:
    """Add a schema that is used, and would be called as others are."""
    schemas = tree["components"]["schemas"]
    name = chance.choice(["ORDER", "order_", "item", "Shape_", f"New{number}"])
    if name in schemas:
        return
    made = _object(id=_text(), kind=_enum("p", f"q{number}"))
    _insert(schemas, name, made, chance)
    _properties(schemas["Base"])[f"added{number}"] = {
        "$ref": f"#/components/schemas/{name}"
    }


def _remove_property(tree: Description, chance: random.Random, number: int) -> None:
    properties = _properties(_any_object(tree, chance))
    if len(properties) > 1:
        del properties[chance.choice(list(properties))]


def _add_property(tree: Description, chance: random.Random, number: int) -> None:
    name = chance.choice(["Id", "iD", "Status", f"extra{number}"])
    target = _properties(_any_object(tree, chance))
    if name not in target:
        _insert(target, name, _enum("k", f"v{number}"), chance)


def _reorder_properties(tree: Description, chance: random.Random, number: int) -> None:
    _shuffle(_properties(_any_object(tree, chance)), chance)


def _reorder_schemas(tree: Description, chance: random.Random, number: int) -> None:
    _shuffle(tree["components"]["schemas"], chance)


def _add_parameter(tree: Description, chance: random.Random, number: int) -> None:
    parameters = chance.choice(list(_operations(tree)))["parameters"]
    name = chance.choice(["Sort", "VIEW", "Mode", f"more{number}"])
    if all(each["name"] != name for each in parameters):
        made = _parameter(name, ["l", f"m{number}"])
        parameters.insert(chance.randrange(len(parameters) + 1), made)


def _remove_parameter(tree: Description, chance: random.Random, number: int) -> None:
    parameters = chance.choice(list(_operations(tree)))["parameters"]
    query = [each for each in parameters if each["in"] == "query"]
    if query:
        parameters.remove(chance.choice(query))


def _reorder_parameters(tree: Description, chance: random.Random, number: int) -> None:
    chance.shuffle(chance.choice(list(_operations(tree)))["parameters"])


def _add_operation(tree: Description, chance: random.Random, number: int) -> None:
    """Add one whose function would be called as another one is."""
    word = chance.choice(["listOrders", "getOrder", "orders_list", f"do{number}"])
    made = _operation("orders", f"{word}_{number}", ["sort"])
    made["operationId"] = chance.choice([made["operationId"], f"List-Orders{number}"])
    _insert(tree["paths"], f"/{word}/{number}", {"get": made}, chance)


def _reorder_paths(tree: Description, chance: random.Random, number: int) -> None:
    _shuffle(tree["paths"], chance)


def _rename_operation(tree: Description, chance: random.Random, number: int) -> None:
    chance.choice(list(_operations(tree)))["operationId"] = f"renamed{number}"


def _add_value(tree: Description, chance: random.Random, number: int) -> None:
    schemas = [each["schema"] for each in _query_parameters(tree)]
    if schemas:
        chance.choice(schemas)["enum"].append(f"value{number}")


def _add_tag(tree: Description, chance: random.Random, number: int) -> None:
    tag = chance.choice(["Orders", "ITEMS", f"tag{number}"])
    made = _operation(tag, f"tagged{number}", ["sort"])
    tree["tags"].insert(0, {"name": tag})
    _insert(tree["paths"], f"/tagged/{number}", {"get": made}, chance)


def _add_choice(tree: Description, chance: random.Random, number: int) -> None:
    choices = chance.choice(list(_choices(tree)))
    made = _object(**{f"only{number}": _enum("c", "d"), "note": _text()})
    choices.insert(chance.randrange(len(choices) + 1), made)


def _remove_choice(tree: Description, chance: random.Random, number: int) -> None:
    choices = chance.choice(list(_choices(tree)))
    if len(choices) > 2:
        del choices[chance.randrange(len(choices))]


def _reorder_choices(tree: Description, chance: random.Random, number: int) -> None:
    chance.shuffle(chance.choice(list(_choices(tree))))


MUTATIONS: dict[str, Mutation] = {
    function.__name__.strip("_").replace("_", " "): function
    for function in (
        *(_add_schema, _remove_property, _add_property, _reorder_properties),
        *(_reorder_schemas, _add_parameter, _remove_parameter, _reorder_parameters),
        *(_add_operation, _reorder_paths, _rename_operation, _add_value, _add_tag),
        *(_add_choice, _remove_choice, _reorder_choices),
    )
}


def _operation(
    tag: str,
    operation_id: str,
    query: list[str],
    *,
    path: str | None = None,
    body: Description | None = None,
) -> Description:
    made: Description = {
        "tags": [tag],
        "operationId": operation_id,
        "parameters": [_parameter(name, ["up", "down"]) for name in query],
        "responses": {
            "200": {
                "description": "Done.",
                "content": {"application/json": {"schema": _answer()}},
            }
        },
    }
    if path is not None:
        own = {"name": path, "in": "path", "required": True, "schema": _text()}
        made["parameters"].append(own)
    if body is not None:
        content = {"application/json": {"schema": body}}
        made["requestBody"] = {"required": True, "content": content}
    return made


def _answer() -> Description:
    """What reaches every schema, and has schemas of its own."""
    names = ("Order", "order", "Item", "Shape")
    referred = {f"a{name}": {"$ref": f"#/components/schemas/{name}"} for name in names}
    return _object(state=_enum("open", "shut"), page=_object(n=_number()), **referred)


def _payment() -> Description:
    """Choices that nothing names: told apart by constants, or by their properties."""
    return {
        "oneOf": [
            _object(kind=_enum("card"), number=_text(), brand=_enum("v", "m")),
            _object(kind=_enum("bank"), iban=_text(), speed=_enum("now", "later")),
            _object(cash=_enum("eur", "usd"), till=_number()),
            _object(coupon=_text(), origin=_enum("web", "shop")),
        ]
    }


def _parameter(name: str, values: list[str]) -> Description:
    return {"name": name, "in": "query", "schema": _enum(*values)}


def _object(**properties: Description) -> Description:
    return {"type": "object", "properties": properties}


def _both(name: str, schema: Description) -> Description:
    return {"allOf": [{"$ref": f"#/components/schemas/{name}"}, schema]}


def _enum(*values: str) -> Description:
    return {"type": "string", "enum": list(values)}


def _text() -> Description:
    return {"type": "string"}


def _number() -> Description:
    return {"type": "number"}


def _operations(tree: Description) -> Iterator[Description]:
    for item in tree["paths"].values():
        for method in ("get", "post", "put"):
            if method in item:
                yield item[method]


def _query_parameters(tree: Description) -> Iterator[Description]:
    for operation in _operations(tree):
        yield from (it for it in operation["parameters"] if it["in"] == "query")


def _choices(tree: Description) -> Iterator[list[Description]]:
    schemas = tree["components"]["schemas"]
    yield schemas["Shape"]["oneOf"]
    for operation in _operations(tree):
        if "requestBody" in operation:
            content = operation["requestBody"]["content"]["application/json"]
            yield content["schema"]["oneOf"]


def _any_object(tree: Description, chance: random.Random) -> Description:
    schemas = tree["components"]["schemas"]
    choices = [each for found in _choices(tree) for each in found if "$ref" not in each]
    plain = [each for each in choices if "properties" in each]
    named = [schemas[name] for name in ("Order", "order", "Base")]
    found: Description = chance.choice([*named, schemas["Item"]["allOf"][1], *plain])
    return found


def _properties(schema: Description) -> Description:
    found: Description = schema["properties"]
    return found


def _insert(target: Description, key: str, value: Any, chance: random.Random) -> None:
    items = [*target.items()]
    items.insert(chance.randrange(len(items) + 1), (key, value))
    target.clear()
    target.update(items)


def _shuffle(target: Description, chance: random.Random) -> None:
    items = [*target.items()]
    chance.shuffle(items)
    target.clear()
    target.update(items)
