"""Checks all packages with black, mypy and pyright, many packages in one run each."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .command import run_command
from .outcome import Faults, Outcome

_LINES_FOR_A_RUN = 150_000
"""Of all packages that a run checks; mypy takes about 1 GB for these."""

_LIMIT_SECONDS = 1800
_MYPY = re.compile(r"^(?P<package>\w+)[\\/].*: error: .*$", re.MULTILINE)
_BLACK = re.compile(
    r"^(?:would reformat|error: cannot format) .*?packages[\\/](?P<package>\w+)"
    r"[\\/].*$",
    re.MULTILINE,
)

Batch = Sequence[Outcome]


def check_code(packages: Path, outcomes: Sequence[Outcome], jobs: int) -> None:
    """Add what the tools say of the packages in a folder to their outcomes."""
    checks = (_check_black, _check_mypy, _check_pyright)
    batches = _make_batches([each for each in outcomes if each.is_generated])
    with ThreadPoolExecutor(jobs) as pool:
        running = [
            pool.submit(check, packages, batch) for batch in batches for check in checks
        ]
        for each in running:
            each.result()


def _make_batches(outcomes: Sequence[Outcome]) -> list[list[Outcome]]:
    batches: list[list[Outcome]] = []
    lines = _LINES_FOR_A_RUN
    for outcome in outcomes:
        if lines + outcome.lines > _LINES_FOR_A_RUN:
            batches.append([])
            lines = 0
        batches[-1].append(outcome)
        lines += outcome.lines
    return batches


def _check_black(packages: Path, batch: Batch) -> None:
    """Black agrees with each file as it is, also where the generator spared it."""
    options = ["--check", "--target-version", "py311", "--workers", "1", "--no-cache"]
    output = _run("black", options, packages, batch, expected=(0, 1, 123))
    found = ((match["package"], match[0]) for match in _BLACK.finditer(output))
    _attribute(batch, found, lambda outcome: outcome.black)


def _check_mypy(packages: Path, batch: Batch) -> None:
    options = ["--strict", "--no-error-summary", "--no-color-output"]
    options += [f"--cache-dir={os.devnull}", "--config-file="]
    output = _run("mypy", options, packages, batch, expected=(0, 1))
    found = ((match["package"], match[0]) for match in _MYPY.finditer(output))
    _attribute(batch, found, lambda outcome: outcome.mypy)


def _check_pyright(packages: Path, batch: Batch) -> None:
    name = batch[0].document.package
    project = packages.parent / f"pyright-{name}.json"
    config = {
        "include": [f"packages/{each.document.package}" for each in batch],
        "extraPaths": ["packages"],
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
    }
    project.write_text(json.dumps(config), encoding="utf-8")
    options = ["--outputjson", "--project", os.fspath(project)]
    output = _run("pyright", options, packages, (), expected=(0, 1))
    found: list[tuple[str, str]] = []
    for each in json.loads(output)["generalDiagnostics"]:
        if each["severity"] == "error":
            path = Path(each["file"]).relative_to(packages).as_posix()
            line = each["range"]["start"]["line"] + 1
            found.append((path.partition("/")[0], f"{path}:{line}: {each['message']}"))
    _attribute(batch, found, lambda outcome: outcome.pyright)


def _run(
    module: str,
    options: Sequence[str],
    packages: Path,
    batch: Batch,
    *,
    expected: Sequence[int],
) -> str:
    names = [each.document.package for each in batch]
    ran = run_command(
        [sys.executable, "-m", module, *options, *names],
        folder=packages,
        limit=_LIMIT_SECONDS,
        environment={"NODE_OPTIONS": "--max-old-space-size=6144"},
    )
    if ran.exit_code not in expected:
        told = (ran.errors or ran.output)[-2000:]
        raise RuntimeError(f"{module} failed with {ran.exit_code}: {told}")
    return ran.output if module != "black" else ran.errors


def _attribute(
    batch: Batch,
    found: Iterator[tuple[str, str]] | Sequence[tuple[str, str]],
    faults_of: Callable[[Outcome], Faults],
) -> None:
    by_package: Mapping[str, Outcome] = {each.document.package: each for each in batch}
    for package, line in found:
        faults_of(by_package[package]).add(line)
