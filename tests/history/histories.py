"""The histories that are replayed: which releases of which packages of npm."""

from __future__ import annotations

import fnmatch
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class History:
    """The releases of a description, from the oldest on."""

    name: str
    """Of the client that is made of it, too."""

    package: str
    paths: tuple[str, ...]
    """Where the description is in the package, or was in some releases."""

    versions: tuple[str, ...]
    include: tuple[str, ...] = ()
    """The operations that are generated; all of them when there is none."""

    faulty: tuple[str, ...] = ()
    """Releases that are refused, as they are no JSON or YAML that says one thing."""

    @property
    def suffix(self) -> str:
        return self.paths[0].rpartition(".")[2]


_GITHUB = "@octokit/openapi"
_GITHUB_PATHS = ("generated/api.github.com.json",)
_GITHUB_VERSIONS = (
    *("12.0.0", "14.0.0", "16.0.0", "16.6.0", "17.0.0", "18.0.0", "18.2.0", "19.0.0"),
    *("19.1.0", "20.0.0", "21.0.0", "22.0.0", "23.0.0", "23.0.1", "23.0.2"),
)
_GITHUB_FAULTY = ("17.0.0",)  # "/user/{account_id}" is there a dozen times.

HISTORIES = (
    History(
        "github_slice",
        _GITHUB,
        _GITHUB_PATHS,
        _GITHUB_VERSIONS,
        include=("tag:issues", "tag:pulls", "tag:actions"),
        faulty=_GITHUB_FAULTY,
    ),
    History(
        "blockfrost",
        "@blockfrost/openapi",
        ("openapi.yaml", "swagger.yaml"),
        (
            *("0.1.26", "0.1.27", "0.1.32", "0.1.49", "0.1.54", "0.1.57", "0.1.58"),
            *("0.1.59", "0.1.60", "0.1.65", "0.1.67", "0.1.73", "0.1.78", "0.1.79"),
            *("0.1.81", "0.1.82", "0.1.84", "0.1.86", "0.1.92", "0.1.93"),
        ),
    ),
    History(
        "figma",
        "@figma/rest-api-spec",
        ("openapi/openapi.yaml",),
        (
            *("0.22.0", "0.23.0", "0.24.0", "0.27.0", "0.28.0", "0.29.0", "0.30.0"),
            *("0.31.0", "0.32.0", "0.33.0", "0.34.0", "0.35.0", "0.36.0", "0.37.0"),
            *("0.38.0", "0.39.0", "0.40.0", "0.41.0", "0.42.0", "0.43.0"),
        ),
    ),
    History(
        "directus",
        "@directus/specs",
        ("dist/openapi.json",),
        (
            *("10.2.5", "10.2.6", "10.2.7", "10.2.8", "10.2.9", "10.2.10", "10.2.11"),
            *("11.0.0", "11.0.1", "11.1.0", "11.1.1", "11.2.0", "12.0.0", "12.0.1"),
            *("13.0.0", "14.0.0", "15.0.0", "15.1.0", "15.1.1", "15.2.0"),
        ),
    ),
    History(
        "github",
        _GITHUB,
        _GITHUB_PATHS,
        _GITHUB_VERSIONS,
        faulty=_GITHUB_FAULTY,
    ),
)


def choose_histories(pattern: str | None) -> Sequence[History]:
    """The one of a name, or those whose name or package a glob matches, or all."""
    if named := [each for each in HISTORIES if each.name == pattern]:
        return named
    glob = f"*{pattern or ''}*"
    return [
        each
        for each in HISTORIES
        if fnmatch.fnmatch(each.name, glob) or fnmatch.fnmatch(each.package, glob)
    ]
