# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""The functions of a package as its manifest.json describes them, for fakes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from pkgutil import get_data
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from .operation import Operation
from .request import Request


@dataclass(frozen=True, slots=True)
class DescribedAnswer:
    """A body that an operation answers with, as the description has it."""

    status: str
    """ "200", "2XX" or "default"."""

    content_type: str | None
    kind: str
    """How it is read: "json", "text", "bytes", "none", or a kind of stream."""

    type: str


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
        if found is None or name not in (found.name, f"{found.name}_async"):
            raise ValueError(f"{name} is no function of {self._package} that calls")
        return found

    def match(self, request: Request) -> list[Match]:
        """The functions whose path a request has, those that it fits best.

        The most specific template counts. Where the client has another base URL than
        the API, it is taken to be as short as it can be.
        """
        found = [
            ranked
            for function in self._by_module.values()
            if function.method == request.method
            and (ranked := self._match(function, request)) is not None
        ]
        best = min((each.rank for each in found), default=None)
        return [each.match for each in found if each.rank == best]

    def _match(self, function: Function, request: Request) -> _Ranked | None:
        template = _compile(function.path)
        url = urlsplit(request.url)
        found = template.match(f"{url.path}?{url.query}")
        if found is None:
            return None
        is_away = True
        base_url = (function.operation.server or self._base_url).rstrip("/?#")
        if base_url and request.url.startswith(base_url):
            at_home = template.match(request.url.removeprefix(base_url))
            if at_home is not None and not at_home["base"]:
                found, is_away = at_home, False
        written = [found[f"p{number}"] for number in range(len(template.names))]
        slashes = "".join(written).count("/")
        values = dict(zip(template.names, map(unquote, written), strict=True))
        rank = is_away, slashes, len(found["base"]), template.vagueness
        return _Ranked(rank, Match(function, values))

    @cached_property
    def _base_url(self) -> str:
        client = import_module(f"{self._package}.client")
        base_url: str = vars(client).get("BASE_URL", "")
        return base_url


@dataclass(frozen=True, slots=True)
class _Ranked:
    rank: tuple[bool, int, int, tuple[tuple[bool, int], ...]]
    """Least for the best one."""

    match: Match


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
                    )
                    for each in whole["responses"]
                ),
            )


@dataclass(frozen=True, slots=True)
class _Template:
    patterns: tuple[re.Pattern[str], ...]
    names: tuple[str, ...]
    vagueness: tuple[tuple[bool, int], ...]
    """Less for what is more specific: by segments, from the first to the last."""

    def match(self, target: str) -> re.Match[str] | None:
        """Match a path with what may stand before it, which is the group "base".

        No value has a slash in it, unless it matches in no other way.
        """
        found = (pattern.fullmatch(target) for pattern in self.patterns)
        return next(filter(None, found), None)


@cache
def _compile(path: str) -> _Template:
    # A fragment tells paths apart in descriptions, and is never sent.
    text = path.partition("#")[0]
    names = re.findall(r"\{([^{}]*)\}", text)
    fixed, *others = (_fixed(each) for each in re.split(r"\{[^{}]*\}", text))
    patterns: list[re.Pattern[str]] = []
    for value in ("[^/?]+?", "[^?]+?"):
        filled = (f"(?P<p{n}>{value}){each}" for n, each in enumerate(others))
        query = "&" if "?" in text else r"\?"
        pattern = f"(?P<base>[^?]*?){fixed}{''.join(filled)}(?:{query}.*)?"
        patterns.append(re.compile(pattern))
    segments = re.sub(r"\{[^{}]*\}", "{", text).split("/")
    vagueness = tuple(("{" in each, -len(each)) for each in segments)
    return _Template(tuple(patterns), tuple(names), vagueness)


def _fixed(text: str) -> str:
    return re.escape(quote(text, safe="%/?&=:@!$'()*+,;~[]"))
