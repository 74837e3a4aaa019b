"""Tries the same texts on other generators: does the harness find what is there?

Each is installed in an environment of its own, below one folder:

    python -m venv DIR/openapi-python-client
    DIR/openapi-python-client/bin/pip install openapi-python-client==0.28.4
    python -m venv DIR/datamodel-code-generator
    DIR/datamodel-code-generator/bin/pip install datamodel-code-generator==0.51.0
    python -m tests.hostile --peers DIR

These releases are known to let code in. Found is what leaves the mark, while it is made
or when it is imported, and besides it what is no Python.
"""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .describe import describe, tame_texts
from .payloads import MARK, PAYLOADS

_TEXTS = {name: text for name, text in PAYLOADS.items() if name.startswith("code ")}
_PLACES = (
    *("field_enum", "python_type", "type_path", "field", "schema_description"),
    *("field_description", "field_pattern", "field_default"),
    *("schema_title", "enum", "query_name", "property", "constant"),
)
_PLACES_ENOUGH = 1
"""Places at which code ran, after which there is no doubt."""

_IMPORT = """
import importlib.util, pathlib, sys
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.py")):
    try:
        exec(compile(path.read_bytes(), str(path), "exec"), {"__name__": "a"})
    except Exception:
        pass
"""


@dataclass(frozen=True)
class Peer:
    name: str
    command: Sequence[str]
    """Its arguments; the output goes to "out"."""

    takes_paths: bool = True
    """Whether it takes all of `places.yaml`, and not its schemas alone."""


PEERS = (
    Peer(
        "openapi-python-client",
        (
            *("openapi-python-client", "generate", "--path", "spec.json"),
            *("--meta", "none", "--output-path", "out", "--overwrite"),
        ),
    ),
    Peer(
        "datamodel-code-generator",
        (
            *("datamodel-codegen", "--input", "spec.json", "--output", "out/models.py"),
            *("--use-schema-description", "--use-field-description"),
            *("--field-constraints", "--input-file-type", "openapi"),
        ),
        takes_paths=False,
    ),
)


def try_peers(environments: Path, root: Path) -> bool:
    """Whether something was found in each of them that is there."""
    found_in_all = True
    for peer in PEERS:
        scripts = environments / peer.name / "bin"
        if not scripts.is_dir():
            print(f"{peer.name}: there is no environment, see the top of this module")
            continue
        counts = _try_peer(peer, scripts, root / peer.name)
        print(f"{peer.name}: {dict(counts)}")
        found_in_all &= counts["code that ran"] > 0
    return found_in_all


def _try_peer(peer: Peer, scripts: Path, root: Path) -> Counter[str]:
    counts: Counter[str] = Counter()
    for place in _PLACES:
        for name, text in _TEXTS.items():
            found = set(_findings(peer, scripts, root, {place: text}))
            counts["tried"] += 1
            counts.update(found)
            if "code that ran" in found:
                print(f"  {place}: {name}", flush=True)
                break
        if counts["code that ran"] == _PLACES_ENOUGH:
            break
    return counts


def _findings(
    peer: Peer, scripts: Path, root: Path, hostile: Mapping[str, str]
) -> Iterator[str]:
    shutil.rmtree(root, ignore_errors=True)
    (root / "out").mkdir(parents=True)
    spec = describe({**tame_texts(), **hostile})
    if not peer.takes_paths:
        schemas = spec["components"]["schemas"]
        del schemas["Either"]  # It fails at a mapping to a bare name.
        spec = {**spec, "paths": {}, "components": {"schemas": schemas}}
        del spec["webhooks"]
    (root / "spec.json").write_text(json.dumps(spec))
    program, *arguments = peer.command
    generated = _run([str(scripts / program), *arguments], root)
    if (root / MARK).exists():
        yield "code that ran"
    if generated:
        yield "refused"
        return
    for path in (root / "out").rglob("*.py"):
        try:
            ast.parse(path.read_bytes())
        except (SyntaxError, ValueError):
            yield "no Python"
    _run([str(scripts / "python"), "-c", _IMPORT, "out"], root)
    if (root / MARK).exists():
        yield "code that ran"


def _run(arguments: Sequence[str], folder: Path) -> int:
    return subprocess.run(
        arguments,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=120,
    ).returncode
