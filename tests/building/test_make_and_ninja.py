"""Make and Ninja run oasmith when a file that a package is made of changes."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest
from building_project import CLIENT, INPUTS, PACKAGE, PET, SPEC, Project

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no Make")

_ASKED = f"generate specs/pets.yaml --overlay specs/pets.overlay.yaml -o {PACKAGE}"
_GENERATE = f"oasmith {_ASKED} --depfile build/pets.d && echo ran >> runs"

_BY_HAND = """\
templates = "templates"
runtime = "src/shop/_shared"
"""

_MAKEFILE = f"""\
.DELETE_ON_ERROR:

{PACKAGE}/manifest.json: specs/pets.yaml
\t{_GENERATE}

-include build/pets.d
"""

_NINJA = f"""\
rule oasmith
  command = {_GENERATE}
  depfile = build/pets.d
  deps = gcc
build {PACKAGE}/manifest.json: oasmith specs/pets.yaml
"""


@pytest.fixture(params=["make", "ninja"])
def tool(request: pytest.FixtureRequest, project: Project) -> str:
    name: str = request.param
    path = f"{project.environment['PATH']}{os.pathsep}{Path(sys.executable).parent}"
    project.environment["PATH"] = path
    if shutil.which(name, path=path) is None:
        pytest.skip(f"{name} is not installed")
    project.write("Makefile", _MAKEFILE)
    project.write("build.ninja", _NINJA)
    return name


def test_each_file_counts_and_no_other(project: Project, tool: str) -> None:
    assert _runs(project, tool) == 1
    assert _runs(project, tool) == 0
    module = project.folder / PACKAGE / "models/pet.py"
    before = module.stat().st_mtime_ns
    for path in INPUTS:
        project.change(path)
        assert _runs(project, tool) == 1, path
        assert _runs(project, tool) == 0, path
    # Nothing else in it changed, so it is as old as it was.
    assert module.stat().st_mtime_ns == before
    project.write("README.md", "changed")
    project.write("specs/others.yaml", "{}")
    assert _runs(project, tool) == 0


def test_templates_and_a_runtime_count(project: Project, tool: str) -> None:
    """Also a template that is new, one that is gone, and a runtime that is."""
    project.write("pyproject.toml", CLIENT + _BY_HAND)
    (project.folder / "templates").mkdir()
    for name, text in (("Makefile", _MAKEFILE), ("build.ninja", _NINJA)):
        project.write(name, text.replace(_ASKED, "generate"))
    assert _runs(project, tool) == 1
    assert _runs(project, tool) == 0
    template = project.folder / "templates/client.py.jinja"
    include = '{% include "oasmith/client.py.jinja" %}\n'
    for text in (f"# Ours.\n{include}", f"# Mine.\n{include}", None):
        if text is None:
            template.unlink()
        else:
            template.write_text(text)
        assert _runs(project, tool) == 1, text
        made = project.read(f"{PACKAGE}/client.py")
        for mark in ("# Ours.", "# Mine."):
            assert (mark in made) == (mark in (text or "")), text
        assert _runs(project, tool) == 0, text
    shutil.rmtree(project.folder / "src/shop/_shared")
    assert _runs(project, tool) == 1
    assert (project.folder / "src/shop/_shared/client.py").exists()
    assert _runs(project, tool) == 0


def test_a_fault_is_met_again_until_it_is_mended(project: Project, tool: str) -> None:
    project.write("specs/parts/pet.yaml", "Pet: [")
    for _ in range(2):
        assert "error[bad-yaml]" in project.run(tool, code=_FAILED[tool])
    project.write("specs/parts/pet.yaml", PET)
    assert _runs(project, tool) == 1
    assert _runs(project, tool) == 0


def test_a_package_and_files_that_it_needs_no_more_may_go(
    project: Project, tool: str
) -> None:
    _runs(project, tool)
    shutil.rmtree(project.folder / PACKAGE)
    assert _runs(project, tool) == 1
    inline = SPEC.replace('$ref: "parts/pet.yaml#/Pet"', "type: string")
    project.write("specs/pets.yaml", inline)
    (project.folder / "specs/parts/pet.yaml").unlink()
    assert _runs(project, tool) == 1
    assert _runs(project, tool) == 0


def test_names_are_read_as_they_are(project: Project, tool: str) -> None:
    _write_odd_names(project, _ODD_NAMES)
    assert _runs(project, tool) == 1
    assert not _would_run(project, tool)
    for name in _ODD_NAMES:
        path = project.folder / f"specs/parts/{name}.yaml"
        before = path.stat().st_mtime_ns
        os.utime(path)
        assert _would_run(project, tool), name
        os.utime(path, ns=(before, before))
        assert not _would_run(project, tool), name


def test_a_name_that_cannot_be_written_is_told(project: Project, tool: str) -> None:
    _write_odd_names(project, ("a;b", "a=b", "a|b", "a b"))
    told = project.run(tool)
    assert told.count("warning[unnameable-file]") == 3
    assert not _would_run(project, tool)


_ODD_NAMES = ("a b", "a  b", "$HOME", "a#b", "a:b", "a\\b", "a%b", "a\\ b", "ü", "a'b")


def _write_odd_names(project: Project, names: tuple[str, ...]) -> None:
    """Have the description refer to files of these names."""
    paths = ""
    for index, name in enumerate(names):
        project.write(f"specs/parts/{name}.yaml", PET)
        written = name.replace("%", "%25").replace("#", "%23").replace("\\", "\\\\")
        replaced = SPEC.replace("parts/pet.yaml", f"parts/{written}.yaml")
        item = replaced.partition("  /pets/{id}:")[2]
        paths += f"  /pets{index}/{{id}}:{item}".replace("getPet", f"getPet{index}")
    project.write("specs/pets.yaml", SPEC.partition("  /pets")[0] + paths)


_FAILED = {"make": 2, "ninja": 1}


def _runs(project: Project, tool: str) -> int:
    """How often the tool ran oasmith just now."""
    (project.folder / "runs").unlink(missing_ok=True)
    project.run(tool)
    runs = project.folder / "runs"
    return len(runs.read_text().splitlines()) if runs.exists() else 0


def _would_run(project: Project, tool: str) -> bool:
    """Whether the tool would run oasmith now."""
    told = project.run(tool, "-n")
    return "oasmith generate" in told
