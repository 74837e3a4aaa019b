"""Mutates real descriptions for some time: no traceback, no hang, no write outside.

What found something is written below ``found``, beside this file. When it is mended, it
is made small, given a name and kept there as a case.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

import yaml

from .mutations import mutate_bytes, mutate_tree, write
from .trial import Outcome, Sandbox, generate, import_all

FOUND = Path(__file__).with_name("found")
_CASES = Path(__file__).parents[1] / "cases"
_MOST_BYTES = 300_000
"""Larger descriptions take so long that little is tried."""


def fuzz(minutes: float, seed: int, store: Path, root: Path) -> int:
    """Try as many mutations as there is time for; the number of those with faults.

    Args:
        store: A folder of real descriptions, besides those of the golden cases.
        root: A folder that is there for this alone.
    """
    import_module("openapi_spec_validator")
    sandbox, random = Sandbox(root), Random(seed)
    trees = _real_descriptions(store)
    counts: Counter[str] = Counter()
    ends = time.monotonic() + minutes * 60
    while time.monotonic() < ends:
        name, tree = random.choice(trees)
        content = write(mutate_tree(tree, random))
        if random.random() < 0.2:
            content = mutate_bytes(content, random)
        outcome = try_content(sandbox, content, is_lenient=random.random() < 0.2)
        counts["tried"] += 1
        counts["accepted" if outcome.accepted else "refused"] += 1
        for fault in outcome.faults[:1]:
            counts["faults"] += 1
            _keep(content, name, fault)
    print(
        f"seed {seed}, {minutes:g} minutes, {len(trees)} descriptions: {dict(counts)}"
    )
    return counts["faults"]


def try_content(sandbox: Sandbox, content: bytes, *, is_lenient: bool) -> Outcome:
    """Generate of a description that may be anything, and import what comes out."""
    (sandbox.work / "spec.json").write_bytes(content)
    with sandbox.trial() as (name, outcome):
        generate(sandbox, name, "spec.json", outcome, lenient=is_lenient)
        if outcome.accepted:
            import_all(sandbox, name)
    return outcome


def _real_descriptions(store: Path) -> Sequence[tuple[str, dict[str, Any]]]:
    """The trees of the golden cases, and of some files of the store."""
    paths = [*sorted(_CASES.glob("*/spec.yaml")), *_small_files(store)]
    found: list[tuple[str, dict[str, Any]]] = []
    for path in paths:
        text = path.read_text(encoding="utf-8", errors="replace")
        try:
            is_json = path.suffix == ".json"
            tree = json.loads(text) if is_json else yaml.load(text, yaml.CSafeLoader)
            write(tree)
        except (ValueError, TypeError, yaml.YAMLError):
            continue
        if isinstance(tree, dict) and ("openapi" in tree or "swagger" in tree):
            found.append((path.parent.name, tree))
    return found


def _small_files(store: Path) -> Sequence[Path]:
    paths = [*store.glob("**/*.json"), *store.glob("**/*.yaml")]
    small = [path for path in paths if path.stat().st_size < _MOST_BYTES]
    return sorted(small)[::20]


def _keep(content: bytes, name: str, fault: str) -> None:
    print(f"{name}: {fault}", flush=True)
    FOUND.mkdir(exist_ok=True)
    number = len(list(FOUND.iterdir())) + 1
    (FOUND / f"new_{number}.json").write_bytes(content)
