"""Bodies that are read when they are sent."""

from __future__ import annotations

import io
import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from scripted_server import Server, reply

from oasmith.runtime.answers import read_nothing
from oasmith.runtime.auth import Credentials
from oasmith.runtime.client import BaseClient
from oasmith.runtime.content import (
    Content,
    binary_content,
    lines_content,
    multipart_content,
)
from oasmith.runtime.errors import ConnectionFailed, InvalidArgument, StatusError
from oasmith.runtime.model import Model
from oasmith.runtime.operation import Operation
from oasmith.runtime.request import File
from oasmith.runtime.unset import UNSET
from oasmith.runtime.uploads import Upload

DATA = bytes(range(256)) * 1000


def send(server: Server, content: Content | None, method: str = "PUT") -> None:
    operation: Operation[Any] = Operation(
        name="upload", method=method, path="/file", responses={"204": read_nothing}
    )
    client = BaseClient(Credentials({}, {}), base_url=None, default_base_url=server.url)
    client.send(operation, operation.request(body=content))


class Pipe:
    """Gives its bytes once, and can't seek."""

    def __init__(self, data: bytes) -> None:
        self._stream = io.BytesIO(data)

    def read(self, size: int) -> bytes:
        return self._stream.read(size)


def path_of(folder: Path) -> Path:
    path = folder / 'a "name".bin'
    path.write_bytes(DATA)
    return path


def test_a_path(server: Server, tmp_path: Path) -> None:
    server.answers = [reply(status=204)]
    send(server, binary_content(path_of(tmp_path), "image/png"))
    assert server.seen[0].content == DATA
    assert server.seen[0].headers["content-length"] == "256000"
    assert server.seen[0].headers["content-type"] == "image/png"


def test_an_open_file_is_read_from_where_it_stands(
    server: Server, tmp_path: Path
) -> None:
    server.answers = [reply(status=204)]
    with open(path_of(tmp_path), "rb") as file:
        file.seek(255_998)
        send(server, binary_content(file))
    assert server.seen[0].content == b"\xfe\xff"


def test_what_can_be_read_again_is_sent_again(server: Server) -> None:
    server.answers = [reply(status=503), reply(status=204)]
    send(server, binary_content(io.BytesIO(DATA)))
    assert [seen.content for seen in server.seen] == [DATA, DATA]


@pytest.mark.parametrize("status", [204, 503])
def test_what_has_no_length_is_sent_in_chunks_and_once(
    server: Server, status: int
) -> None:
    server.answers = [reply(status=status), reply(status=204)]
    content = binary_content(Pipe(DATA))
    if status == 503:
        with pytest.raises(StatusError):
            send(server, content)
    else:
        send(server, content)
    assert [seen.content for seen in server.seen] == [DATA]
    assert server.seen[0].headers["transfer-encoding"] == "chunked"
    assert "content-length" not in server.seen[0].headers


def test_what_was_not_sent_is_tried_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    content = binary_content(Pipe(b"a"))
    assert content is not None and isinstance(content.data, Upload)
    with pytest.raises(ConnectionFailed):
        send(Server(port), content)
    assert content.data.is_repeatable
    assert list(content.data) == [b"a"]
    assert not content.data.is_repeatable


def test_a_part_of_a_form(server: Server, tmp_path: Path) -> None:
    server.answers = [reply(status=204)]
    file = File(io.BytesIO(b"text"), "b.txt", "text/plain")
    fields = {"a": path_of(tmp_path), "b": file, "c": "d", "e": UNSET}
    send(server, multipart_content(fields))
    content = server.seen[0].content
    first = b'name="a"; filename="a %22name%22.bin"\r\nContent-Type: application/octet'
    assert first in content and DATA in content
    second = b'name="b"; filename="b.txt"\r\nContent-Type: text/plain\r\n\r\ntext\r\n--'
    assert second in content
    assert server.seen[0].headers["content-length"] == str(len(content))


