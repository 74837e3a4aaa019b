"""Imports point one way: what holds data knows no stage, and no stage another one."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from fnmatch import fnmatchcase

import pytest
from generator_source import Module, modules


@dataclass(frozen=True)
class Part:
    """Some modules of the generator, by patterns of their names.

    A module may import its own part, and those of the parts above it that hold data.
    A stage is what turns one kind of data into the next; nobody else imports it.
    """

    name: str
    patterns: tuple[str, ...]
    is_stage: bool = False
    may_import: tuple[str, ...] = ()
    """Stages that it imports all the same."""


# When modules move, change the patterns; "load*" means load, load_x and load.x.
PARTS = (
    Part("runtime", ("runtime", "runtime.*")),
    Part("foundation", ("diagnostics*", "text", "cache", "wrap", "literals")),
    Part(
        "document",
        ("document", "grammar", "parameters", "references", "edit", "values", "select"),
    ),
    Part(
        "load",
        (
            *("load*", "locate", "parse_*", "yaml_*", "json_*", "scalars"),
            *("collector", "problem", "extent"),
        ),
        is_stage=True,
    ),
    Part("bundle", ("bundle*",), is_stage=True, may_import=("load",)),
    Part("slice", ("slice*", "reach", "dump"), is_stage=True),
    Part(
        "validate",
        ("validate*", "spec_validator", "verdict", "semantics", "repair*", "faults*"),
        is_stage=True,
    ),
    Part("spec", ("spec",)),
    Part("read", ("read*", "swagger*"), is_stage=True),
    Part("api", ("api", "type_walk")),
    Part("build", ("build*", "merge"), is_stage=True),
    Part("package", ("package", "symbols", "reserved")),
    Part("layout", ("layout*", "names", "place_words", "cycles"), is_stage=True),
    Part("views", ("views",)),
    Part(
        "present",
        (
            *("present*", "expressions", "docstrings", "phrases", "patterns", "code"),
            *("imports", "manifest"),
        ),
        is_stage=True,
        may_import=("layout",),
    ),
    Part("render", ("render*",), is_stage=True),
    Part("format", ("format*",), is_stage=True),
    Part("lock", ("config", "lock", "paths", "inputs")),
    Part(
        "output",
        ("output*", "write", "swap", "exchange", "compare", "copy_runtime"),
        is_stage=True,
    ),
    Part("pipeline", ("pipeline", "background"), may_import=("*",)),
    Part(
        "edge",
        ("", "library", "listing", "progress", "unchanged", "cli", "crash", "__main__"),
        may_import=("*",),
    ),
)


def part_of(name: str) -> Part:
    """The part that the longest of the matching patterns speaks of."""
    found = [
        (len(pattern), part)
        for part in PARTS
        for pattern in part.patterns
        if fnmatchcase(name, pattern)
    ]
    assert found, f'say in PARTS to which part "{name}" belongs'
    return max(found, key=lambda pair: pair[0])[1]


@pytest.mark.parametrize("module", modules(), ids=lambda each: each.name or "oasmith")
def test_a_module_imports_data_that_comes_before_it(module: Module) -> None:
    own = part_of(module.name)
    above = PARTS[: PARTS.index(own)]
    for name in module.inner_imports - {""}:
        part = part_of(name)
        if part is own:
            continue
        assert part in above, f'it imports "{name}", which comes after it'
        allowed = not part.is_stage or {part.name, "*"} & {*own.may_import}
        assert allowed, f'it imports "{name}" of another stage'


def test_the_runtime_needs_nothing_but_the_standard_library() -> None:
    for module in modules():
        if part_of(module.name).name == "runtime":
            assert not module.third_parties, module.name
            assert all(
                part_of(name).name == "runtime" for name in module.inner_imports
            ), module.name


def test_each_third_party_library_has_one_importer() -> None:
    importers: dict[str, list[str]] = {}
    for module in modules():
        for library in module.third_parties:
            importers.setdefault(library, []).append(module.name)
    assert importers.keys() == {
        "black",
        "click",
        "jinja2",
        "jsonschema_path",  # what openapi_spec_validator is fed with
        "openapi_spec_validator",
        "rich",
        "yaml",
    }
    assert [name for name, who in importers.items() if len(who) > 1] == []


def test_help_imports_no_more_than_it_needs() -> None:
    script = (
        "import sys; from oasmith.__main__ import main\n"
        "sys.argv = ['oasmith', '--help']\n"
        "try: main()\n"
        "finally: print(*sys.modules, sep='\\n', file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True
    )
    loaded = {line.partition(".")[0] for line in done.stderr.splitlines()}
    assert done.stdout.startswith("Usage:")
    assert "click" in loaded
    assert not loaded & {"jinja2", "black", "openapi_spec_validator", "yaml"}
