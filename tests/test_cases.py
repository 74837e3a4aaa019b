"""Runs the golden cases: what comes out is what is expected, and is sound.

Each case is compared; then all packages together are imported, and given to the type
checkers, the formatter and the linter, each of which runs once.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from golden_case import PACKAGES, Case, Outcome, find_cases, read_tree

Findings = Mapping[str, list[str]]
"""What a tool has to say, by the name of the case."""

# E501: black leaves long strings as they are. RUF001 to RUF003 dislike letters that
# look like others, but the words are the description's.
_RUFF_RULES = ("--select=E,F,I,UP,B,RUF,SIM,C4", "--ignore=E501,RUF001,RUF002,RUF003")
_SUPPRESSION = re.compile(rb"type: ignore|noqa|pyright:|\bcast\(")
_IMPORT_ALL = """
import importlib, pathlib, sys
for path in sorted(pathlib.Path().rglob("*.py")):
    parts = path.with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    try:
        importlib.import_module(name)
    except Exception as error:
        print(f"{path}: {error!r}")
"""

pytestmark = pytest.mark.parametrize("case", find_cases(), ids=lambda case: case.name)


def test_gives_what_is_expected(
    case: Case, outcomes: Mapping[str, Outcome], request: pytest.FixtureRequest
) -> None:
    outcome = outcomes[case.name]
    if request.config.getoption("--update-cases"):
        case.update(outcome)
    assert outcome.messages == case.expected_messages()
    expected = case.expected()
    assert bool(expected) == bool(outcome.files)
    for path, content in expected.items():
        assert outcome.files.get(path, b"").decode() == content.decode(), path


def test_gives_the_same_bytes_again(
    case: Case, outcomes: Mapping[str, Outcome], seeded: tuple[Path, Path]
) -> None:
    outcome = outcomes[case.name]
    assert outcome.written_again == ()
    for workspace in seeded:
        assert read_tree(workspace / PACKAGES / case.name) == outcome.files


def test_suppresses_no_finding(case: Case, outcomes: Mapping[str, Outcome]) -> None:
    files = outcomes[case.name].files
    assert not [path for path in files if _SUPPRESSION.search(files[path])]


def test_can_be_imported(case: Case, findings: Mapping[str, Future[Findings]]) -> None:
    assert findings["import"].result()[case.name] == []


def test_is_formatted(case: Case, findings: Mapping[str, Future[Findings]]) -> None:
    assert findings["black"].result()[case.name] == []


def test_has_no_lint(case: Case, findings: Mapping[str, Future[Findings]]) -> None:
    assert findings["ruff"].result()[case.name] == []


def test_is_typed_for_mypy(
    case: Case, findings: Mapping[str, Future[Findings]]
) -> None:
    assert findings["mypy"].result()[case.name] == []


def test_is_typed_for_pyright(
    case: Case, findings: Mapping[str, Future[Findings]]
) -> None:
    assert findings["pyright"].result()[case.name] == []


@pytest.fixture(scope="session")
def seeded(
    tmp_path_factory: pytest.TempPathFactory, workspace: Path
) -> tuple[Path, Path]:
    """Two workspaces in which all cases ran with different orders of hashing."""
    first, second = (tmp_path_factory.mktemp(f"seed-{seed}") for seed in (1, 2))
    cache = os.fspath(workspace / "cache")
    runs = [
        subprocess.Popen(
            [sys.executable, Path(__file__).with_name("golden_case.py"), folder],
            env={**os.environ, "PYTHONHASHSEED": seed, "OASMITH_CACHE": cache},
        )
        for seed, folder in (("1", first), ("2", second))
    ]
    assert [run.wait() for run in runs] == [0, 0]
    return first, second


@pytest.fixture(scope="session")
def findings(
    outcomes: Mapping[str, Outcome], workspace: Path
) -> Iterator[Mapping[str, Future[Findings]]]:
    """Runs the tools over the packages of all cases, two of them at a time.

    The runtime is the same in all: black and ruff pass it over here, and the checkers
    read it once.
    """
    packages = [name for name, outcome in outcomes.items() if outcome.files]
    typed = _share_runtime(workspace, packages)
    folder = workspace / PACKAGES
    with ThreadPoolExecutor(2) as pool:
        yield {
            "pyright": pool.submit(_run_pyright, typed),
            "mypy": pool.submit(_run_mypy, typed),
            "import": pool.submit(_import_all, folder),
            "black": pool.submit(_run_black, folder),
            "ruff": pool.submit(_run_ruff, folder),
        }


def _share_runtime(workspace: Path, packages: list[str]) -> Path:
    """Copy the packages so that all take their runtime from one place."""
    folder = workspace / "typed"
    source = workspace / PACKAGES
    shutil.copytree(source / packages[0] / "_runtime", folder / "_runtime")
    modules = [path.relative_to(folder) for path in folder.rglob("[!_]*.py")]
    for name in packages:
        ignored = shutil.ignore_patterns("_runtime")
        shutil.copytree(source / name, folder / name, ignore=ignored)
        for path in modules:
            shared = folder / name / path
            shared.parent.mkdir(parents=True, exist_ok=True)
            module = ".".join(path.with_suffix("").parts)
            shared.write_text(f"from {module} import *\n")
    return folder


def _import_all(folder: Path) -> Findings:
    code, said = _run(folder, "-c", _IMPORT_ALL)
    assert code == 0
    return _by_case(said)


def _run_black(folder: Path) -> Findings:
    code, said = _run(folder, "-m", "black", "--check", "--exclude=_runtime", ".")
    named = (line.removeprefix("would reformat ") for line in said)
    lines = [os.path.relpath(line, folder) for line in named if "/" in line]
    return _by_case(lines, code)


def _run_ruff(folder: Path) -> Findings:
    flags = (
        "--isolated",
        "--no-cache",
        "--output-format=concise",
        "--exclude=_runtime",
    )
    code, said = _run(folder, "-m", "ruff", "check", *flags, *_RUFF_RULES, ".")
    return _by_case([line for line in said if "/" in line], code)


def _run_mypy(folder: Path) -> Findings:
    flags = ("--strict", "--config-file=", f"--cache-dir={folder.parent / 'mypy'}")
    code, said = _run(folder, "-m", "mypy", *flags, "--no-error-summary", ".")
    return _by_case(said, code)


def _run_pyright(folder: Path) -> Findings:
    settings = {"typeCheckingMode": "strict", "pythonVersion": "3.11"}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    code, said = _run(folder, "-m", "pyright", "--outputjson")
    report = json.loads("\n".join(said))
    assert report["summary"]["filesAnalyzed"] > 0
    lines = [
        f"{os.path.relpath(each['file'], folder)}: {each['message']}"
        for each in report["generalDiagnostics"]
    ]
    return _by_case(lines, code)


def _run(folder: Path, *arguments: str) -> tuple[int, list[str]]:
    """The exit code of a tool, and what it says."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT if "black" in arguments else None,
        text=True,
    )
    return done.returncode, done.stdout.splitlines()


def _by_case(lines: list[str], code: int | None = None) -> Findings:
    """Sort lines by the package that the path at their beginning is in.

    A tool that could do nothing says nothing of a package, and must not pass for one
    that found nothing: it ends with 1 only where there is something to say.
    """
    assert code in (None, 0, 1) and (lines or not code), (code, lines)
    found: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        assert "/" in line, line
        found[line.partition("/")[0]].append(line)
    return found
