"""Whatever the words are, the code means the same, and says them."""

from __future__ import annotations

import inspect
from importlib import import_module
from types import ModuleType
from typing import Any

from loopback import LoopbackServer


def test_words_are_words(client: Any, server: LoopbackServer) -> None:
    words = {"quote": '"', "'": "1", "escape": "\\"}
    server.answer(words)
    found = client.words.get_words(word='"', pattern='a"\\')
    assert server.last.line == "GET /words?word=%22&pattern=a%22%5C"
    assert found.to_dict() == words


def test_docstrings_say_them(package: ModuleType) -> None:
    module = import_module(f"{package.__name__}.api.words.get_words")
    said = inspect.getdoc(module.get_words)
    assert said is not None
    assert 'First line with a backslash \\d and """three quotes""".' in said
    assert "Ends with a backslash \\" in said
    assert str(inspect.getdoc(package.models.Words)).strip() == '"""'
