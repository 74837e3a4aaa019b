"""Each media type of a body has a function of its own; plain JSON has one."""

from __future__ import annotations

import json
from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer

NOTE = {"text": "a b"}


def test_json_goes_first(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer(NOTE)
    note = package.models.Note(text="a b")
    assert client.notes.create_note(body=note, text="q") == note
    assert server.last.line == "POST /notes?text=q"
    assert server.last.headers["content-type"] == "application/json"
    assert server.last.json == NOTE


@pytest.mark.parametrize(
    ("function", "arguments", "content_type", "content"),
    [
        (
            "create_note_form",
            {"text": "q", "text_body": "a b"},
            "application/x-www-form-urlencoded",
            b"text=a+b",
        ),
        (
            "create_note_patch_json",
            {"body": [{"op": "add"}], "text": "q"},
            "application/patch+json",
            b'[{"op":"add"}]',
        ),
        (
            "create_note_text",
            {"body": "a b", "text": "q"},
            "text/plain; charset=utf-8",
            b"a b",
        ),
        (
            "create_note_markdown",
            {"body": "*a*", "text": "q"},
            "text/markdown; charset=utf-8",
            b"*a*",
        ),
        (
            "create_note_bytes",
            {"body": b"\0", "text": "q"},
            "application/octet-stream",
            b"\0",
        ),
        (
            "create_note_image_png",
            {"body": b"\0", "text": "q"},
            "image/png",
            b"\0",
        ),
    ],
)
def test_the_others_have_functions(
    client: Any,
    server: LoopbackServer,
    function: str,
    arguments: dict[str, Any],
    content_type: str,
    content: bytes,
) -> None:
    server.answer(NOTE)
    getattr(client.notes, function)(**arguments)
    assert server.last.line == "POST /notes?text=q"
    assert server.last.headers["content-type"] == content_type
    assert server.last.content == content


def test_a_form_of_parts(client: Any, server: LoopbackServer) -> None:
    server.answer(NOTE)
    client.notes.create_note_multipart(file=b"data", kind="draft", text="q")
    assert server.last.headers["content-type"].startswith("multipart/form-data; ")
    assert b'name="kind"\r\n\r\ndraft\r\n' in server.last.content


def test_the_manifest_lists_them_at_the_one_operation(package: ModuleType) -> None:
    path = str(package.__file__).replace("__init__.py", "manifest.json")
    with open(path, encoding="utf-8") as file:
        (operation,) = json.load(file)["operations"]
    assert operation["function"] == "create_note"
    assert [
        (medium["content_type"], medium.get("function"))
        for medium in operation["body"]["media"]
    ] == [
        ("application/json", None),
        ("application/vnd.note+json", "create_note_vnd_note_json"),
        ("application/patch+json", "create_note_patch_json"),
        ("multipart/form-data", "create_note_multipart"),
        ("application/x-www-form-urlencoded", "create_note_form"),
        ("text/plain", "create_note_text"),
        ("text/markdown", "create_note_markdown"),
        ("application/octet-stream", "create_note_bytes"),
        ("image/png", "create_note_image_png"),
        ("codecs=opus", "create_note_codecs_opus"),
    ]
    form = operation["body"]["media"][4]
    assert form["fields"][0]["python"] == "text_body"