def test_a_form_with_a_part_of_no_length(server: Server) -> None:
    server.answers = [reply(status=204)]
    send(server, multipart_content({"a": Pipe(DATA), "b": b"2"}))
    content = server.seen[0].content
    assert DATA in content
    assert content.endswith(b"\r\n2\r\n--" + content[2:34] + b"--\r\n")


def test_lines(server: Server) -> None:
    server.answers = [reply(status=204), reply(status=204)]
    send(server, lines_content([{"a": 1}, "b"]))
    assert server.seen[0].content == b'{"a":1}\n"b"\n'
    assert server.seen[0].headers["content-type"] == "application/jsonl"
    send(server, lines_content(({"a": i} for i in range(2)), "application/x-ndjson"))
    assert server.seen[1].content == b'{"a":0}\n{"a":1}\n'
    assert server.seen[1].headers["transfer-encoding"] == "chunked"
    assert lines_content(UNSET) is None


def test_an_empty_file(server: Server) -> None:
    server.answers = [reply(status=204)]
    send(server, binary_content(io.BytesIO(b"")))
    assert server.seen[0].headers["content-length"] == "0"


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(InvalidArgument) as caught:
        work()
    return str(caught.value)


def test_what_is_no_source(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    assert "body can't be read: " in refused(lambda: binary_content(missing))
    assert "body must be bytes or a file, not a string" in refused(
        lambda: binary_content("text")
    )
    assert "must be a list, not an object" in refused(lambda: lines_content({}))
    assert "must be a list, not a number" in refused(lambda: lines_content(1.5))


def test_sources_that_fail_meanwhile(server: Server) -> None:
    with tempfile.TemporaryFile() as file:
        file.write(DATA)
        file.seek(0)
        content = binary_content(file)
        file.truncate(1000)
        told = refused(lambda: send(server, content))
    assert told == "upload (PUT /file): body has become shorter meanwhile"
    text = io.StringIO("text")
    told = refused(lambda: send(server, binary_content(text)))
    assert "body must give bytes, not a string" in told

    def fail() -> Iterator[object]:
        yield {"a": 1}
        raise KeyError("ours")

    with pytest.raises(KeyError):
        send(server, lines_content(fail()))


def test_a_model_with_a_property_read_is_no_file() -> None:
    class Permissions(Model):
        __slots__ = ("read",)

    permissions = Permissions.from_dict({})
    permissions.read = True
    content = multipart_content({"a": permissions})
    assert content is not None and isinstance(content.data, bytes)
    assert b'{"read":true}' in content.data


def test_files_that_can_not_be_read(server: Server, tmp_path: Path) -> None:
    closed = io.BytesIO(b"a")
    closed.close()
    assert "can't be read" in refused(lambda: binary_content(closed))
    content = binary_content(path_of(tmp_path))
    path_of(tmp_path).unlink()
    told = refused(lambda: send(server, content))
    assert told.startswith("upload (PUT /file): body can't be read: [Errno 2]")


def test_a_file_behind_its_end_and_one_that_has_nothing_yet(server: Server) -> None:
    server.answers = [reply(status=204)]
    behind = io.BytesIO(b"abc")
    behind.seek(100)
    send(server, binary_content(behind))
    assert server.seen[0].headers["content-length"] == "0"

    class NotYet:
        def read(self, size: int) -> bytes | None:
            return None

    told = refused(lambda: send(server, binary_content(NotYet())))
    assert "body must give bytes, not null" in told


def test_a_file_that_grows_is_cut(server: Server) -> None:
    server.answers = [reply(status=204)]
    with tempfile.TemporaryFile() as file:
        file.write(b"abc")
        file.seek(0)
        content = binary_content(file)
        file.seek(0, os.SEEK_END)
        file.write(b"def")
        send(server, content)
    assert server.seen[0].content == b"abc"
