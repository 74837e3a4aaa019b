"""Names stay: whatever vendors do beside a thing, it keeps its name.

The mutations come from a seed, so that each run tries the same ones.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from oasmith.config_arguments import make_client
from oasmith.diagnostics import Diagnostics
from oasmith.layout.package import Kept, Package
from oasmith.pipeline import design_package, load_description

from .descriptions import MUTATIONS, make_description, mutate
from .identities import modules_in, names_in

_STEPS = 25


@pytest.mark.parametrize("seed", range(12))
def test_no_name_moves(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    description = make_description()
    package = _design(description, Kept(), tmp_path)
    history: list[str] = []
    for number in range(_STEPS):
        name, description = mutate(description, chance, number)
        history.append(name)
        before = names_in(package)
        modules = modules_in(package)
        kept = Kept(package.names, package.shapes)
        package = _design(description, kept, tmp_path)
        after = names_in(package)
        common = before.keys() & after.keys()
        moved = {each: (before[each], after[each]) for each in common}
        moved = {each: pair for each, pair in moved.items() if pair[0] != pair[1]}
        assert not moved, history
        assert len(common) > 40
        for each, module in modules_in(package).items():
            assert modules.get(each, module) == module, history


def test_every_mutation_is_tried() -> None:
    tried: set[str] = set()
    for seed in range(12):
        chance = random.Random(seed)
        description = make_description()
        for number in range(_STEPS):
            name, description = mutate(description, chance, number)
            tried.add(name)
    assert tried == set(MUTATIONS)


def test_without_the_names_of_before_some_would_move(tmp_path: Path) -> None:
    """What is tried has something to try: names collide, and places shift."""
    moved = 0
    for seed in range(12):
        chance = random.Random(seed)
        description = make_description()
        before = names_in(_design(description, Kept(), tmp_path))
        for number in range(_STEPS):
            _, description = mutate(description, chance, number)
        after = names_in(_design(description, Kept(), tmp_path))
        moved += sum(before[each] != after[each] for each in before.keys() & after)
    assert moved > 20


def _design(description: dict[str, Any], kept: Kept, folder: Path) -> Package:
    path = folder / "spec.json"
    path.write_text(json.dumps(description))
    client = make_client(str(path), str(folder / "shop"), Diagnostics())
    diagnostics = Diagnostics()

    def load(told: Diagnostics) -> Any:
        return load_description(client, told)

    package = design_package(client, load, kept, diagnostics, is_valid=True)
    assert not diagnostics.has_errors, list(diagnostics)
    return package
