"""Replays a history: each release is generated over the one before, and looked at."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from oasmith.comparing.change import Change
from oasmith.comparing.compare import compare_packages
from oasmith.config import ClientConfig
from oasmith.config_arguments import make_client
from oasmith.deliver import deliver
from oasmith.diagnostics import Diagnostic, Diagnostics, Stopped
from oasmith.layout.package import Package
from oasmith.output.lock import LOCK_NAME
from oasmith.pipeline import make_package
from oasmith.product import product_of

from .histories import History
from .identities import modules_in, names_in
from .store import locate_release

_NOT_SHOWN = ("_runtime", LOCK_NAME)
_ERROR = re.compile(r"^.*: error: .*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Step:
    """What became of a release."""

    history: str
    version: str
    operations: int
    problem: str = ""
    """Why nothing was generated, if it was not."""

    is_expected: bool = False
    """Whether that is right."""

    told: tuple[str, ...] = ()
    """What the run said of names."""

    moved: tuple[str, ...] = ()
    """Things that have another name than before, and are what and where they were."""

    moved_modules: tuple[str, ...] = ()
    common: int = 0
    """Things that both releases have."""

    lines_in: int = 0
    """Lines of the description that were added or removed: JSON, sorted by key, a value
    a line, of what the client reaches."""

    lines_out: int = 0
    """Likewise of modules and of the manifest; not of the runtime, nor of the lock."""

    lines_of_lock: int = 0
    changes: tuple[Change, ...] = ()
    unequal: tuple[str, ...] = ()
    """Files that a cold run with the lock of before gives in another way."""

    mypy: tuple[str, ...] | None = None
    """Errors; None where it was not asked."""

    seconds: float = 0.0
    """Of generating, on top of the release before."""

    @property
    def is_clean(self) -> bool:
        is_refused = bool(self.problem) and not self.is_expected
        return not (is_refused or self.moved or self.unequal or self.mypy)

    def count(self, grade: str) -> int:
        return sum(each.grade == grade for each in self.changes)


def replay(
    history: History, store: Path, folder: Path, *, with_mypy: bool
) -> Iterator[Step]:
    """Generate each release on top of the one before.

    Args:
        store: Where releases are kept.
        folder: Gets all that is made.
    """
    walk = _Walk(history, folder, with_mypy)
    before: Package | None = None
    for version in history.versions:
        step, package = walk.take(locate_release(store, history, version), before)
        before = package or before
        yield step


@dataclass(frozen=True, slots=True)
class _Walk:
    history: History
    folder: Path
    with_mypy: bool

    @property
    def output(self) -> Path:
        return self.folder / "packages" / self.history.name

    @property
    def previous(self) -> Path:
        """What was there before the step."""
        return self.folder / "previous" / self.history.name

    def take(
        self, release: Path, before: Package | None
    ) -> tuple[Step, Package | None]:
        version = release.name.removesuffix(f".{self.history.suffix}")
        spec = self.folder / "specs" / f"{self.history.name}.{self.history.suffix}"
        spec.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(release, spec)
        shutil.rmtree(self.previous, ignore_errors=True)
        if self.output.exists():
            shutil.copytree(self.output, self.previous)
        diagnostics = Diagnostics()
        started = time.monotonic()
        try:
            package = self._generate(spec, self.output, diagnostics)
        except Stopped:
            errors = [each for each in diagnostics if each.severity == "error"]
            problem = "; ".join(f"{each.code}: {each.message}" for each in errors[:2])
            is_expected = version in self.history.faulty
            return Step(self.history.name, version, 0, problem, is_expected), None
        seconds = time.monotonic() - started
        step = Step(
            self.history.name,
            version,
            operations=len(package.api.operations),
            told=tuple(_told_of_names(diagnostics)),
            mypy=self._check() if self.with_mypy else None,
            seconds=seconds,
        )
        if before is not None:
            step = self._compare(step, before, package, spec)
        return step, package

    def _generate(self, spec: Path, output: Path, diagnostics: Diagnostics) -> Package:
        client = self._client(spec, output, diagnostics)
        made = make_package(client, diagnostics)
        (delivered,) = deliver([product_of(client, made)])
        diagnostics.add_all(delivered.diagnostics)
        if delivered.written is None:
            raise Stopped
        return made.package

    def _client(
        self, spec: Path, output: Path, diagnostics: Diagnostics
    ) -> ClientConfig:
        return make_client(
            os.fspath(spec),
            os.fspath(output),
            diagnostics,
            package=self.history.name,
            include=self.history.include,
            lenient=True,
            accept=["invalid-document"],
        )

    def _compare(
        self, step: Step, before: Package, package: Package, spec: Path
    ) -> Step:
        moved, common = _moved(names_in(before), names_in(package))
        modules, _ = _moved(modules_in(before), modules_in(package))
        lines = _count_lines(self.previous, self.output)
        shown = [each for each in lines if not any(x in each for x in _NOT_SHOWN)]
        return replace(
            step,
            moved=tuple(moved),
            moved_modules=tuple(modules),
            common=common,
            lines_in=self._lines_of_descriptions(before, package),
            lines_out=sum(lines[each] for each in shown),
            lines_of_lock=sum(lines[each] for each in lines if LOCK_NAME in each),
            changes=compare_packages(before, package),
            unequal=tuple(self._compare_with_cold(spec)),
        )

    def _lines_of_descriptions(self, before: Package, package: Package) -> int:
        files = [self.folder / "lines" / name for name in ("old.json", "new.json")]
        files[0].parent.mkdir(parents=True, exist_ok=True)
        for file, each in zip(files, (before, package), strict=True):
            text = json.dumps(each.api.document.root, indent=0, sort_keys=True)
            file.write_text(text, encoding="utf-8")
        return sum(_count_lines(*files).values())

    def _compare_with_cold(self, spec: Path) -> Iterator[str]:
        """Generate with an empty cache, where nothing is but the lock of before."""
        cold = self.folder / "cold" / self.history.name
        shutil.rmtree(cold, ignore_errors=True)
        cold.mkdir(parents=True)
        shutil.copyfile(self.previous / LOCK_NAME, cold / LOCK_NAME)
        kept = os.environ.get("OASMITH_CACHE")
        os.environ["OASMITH_CACHE"] = os.fspath(self.folder / "no-cache")
        try:
            self._generate(spec, cold, Diagnostics())
        finally:
            shutil.rmtree(self.folder / "no-cache", ignore_errors=True)
            os.environ.pop("OASMITH_CACHE")
            if kept is not None:
                os.environ["OASMITH_CACHE"] = kept
        here, there = _read_tree(self.output), _read_tree(cold)
        for path in sorted(here.keys() | there.keys()):
            if here.get(path) != there.get(path):
                yield path

    def _check(self) -> tuple[str, ...]:
        cache = self.folder / "mypy" / self.history.name
        command = [
            *(sys.executable, "-m", "mypy", "--strict", "--config-file="),
            *(f"--cache-dir={cache}", "--no-error-summary", self.output.name),
        ]
        ran = subprocess.run(
            command, cwd=self.output.parent, capture_output=True, text=True
        )
        if ran.returncode not in (0, 1):
            return (f"mypy failed: {(ran.stderr or ran.stdout)[-300:]}",)
        return tuple(_ERROR.findall(ran.stdout))


def _told_of_names(diagnostics: Diagnostics) -> Iterator[str]:
    codes = ("kept-name", "renamed-schema", "unused-name")
    for each in diagnostics:
        if each.code in codes:
            yield _spell(each)


def _spell(diagnostic: Diagnostic) -> str:
    return f"{diagnostic.code}: {diagnostic.message}"


def _moved(
    old: Mapping[tuple[str, ...], str], new: Mapping[tuple[str, ...], str]
) -> tuple[list[str], int]:
    common = [identity for identity in old if identity in new]
    moved = [
        f"{' '.join(identity)}: {old[identity]} -> {new[identity]}"
        for identity in common
        if old[identity] != new[identity]
    ]
    return moved, len(common)


def _count_lines(old: Path, new: Path) -> dict[str, int]:
    """How many lines were added and removed, by file."""
    ran = subprocess.run(
        ["git", "diff", "--no-index", "--no-renames", "--numstat", "-z", old, new],
        capture_output=True,
        text=True,
    )
    lines: dict[str, int] = {}
    fields = iter(ran.stdout.split("\0"))
    for field in filter(None, fields):
        added, removed, path = field.split("\t")
        # The two paths of a pair follow where there is none here.
        names = [path] if path else [next(fields), next(fields)]
        lines[names[-1]] = lines.get(names[-1], 0) + int(added) + int(removed)
    return lines


def _read_tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
