"""Loads a description: from a file to the plain tree that is written in it."""

from __future__ import annotations

import codecs
import os
import re
import stat
from typing import Any, NoReturn

from ..diagnostics import Diagnostics, File, Stopped
from ..document import Document, Node, is_object
from ..text import Spot, Text
from .json_places import JsonPlaces
from .locate import TextSource
from .parse_json import NotJson, parse_json
from .problem import Malformed

_MOST_BYTES = 256 * 2**20

_BYTE_ORDER_MARKS = (
    # The marks of UTF-32 begin with those of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF8, "utf-8"),
)

_MAY_BE_JSON = re.compile(r"\s*\{")
_MEANT_AS_JSON = re.compile(r'\s*\{\s*["}]')

_KINDS = {
    type(None): "null",
    bool: "a boolean",
    int: "a number",
    float: "a number",
    str: "a string",
    list: "a list",
}


def load_document(path: str, diagnostics: Diagnostics) -> Document:
    """The description in a file, JSON or YAML as its content says.

    Raises:
        Stopped: There is none; the diagnostics say why.
    """
    return parse_document(path, read_file(path, diagnostics), diagnostics)


def parse_document(name: str, content: bytes, diagnostics: Diagnostics) -> Document:
    """The description that bytes are, from wherever they came.

    Args:
        name: What places in it are told by.

    Raises:
        Stopped: There is none; the diagnostics say why.
    """
    text = _decode(name, content, diagnostics)
    if not text.string.strip():
        _refuse_empty(name, diagnostics)
    try:
        source, root = _parse(text)
    except Malformed as error:
        for problem in error.problems:
            place = Spot(text, problem.offset)
            diagnostics.error(problem.code, problem.message, place)
        raise Stopped from error
    except RecursionError:
        message = "objects and lists are nested too deep"
        diagnostics.fatal("too-deep", message, File(name))
    if not is_object(root):
        message = f"the description is {_KINDS[type(root)]}, not an object"
        diagnostics.fatal("not-an-object", message, Node(source, ""))
    return Document(source, root)


def read_file(path: str, diagnostics: Diagnostics) -> bytes:
    """The content of a file, of which there is some.

    Raises:
        Stopped: It can't be read; the diagnostics say why.
    """
    try:
        mode = os.stat(path).st_mode
        if not stat.S_ISREG(mode):
            # Not even opened: opening a named pipe waits until somebody writes.
            kind = "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"
            message = f'"{path}" is {kind}, not a file'
            diagnostics.fatal("not-a-file", message, File(path))
        with open(path, "rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        message = f'there is no file "{path}"'
        diagnostics.fatal("no-such-file", message, File(path))
    except (OSError, ValueError) as error:
        # ValueError: a name with a null character in it.
        reason = error.strerror if isinstance(error, OSError) else str(error)
        message = f'"{path}" can\'t be read: {str(reason).lower()}'
        diagnostics.fatal("unreadable-file", message, File(path))
    if len(content) > _MOST_BYTES:
        message = f'"{path}" is larger than {_MOST_BYTES // 2**20} MiB'
        diagnostics.fatal("file-too-large", message, File(path))
    if not content:
        _refuse_empty(path, diagnostics)
    return content


def _refuse_empty(path: str, diagnostics: Diagnostics) -> NoReturn:
    diagnostics.fatal("empty-file", f'"{path}" is empty', File(path))


def _decode(path: str, content: bytes, diagnostics: Diagnostics) -> Text:
    mark, encoding = b"", "utf-8"
    for found, name in _BYTE_ORDER_MARKS:
        if content.startswith(found):
            mark, encoding = found, name
            break
    encoded = content[len(mark) :]
    try:
        return Text(path, content, encoded.decode(encoding))
    except UnicodeDecodeError as error:
        # What stands before the bad bytes is good, and says where they are.
        before = len(encoded[: error.start].decode(encoding))
        shown = Text(path, content, encoded.decode(encoding, "replace"))
        message = f"the byte 0x{encoded[error.start]:02x} is not {encoding.upper()}"
        diagnostics.fatal("bad-encoding", message, Spot(shown, before))


def _parse(text: Text) -> tuple[TextSource, Any]:
    if not _MAY_BE_JSON.match(text.string):
        return _parse_yaml(text)
    try:
        root = parse_json(text)
    except NotJson as not_json:
        try:
            return _parse_yaml(text)
        except Malformed as not_yaml:
            # It is neither; what fits is told of what it was meant to be.
            is_yaml = not_yaml.problems[0].code != "bad-yaml"
            if is_yaml or not _MEANT_AS_JSON.match(text.string):
                raise
            raise not_json from not_yaml
    return TextSource(text, JsonPlaces(text.string)), root


def _parse_yaml(text: Text) -> tuple[TextSource, Any]:
    # Imported here, since a description in JSON should not pay for libyaml.
    from .parse_yaml import parse_yaml
    from .yaml_places import YamlPlaces

    root = parse_yaml(text)
    return TextSource(text, YamlPlaces(text)), root
