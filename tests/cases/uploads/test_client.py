"""Files that are sent as they are read, and read as they arrive."""

from __future__ import annotations

import asyncio
import io
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from loopback import LoopbackServer

DATA = bytes(range(256)) * 1000


def operation(package: Any) -> Any:
    return import_module(f"{package.__name__}.api.files.get_file")


def test_a_path(client: Any, server: LoopbackServer, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(DATA)
    server.answer_bytes(b"", None, 204)
    client.files.put_file("a", body=tmp_path / "a.bin")
    assert server.last.content == DATA
    assert server.last.headers["content-type"] == "application/octet-stream"


def test_an_open_file(client: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b"", None, 204)
    client.files.put_file("a", body=io.BytesIO(DATA))
    assert server.last.content == DATA


def test_a_file_with_a_type(client: Any, package: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b"", None, 204)
    picture = package.File(b"GIF89a", content_type="image/gif")
    client.files.add_picture(body=picture)
    assert server.last.content == b"GIF89a"
    assert server.last.headers["content-type"] == "image/gif"


def test_parts(
    client: Any, package: Any, server: LoopbackServer, tmp_path: Path
) -> None:
    (tmp_path / "1.txt").write_bytes(b"one")
    server.answer_bytes(b"", None, 204)
    pages = [
        tmp_path / "1.txt",
        package.File(io.BytesIO(b"two"), "2.txt", "text/plain"),
    ]
    client.files.add_album(title="T", cover=io.BytesIO(b"PNG"), pages=pages)
    boundary = server.last.headers["content-type"].partition("boundary=")[2]
    heads = [
        part.partition("\r\n\r\n") for part in parts(server.last.content, boundary)
    ]
    assert [(head.split("\r\n")[1:], text) for head, _, text in heads] == [
        (['Content-Disposition: form-data; name="title"'], "T\r\n"),
        (
            [
                'Content-Disposition: form-data; name="cover"; filename="cover"',
                "Content-Type: image/png",
            ],
            "PNG\r\n",
        ),
        (
            [
                'Content-Disposition: form-data; name="pages"; filename="1.txt"',
                "Content-Type: application/octet-stream",
            ],
            "one\r\n",
        ),
        (
            [
                'Content-Disposition: form-data; name="pages"; filename="2.txt"',
                "Content-Type: text/plain",
            ],
            "two\r\n",
        ),
    ]


def parts(content: bytes, boundary: str) -> list[str]:
    before, *parts, after = content.decode().split(f"--{boundary}")
    assert (before, after) == ("", "--\r\n")
    return parts


def test_a_download(
    client: Any, package: Any, server: LoopbackServer, tmp_path: Path
) -> None:
    get_file = operation(package).get_file
    server.answer_bytes(DATA, "application/octet-stream")
    with package.open_response(get_file, client, "a") as response:
        response.save_to(tmp_path / "a.bin")
    assert (tmp_path / "a.bin").read_bytes() == DATA
    server.answer({"code": 7}, status=404)
    with pytest.raises(package.StatusError) as caught:
        package.open_response(get_file, client, "a")
    assert caught.value.body.code == 7


def test_a_download_that_is_awaited(package: Any, server: LoopbackServer) -> None:
    get_file = operation(package).get_file_async
    server.answer_bytes(DATA, "application/octet-stream")

    async def download() -> bytes:
        async with (
            package.AsyncClient(base_url=server.url) as client,
            await package.open_response_async(get_file, client, "a") as pieces,
        ):
            return b"".join([piece async for piece in pieces])

    assert asyncio.run(download()) == DATA
