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


# In the order in which they may import one another; "reading.*" is a package.
PARTS = (
    Part("runtime", ("runtime", "runtime.*")),
    Part(
        "foundation",
        (
            *(
                "background",
                "held_signals",
                "recording",
                "several",
                "cache",
                "circles",
                "diagnostics",
                "document",
                "recursion",
            ),
            "escape",
            "suggestions",
            "text",
        ),
    ),
    Part(
        "grammar",
        ("grammar", "inheritance", "path_items", "python_names", "security_names"),
    ),
    Part(
        "config",
        (
            *("answer_rules", "client_options", "config", "config_arguments"),
            *("config_places", "config_table", "config_text", "inputs", "presence"),
            *("runtime_place", "targets", "output.lock", "output.paths"),
            "output.formatter",
            *("output.standing", "output.states"),
        ),
    ),
    Part(
        "loading",
        ("loading", "loading.*", "overlaying", "overlaying.*"),
        is_stage=True,
    ),
    Part("slicing", ("slicing", "slicing.*"), is_stage=True),
    Part("validation", ("validation", "validation.*"), is_stage=True),
    Part("spec", ("reading.spec",)),
    Part("reading", ("reading", "reading.*"), is_stage=True),
    Part("api", ("building.answer_shapes", "building.api", "building.type_walk")),
    Part("building", ("building", "building.*"), is_stage=True),
    Part("package", ("layout.package", "layout.symbols")),
    Part("layout", ("layout", "layout.*"), is_stage=True),
    Part("views", ("presenting.views", "presenting.wrap")),
    Part("presenting", ("presenting", "presenting.*"), is_stage=True),
    Part("output", ("output", "output.*"), is_stage=True),
    Part(
        "comparing",
        ("comparing", "comparing.*"),
        is_stage=True,
        may_import=("presenting",),  # It spells types as callers see them.
    ),
    Part(
        "pipeline",
        (
            "pipeline",
            "check_exports",
            "deliver",
            "dependencies",
            "make_files",
            "make_modules",
            "compare_descriptions",
            "count_costs",
            "examples",
            "ledger",
            "product",
            "watching",
            "wording",
            "write_depfile",
            "write_slice",
        ),
        may_import=("*",),
    ),
    Part(
        "edge",
        (
            "",
            "add_client",
            "cli",
            "cli.*",
            "crash",
            "integrations",
            "integrations.*",
            "library",
            "listing",
            "make_product",
            "progress",
            "standard_streams",
            "unchanged",
            "__main__",
        ),
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
    # The command line is one subject in several modules.
    importers: dict[str, set[str]] = {}
    for module in modules():
        name = "cli" if module.name.startswith("cli.") else module.name
        for library in module.third_parties:
            importers.setdefault(library, set()).add(name)
    assert importers.keys() == {
        "black",
        "click",
        "hatchling",
        "jinja2",
        "jsonpath_rfc9535",
        "jsonschema_path",  # what openapi_spec_validator is fed with
        "openapi_schema_validator",
        "openapi_spec_validator",
        "rich",
        "setuptools",
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
