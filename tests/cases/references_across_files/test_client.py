"""What stands in several files is sent and read as if it stood in one."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer

DOG = {"name": "Rex", "friend": {"lives": 7, "enemy": {"name": "Rex"}}}
TREE = {"children": [{"children": []}], "base": {"id": 1}}


def test_twins_of_two_files_are_two_classes(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer(DOG)
    dog = client.pets.get_dog(3)
    assert server.last.line == "GET /dogs/3"
    assert isinstance(dog, package.models.DogsPet)
    assert isinstance(dog.friend, package.models.CatsPet)
    assert dog.to_dict() == DOG
    server.answer_bytes(b"", "text/plain", 204)
    client.pets.put_cat(body=dog.friend)
    assert server.last.json == DOG["friend"]


def test_a_chain_of_references_ends_in_a_schema(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    with pytest.raises(package.InvalidArgument, match="id"):
        client.pets.get_dog(0)
    # Beside the reference stands a maximum, which applies as well.
    for depth in (0, 10):
        with pytest.raises(package.InvalidArgument, match="depth"):
            client.pets.get_tree(depth=depth)
    server.answer(TREE)
    tree = client.pets.get_tree(depth=9)
    assert server.last.line == "GET /tree?depth=9"
    assert isinstance(tree.children[0], package.models.Node)
    assert tree.to_dict() == TREE
