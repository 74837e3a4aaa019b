"""Drives one package: each operation, in each way, and what became of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.corpus.same_json import first_difference, is_respelled, is_same
from tests.corpus.sample import Size
from tests.loopback import LoopbackServer, Received

from oasmith.diagnostics import Diagnostics
from oasmith.document import Pointer, is_array, is_object
from oasmith.loading.load import load_document

from .bodies import read_body
from .calling import WAYS, Package
from .credentials import take_credentials
from .decoding import Target, Unreadable, read_parameters
from .described import Description, Operation, essence_of
from .headers import judge_headers
from .items import as_json
from .meaning import Meanings, NoMeaning
from .plan import NotInManifest, Plan, Reply, Sources, plan_call, plan_replies
from .swagger import modernise

_SIZES: tuple[Size, ...] = ("least", "most")


@dataclass(slots=True)
class Driven:
    """What became of an operation."""

    operation: str
    calls: int = 0
    failures: list[str] = field(default_factory=list[str])
    not_tried: str = ""
    """Why it was not called, or not in full."""

    left_out: list[str] = field(default_factory=list[str])
    """Optional arguments that were not tried, with the reason."""

    def fail(self, text: str) -> None:
        if text not in self.failures:
            self.failures.append(text)


def drive_package(spec: Path, folder: Path) -> Iterator[Driven]:
    """Call every operation that a description has, in the package made of it."""
    sys.path.insert(0, os.fspath(folder.parent))
    root = load_document(os.fspath(spec), Diagnostics()).root
    description = Description(modernise(root))
    operations = list(description.operations())
    meanings = Meanings(description.root, list(_pointers(operations)))
    package = Package(folder)
    with LoopbackServer() as server:
        driver = _Driver(description, meanings, package, server)
        for operation in operations:
            yield driver.drive(operation)


def _pointers(operations: list[Operation]) -> Iterator[str]:
    for each in operations:
        media = [*each.body, *(it for answer in each.answers for it in answer.media)]
        for found in (*each.parameters, *media):
            if found.schema is not None:
                yield found.schema
        headers = (it for answer in each.answers for it in answer.headers)
        yield from (it.schema for it in headers if it.schema is not None)
        yield from (each.item for each in media if each.item is not None)


@dataclass(frozen=True, slots=True)
class _Driver:
    description: Description
    meanings: Meanings
    package: Package
    server: LoopbackServer

    @property
    def _sources(self) -> Sources:
        return Sources(self.description, self.meanings, self.package)

    def drive(self, operation: Operation) -> Driven:
        driven = Driven(f"{operation.method} {operation.path}")
        found = self.package.operations.get((operation.method, operation.path))
        if found is None:
            driven.fail("it is not in the manifest")
            return driven
        driven.left_out += _not_listed(operation, found)
        try:
            for function in _functions(found):
                for size in _SIZES:
                    self._drive_size(driven, operation, function, size)
                self._drive_errors(driven, operation, function)
        except NoMeaning as reason:
            driven.not_tried = str(reason)
        except NotInManifest as reason:
            driven.fail(f"not in the manifest: {reason}")
        return driven

    def _drive_size(
        self,
        driven: Driven,
        operation: Operation,
        found: Mapping[str, Any],
        size: Size,
    ) -> None:
        plan = plan_call(self._sources, operation, found, size)
        driven.left_out += [each for each in plan.left_out if size == "most"]
        replies = plan_replies(self._sources, operation, found, errors=False)
        driven.left_out += [it for each in replies for it in each.headers.left_out]
        # Each answer once, and each way once.
        for number in range(max(len(WAYS), len(replies))):
            reply = replies[number % len(replies)]
            way = WAYS[number % len(WAYS)]
            driven.calls += 1
            told = self._call(operation, found, plan, reply, way)
            if told:
                driven.fail(f"{size}, {way}, {reply.status}: {told}")

    def _drive_errors(
        self, driven: Driven, operation: Operation, found: Mapping[str, Any]
    ) -> None:
        plan = plan_call(self._sources, operation, found, "least")
        for reply in plan_replies(self._sources, operation, found, errors=True):
            driven.calls += 1
            self._queue(reply)
            try:
                self.package.call("function", found, self.server.url, plan.keywords)
            except self.package.status_error as error:
                body = getattr(error, "body", None)
                if told := self._compare(reply, body):
                    driven.fail(f"error {reply.status}: {told}")
            except Exception as error:  # Whatever it is, it is for the report.
                driven.fail(f"error {reply.status}: {_tell(error)}")
            else:
                driven.fail(f"error {reply.status}: no StatusError")

    def _call(
        self,
        operation: Operation,
        found: Mapping[str, Any],
        plan: Plan,
        reply: Reply,
        way: str,
    ) -> str:
        """What is wrong with a call; nothing, one hopes."""
        self._queue(reply)
        try:
            value = self.package.call(way, found, self.server.url, plan.keywords)
        except Exception as error:  # Whatever it is, it is for the report.
            return _tell(error)
        try:
            self._judge(operation, plan, self.server.last)
        except Unreadable as problem:
            return str(problem)
        except (ValueError, KeyError, IndexError) as error:
            return f"the request can't be read: {_tell(error)}"
        return self._compare(reply, value) or judge_headers(self.package, reply.headers)

    def _queue(self, reply: Reply) -> None:
        self.server.forget()
        self.server.answer_bytes(
            reply.content, reply.content_type, reply.status, reply.headers.texts
        )

    def _judge(self, operation: Operation, plan: Plan, received: Received) -> None:
        """Read a request by its description alone, and compare it with the plan."""
        method, _, address = received.line.partition(" ")
        if method != operation.method:
            raise Unreadable(f"the method is {method}")
        target = Target.of(address, received.headers)
        target = take_credentials(self.description, operation, target)
        found = read_parameters(operation, target, plan.meant)
        if found.keys() != plan.meant.keys():
            raise Unreadable(f"arrived {sorted(found)}, meant {sorted(plan.meant)}")
        for key, meant in plan.meant.items():
            _expect_same(f"{key[0]} parameter {key[1]!r}", meant, found[key])
        for each in operation.parameters:
            if (each.place, each.name) in found:
                value = found[each.place, each.name]
                self._expect_valid(f"{each.place} parameter", each.schema, value)
        if plan.media is None:
            if received.content:
                raise Unreadable(f"a body that nobody meant: {received.content[:80]!r}")
            return
        content_type = received.headers.get("content-type", "")
        if not content_type and not plan.body:
            return
        body = read_body(plan.media, content_type, received.content, plan.body)
        _expect_same("the body", plan.body, body)
        if plan.media.is_json:
            self._expect_valid("the body", plan.media.schema, body)
        for item in body if plan.media.item is not None and is_array(body) else ():
            self._expect_valid("an item of the body", plan.media.item, item)

    def _expect_valid(self, what: str, schema: Pointer | None, value: Any) -> None:
        if schema is not None and not self.meanings.is_valid(schema, value):
            raise Unreadable(f"{what} is not valid: {value!r:.200}")

    def _compare(self, reply: Reply, value: object) -> str:
        """How what was returned differs from what was answered."""
        if isinstance(value, list) and (reply.kind or reply.value is None):
            # Without a body there are no items.
            back = as_json(reply.kind, value, self.package.encode)
            meant = reply.value or []
            if is_same(meant, back) or is_respelled(meant, back):
                return ""
            return f"given item by item: {first_difference(meant, back)}"
        if isinstance(value, str | bytes) and reply.content == _as_bytes(value):
            return ""
        try:
            back = self.package.encode(value)
        except Exception as error:  # Whatever it is, it is for the report.
            return f"what was returned can't be encoded: {_tell(error)}"
        if is_same(reply.value, back) or is_respelled(reply.value, back):
            return ""
        return f"answered and returned: {first_difference(reply.value, back)}"


def _functions(found: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The function of an operation, and the one that gives item by item instead."""
    return [found, *([{**found, **found["stream"]}] if "stream" in found else [])]


def _not_listed(operation: Operation, found: Mapping[str, Any]) -> Iterator[str]:
    """The media types that the description has, and the package has not."""
    body = found["body"] or {"media": []}
    known = {essence_of(each["content_type"]) for each in body["media"]}
    for media in operation.body:
        if media.essence not in known and "*" not in media.essence:
            yield f"a body of {media.content_type!r}: the package sends none"
    listed = {
        (each["status"], each["content_type"])
        for function in _functions(found)
        for each in function["responses"]
    }
    for answer in operation.answers:
        for media in answer.media:
            if (answer.status, media.content_type) not in listed:
                yield f"an answer of {media.content_type!r}: the client asks for none"


def _expect_same(what: str, meant: Any, found: Any) -> None:
    meant, found = _plain(meant), _plain(found)
    if not (is_same(meant, found) or is_respelled(meant, found)):
        raise Unreadable(f"{what}: {first_difference(meant, found)}")


def _plain(value: Any) -> Any:
    """Bytes as text, so that they can be compared with JSON."""
    if isinstance(value, bytes):
        return value.decode("latin-1")
    if is_object(value):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if is_array(value) else value


def _as_bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode()


def _tell(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:600]
