"""Where the parts of a description stand, and what a listing shows of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from oasmith.diagnostics import Location
from oasmith.document import Document, Node

Load = Callable[[str | bytes], Document]

JSON = """\
{
  "paths" : {
    "/a~b": {"get": [10, {"x": [ ]},
      "é" ]},
    "k\\u0065y": true
  },
  "": null
}
"""
YAML = """\
# é😀
paths:
  /a~b:
    get: [10, {x: [ ]},
      é]
  200: &shared {deep: {er: 1}}
again: *shared
merged:
  <<: [*shared, {more: 1}]
  own: 1
"": ~
~: x
"""

PLACES = [
    (JSON, "", 1, 1),
    (JSON, "/paths", 2, 3),
    (JSON, "/paths/~1a~0b", 3, 5),
    (JSON, "/paths/~1a~0b/get", 3, 14),
    (JSON, "/paths/~1a~0b/get/0", 3, 22),
    (JSON, "/paths/~1a~0b/get/1", 3, 26),
    (JSON, "/paths/~1a~0b/get/1/x", 3, 27),
    (JSON, "/paths/~1a~0b/get/1/x/0", 3, 27),
    (JSON, "/paths/~1a~0b/get/2", 4, 7),
    (JSON, "/paths/~1a~0b/get/3", 3, 14),
    (JSON, "/paths/~1a~0b/get/0/x", 3, 22),
    (JSON, "/paths/key", 5, 5),
    (JSON, "/paths/none/below", 2, 3),
    (JSON, "/", 7, 3),
    (JSON, "/none", 1, 1),
    (YAML, "", 2, 1),
    (YAML, "/paths/~1a~0b", 3, 3),
    (YAML, "/paths/~1a~0b/get/0", 4, 11),
    (YAML, "/paths/~1a~0b/get/1/x", 4, 16),
    (YAML, "/paths/~1a~0b/get/2", 5, 7),
    (YAML, "/paths/~1a~0b/get/3", 4, 5),
    (YAML, "/paths/200/deep/er", 6, 24),
    (YAML, "/paths/none/below", 2, 1),
    (YAML, "/again", 7, 1),
    (YAML, "/again/deep/er", 6, 24),
    (YAML, "/merged/deep/er", 6, 24),
    (YAML, "/merged/more", 9, 18),
    (YAML, "/merged/own", 10, 3),
    (YAML, "/", 11, 1),
    (YAML, "/null", 12, 1),
]


@pytest.mark.parametrize(("content", "pointer", "line", "column"), PLACES)
def test_place(content: str, pointer: str, line: int, column: int, load: Load) -> None:
    location = Node(load(content).source, pointer).locate()
    assert (location.file, location.line, location.column) == ("api", line, column)


@pytest.mark.parametrize("content", [JSON, YAML])
def test_places_do_not_depend_on_what_was_asked_before(
    content: str, load: Load
) -> None:
    document = load(content)
    asked = [place for place in PLACES if place[0] == content]
    for _, pointer, line, column in [*reversed(asked), *asked]:
        location = document.source.locate(pointer)
        assert (location.line, location.column) == (line, column)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_listing(ending: str, load: Load) -> None:
    source = load(ending.join(["a: 1", "", "b: 2", "#\t", "c: 3", ""])).source
    assert source.locate("/a").listing == ((1, "a: 1"), (2, ""))
    assert source.locate("/b").listing == ((2, ""), (3, "b: 2"), (4, "#\t"))
    assert source.locate("/c") == Location("api", 5, 1, ((4, "#\t"), (5, "c: 3")))


def test_listing_of_long_lines(load: Load) -> None:
    members = ", ".join(f'"key{index}": {index}' for index in range(1000))
    location = load(f'{{{members},\n"last": "{"x" * 500}"}}').source.locate("/key500")
    (_, shown), (_, after) = location.listing
    assert location.column > 160
    assert shown.startswith("...") and shown.endswith("...") and '"key500"' in shown
    assert after == '"last": "' + "x" * 151 + "..."
    assert len(shown) == 166


def test_source_gives_the_bytes_of_the_file(load: Load) -> None:
    source = load(b"\xef\xbb\xbfa: 1\r\n").source
    assert (source.name, source.content) == ("api", b"\xef\xbb\xbfa: 1\r\n")
