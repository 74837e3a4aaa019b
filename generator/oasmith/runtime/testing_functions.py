# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""The functions of a package as its manifest.json describes them, for fakes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pkgutil import get_data
from typing import Any

from .operation import Operation
from .request import Request
from .testing_paths import PathMatch, match_path, may_match


@dataclass(frozen=True, slots=True)
class DescribedAnswer:
    """A body that an operation answers with, as the description has it."""

    status: str
    """ "200", "2XX" or "default"."""

    content_type: str | None
    kind: str
    """How it is read: "json", "text", "bytes", "none", or a kind of stream."""

    type: str
    envelope: Mapping[str, Any] | None = None
    """What is around what the function returns, as the manifest has it."""

    failure: Mapping[str, Any] | None = None
    """How an answer that is in no envelope tells that the operation failed."""

    @property
    def telling(self) -> Mapping[str, Any] | None:
        """What tells, with a success status, that the operation failed."""
        return self.envelope or self.failure


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the package, and its twin."""

    name: str
    module: str
    method: str
    path: str
    content_type: str | None
    """The media type of the body that it sends."""

    answers: tuple[DescribedAnswer, ...]
    pages: str | None = None
    """The function for all pages, each of which it is asked for."""

    @property
    def names(self) -> Sequence[str]:
        """What it and its twins are called."""
        each = [self.name] if self.pages is None else [self.name, self.pages]
        return [*each, *(f"{name}_async" for name in each)]

    @property
    def operation(self) -> Operation[Any]:
        found: Operation[Any] = vars(import_module(self.module))["_OPERATION"]
        return found

    @property
    def successes(self) -> Sequence[DescribedAnswer]:
        """What it returns: any success without a body where nothing is said."""
        responses = self.operation.responses
        found = [each for each in self.answers if each.status in responses]
        return found or [
            DescribedAnswer(each, None, "none", "None") for each in responses
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.method} {self.path})"


@dataclass(frozen=True, slots=True)
class Match:
    """A function that may have made a request."""

    function: Function
    path_parameters: Mapping[str, str]


class Functions:
    """All functions of the package.

    Args:
        package: The name that it is imported by.
    """

    def __init__(self, package: str) -> None:
        manifest = json.loads(get_data(package, "manifest.json") or b"")
        self._package = package
        # The package may be a part of another one since it was generated.
        self._by_module = {
            each.module: each
            for each in _read_functions(manifest, package, manifest["package"])
        }
        self.secret_keys = frozenset(
            each["name"].lower()
            for each in manifest["client"]["auth"]
            if each["kind"].startswith("api-key")
        )
        """The headers and parameters that hold credentials, in lower case."""

    def find(self, function: object) -> Function:
        """What is known of a function of the package, or of a method like it.

        Raises:
            ValueError: It is none.
        """
        found = self._by_module.get(getattr(function, "__module__", ""))
        name = getattr(function, "__name__", repr(function))
        if found is None or name not in found.names:
            problem = f"{name} is no function of {self._package}"
            raise ValueError("; ".join([problem, *self._tell_near(name.strip("'"))]))
        return found

    def _tell_near(self, name: str) -> Iterator[str]:
        """Tell where functions are that are called so, or almost so."""
        # Only a test that is wrong waits for this import.
        from difflib import get_close_matches

        modules = {
            called: each.module
            for each in self._by_module.values()
            for called in each.names
        }
        near = [name] if name in modules else get_close_matches(name, modules)
        if near:
            told = " or ".join(f"{each} in {modules[each]}" for each in near)
            yield f"there is {told}"

    def match(self, request: Request) -> list[Match]:
        """The functions whose path a request has, those that it fits best."""
        found = [
            (path, function)
            for function in self._by_module.values()
            if function.method == request.method
            and may_match(function.path, request.url)
            and (path := self._match_path(function, request.url)) is not None
        ]
        best = min((path.rank for path, _ in found), default=None)
        return [
            Match(function, path.values)
            for path, function in found
            if path.rank == best
        ]

    def _match_path(self, function: Function, url: str) -> PathMatch | None:
        base_url = function.operation.server or self._base_url
        return match_path(function.path, base_url, url)

    @cached_property
    def _base_url(self) -> str:
        client = import_module(f"{self._package}.client")
        base_url: str = vars(client).get("BASE_URL", "")
        return base_url


def how_well(function: Function, request: Request) -> int:
    """How much of what a request says of media types a function would say, too."""
    sent = {name.lower(): value for name, value in request.headers.items()}
    accept = function.operation.accept
    is_accepted = bool(accept) and sent.get("accept") == accept
    is_sent = essence(sent.get("content-type")) == essence(function.content_type)
    return is_accepted + is_sent


def essence(content_type: str | None) -> str:
    """A media type in lower case, without parameters."""
    return (content_type or "").partition(";")[0].strip().lower()


def _read_functions(manifest: Any, package: str, known_as: str) -> Iterator[Function]:
    for operation in manifest["operations"]:
        body: dict[str, Any] = operation["body"] or {"media": [{}]}
        ways: list[dict[str, Any]] = [*body["media"]]
        if "stream" in operation:
            ways.append({**ways[0], **operation["stream"]})
        for way in ways:
            whole: dict[str, Any] = {"content_type": None, **operation, **way}
            module: str = whole["module"].removeprefix(known_as)
            yield Function(
                name=whole["function"],
                module=package + module,
                method=operation["method"],
                path=operation["path"],
                content_type=whole["content_type"],
                answers=tuple(
                    DescribedAnswer(
                        each["status"],
                        each["content_type"],
                        each["kind"],
                        each["type"],
                        each.get("envelope"),
                        each.get("failure"),
                    )
                    for each in whole["responses"]
                ),
                pages=operation["pages"]["function"] if "pages" in whole else None,
            )
