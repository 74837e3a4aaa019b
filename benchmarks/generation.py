"""How long generating takes: for nothing, after a change, and from the beginning."""

from __future__ import annotations

import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

from .laboratory import Laboratory
from .processes import Cost, run
from .samples import interleave
from .table import OURS, Table, compare_costs

_PEERS = Path(__file__).parent / "peers"
_PASS = "`python -c pass`"
_PEER = "openapi-python-client"
_COLD = "from the beginning"
_LIBRARIES = "black and the validator, side by side"


@dataclass(frozen=True, slots=True)
class Source:
    """A description to generate from."""

    title: str
    path: Path
    include: tuple[str, ...] = ()
    is_large: bool = False


def measure_unchanged(laboratory: Laboratory, source: Source) -> Table:
    """Generate again when nothing has changed."""
    project = laboratory.folder / "unchanged"
    project.mkdir()
    shutil.copy(source.path, project)
    table = f'[[tool.oasmith.client]]\nspec = "{source.path.name}"\noutput = "client"\n'
    (project / "pyproject.toml").write_text(table, "utf-8")
    actions = {
        _PASS: partial(run, laboratory.python, "-c", "pass", folder=project),
        OURS: partial(
            run,
            _tool(laboratory, "oasmith"),
            "generate",
            folder=project,
            variables={"OASMITH_CACHE": str(project / "cache")},
        ),
    }
    costs = interleave(actions, laboratory.effort.starts)
    note = "`oasmith generate` in a project where everything is up to date."
    return compare_costs("Generate, nothing changed", note, costs, _PASS, 4)


def measure_changed(laboratory: Laboratory, source: Source) -> Table:
    """Generate again when one operation has changed, beside doing all of it anew."""
    changing = _Changing(laboratory, source)
    changing.prepare()
    actions = {_COLD: changing.generate_anew, OURS: changing.generate_again}
    costs = interleave(actions, _rounds(laboratory, source))
    note = (
        "`oasmith generate` after one operation got another parameter, with a cache "
        "that knows what was generated before; and with an empty cache, into an empty "
        "folder."
    )
    title = f"Generate from {source.title}, one operation changed"
    # A small one spends most of its time on what has to be imported.
    budget = 0.15 if source.is_large else None
    return compare_costs(title, note, costs, _COLD, budget)


def measure_cold(laboratory: Laboratory, source: Source) -> Table:
    """Generate with an empty cache, beside what its libraries need for the same."""
    cold = _Cold(laboratory, source)
    cold.prepare()
    actions = {
        _LIBRARIES: cold.run_libraries,
        OURS: cold.generate,
        _PEER: cold.generate_with_peer,
    }
    costs = interleave(actions, _rounds(laboratory, source))
    black, validator = zip(*costs[_LIBRARIES], strict=True)
    told = {
        _LIBRARIES: list(map(_side_by_side, black, validator)),
        "- black": black,
        "- the validator": validator,
        OURS: [cost for (cost,) in costs[OURS]],
        _PEER: [cost for (cost,) in costs[_PEER]],
    }
    note = (
        "With an empty cache. black formats what was generated, and "
        "openapi-spec-validator checks the operations that are taken, in two processes "
        f"at the same time. {_PEER}, which can't choose, gets these operations alone."
    )
    return compare_costs(f"Generate from {source.title}", note, told, _LIBRARIES, 1.3)


def _rounds(laboratory: Laboratory, source: Source) -> int:
    effort = laboratory.effort
    return effort.large_generations if source.is_large else effort.generations


def _side_by_side(one: Cost, other: Cost) -> Cost:
    return Cost(max(one.wall, other.wall), one.cpu + other.cpu)


class _Changing:
    """Generates from a description, of which one operation changes each time."""

    def __init__(self, laboratory: Laboratory, source: Source) -> None:
        self._tool = _tool(laboratory, "oasmith")
        self._source = source
        self._folder = laboratory.folder / f"changed-{source.path.stem}"
        self._spec = self._folder / "spec.json"
        self._numbers = count()

    def prepare(self) -> None:
        """Cut the description out, as JSON, and generate from it."""
        self._folder.mkdir()
        includes = [word for each in self._source.include for word in ("-i", each)]
        self._run("slice", self._source.path, "-o", self._spec, *includes)
        self.generate_again()

    def generate_again(self) -> Cost:
        """Change an operation, and generate into the package that is there."""
        root = json.loads(self._spec.read_text("utf-8"))
        item = next(iter(root["paths"].values()))
        operation = next(item[key] for key in ("get", "post", "put") if key in item)
        name = f"number_{next(self._numbers)}"
        parameter = {"name": name, "in": "query", "schema": {"type": "integer"}}
        operation.setdefault("parameters", []).append(parameter)
        self._spec.write_text(json.dumps(root), "utf-8")
        return self._generate("client", "cache")

    def generate_anew(self) -> Cost:
        number = next(self._numbers)
        return self._generate(f"client_{number}", f"cache_{number}")

    def _generate(self, output: str, cache: str) -> Cost:
        return self._run("generate", self._spec, "-o", output, cache=cache)

    def _run(self, *arguments: str | Path, cache: str = "cache") -> Cost:
        variables = {"OASMITH_CACHE": str(self._folder / cache)}
        return run(self._tool, *arguments, folder=self._folder, variables=variables)


class _Cold:
    """Generates from one description, each time into a new folder.

    What it measures is the cost of each process that it needs at a time.
    """

    def __init__(self, laboratory: Laboratory, source: Source) -> None:
        self._laboratory = laboratory
        self._source = source
        self._folder = laboratory.folder / f"cold-{source.path.stem}"
        self._slice = self._folder / "slice.json"
        self._package = self._folder / "client"
        self._numbers = count()

    def prepare(self) -> None:
        """Make what black is to format, and what the validator is to check."""
        self._folder.mkdir()
        self._oasmith("generate", self._package)
        self._oasmith("slice", self._slice)

    def run_libraries(self) -> tuple[Cost, ...]:
        """Let black and the validator do their work at the same time."""
        scripts = {"format_texts.py": self._package, "validate_spec.py": self._slice}

        def act(script: str) -> Cost:
            command = self._laboratory.python, _PEERS / script, scripts[script]
            return run(*command, folder=self._folder)

        with ThreadPoolExecutor(len(scripts)) as threads:
            return tuple(threads.map(act, scripts))

    def generate(self) -> tuple[Cost, ...]:
        output = self._folder / f"client_{next(self._numbers)}"
        return (self._oasmith("generate", output),)

    def generate_with_peer(self) -> tuple[Cost, ...]:
        peer = _tool(self._laboratory, _PEER)
        output = self._folder / f"peer_{next(self._numbers)}"
        cost = run(
            *(peer, "generate", "--path", self._slice),
            *("--meta", "none", "--output-path", output),
            folder=self._folder,
            # It formats with the ruff that is installed with it.
            variables={"PATH": f"{peer.parent}{os.pathsep}{os.environ['PATH']}"},
        )
        return (cost,)

    def _oasmith(self, command: str, output: Path) -> Cost:
        includes = [word for each in self._source.include for word in ("-i", each)]
        cache = self._folder / f"cache_{next(self._numbers)}"
        return run(
            _tool(self._laboratory, "oasmith"),
            *(command, self._source.path, "-o", output),
            *includes,
            folder=self._folder,
            variables={"OASMITH_CACHE": str(cache)},
        )


def _tool(laboratory: Laboratory, name: str) -> Path:
    return laboratory.python.with_name(name)
