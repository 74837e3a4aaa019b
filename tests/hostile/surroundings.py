"""What stands around a description: files, folders, hosts, and the names of these.

Each is set up in a sandbox that has a secret above the project, and a victim beside it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .places import Verdict
from .structure import description

SECRET = "s3cr3t"

Prepare = Callable[[Path], Sequence[str]]
"""Sets a project up and gives the arguments of a run; ``package`` is the output."""


@dataclass(frozen=True)
class Surroundings:
    name: str
    verdict: Verdict
    prepare: Prepare
    code: str = ""
    """The error that it is refused with, where that is worth a word."""


def surroundings() -> Iterator[Surroundings]:
    """All of them."""
    yield from _odd_files()
    yield from _references()
    yield from _odd_outputs()
    yield from _locks()
    yield from _tables()
    yield from _names()
    yield from _messages()


_GENERATE = ("generate", "spec.json", "-o", "package")


def write_spec(folder: Path, schema: Any = None, name: str = "spec.json") -> None:
    """Write a small description."""
    root = {"type": "object", "properties": {"a": {"type": "string"}}}
    made = description({"Root": root if schema is None else schema})
    (folder / name).write_text(json.dumps(made))


def _odd_files() -> Iterator[Surroundings]:
    def fifo(folder: Path) -> Sequence[str]:
        os.mkfifo(folder / "spec.json")
        return _GENERATE

    def folder_itself(folder: Path) -> Sequence[str]:
        (folder / "spec.json").mkdir()
        return _GENERATE

    def ring(folder: Path) -> Sequence[str]:
        (folder / "spec.json").symlink_to("spec.json")
        return _GENERATE

    def device(name: str) -> Prepare:
        def prepare(folder: Path) -> Sequence[str]:
            (folder / "spec.json").symlink_to(name)
            return _GENERATE

        return prepare

    yield Surroundings("a pipe", "reject", fifo, "not-a-file")
    yield Surroundings("a folder", "reject", folder_itself, "not-a-file")
    yield Surroundings("a link to itself", "reject", ring)
    for name in ("/dev/zero", "/dev/null", "/dev/tty", "/dev/full", "/dev/random"):
        yield Surroundings(name, "reject", device(name), "not-a-file")
    for name in ("/proc/self/mem", "/proc/self/environ"):
        yield Surroundings(name, "reject", device(name))
    nothing = ("generate", "none.json", "-o", "package")
    yield Surroundings("nothing there", "reject", lambda _: nothing, "no-such-file")


_TARGETS = (
    "file:///etc/passwd",
    "FILE:/etc/passwd",
    "file://localhost/etc/passwd",
    "/etc/passwd",
    "../secret.json",
    "./a/../../secret.json",
    "..%2fsecret.json",
    "%2e%2e/secret.json",
    "%2e%2e%2fsecret.json#/a",
    "..\\secret.json",
    "link.json",
    "linked/secret.json",
    "linked/../secret.json",
    "//127.0.0.1:9/a.json",
    "\\\\127.0.0.1\\a.json",
    "http://127.0.0.1:9/a.json",
    "HTTP://127.0.0.1:9/a.json",
    "https://127.0.0.1:9/a.json",
    "http://[::1]:9/a.json",
    "http:a.json",
    "ftp://127.0.0.1/a.json",
    "gopher://127.0.0.1:9/a",
    "data:application/json,{}",
    "jar:file:///a.zip!/a",
    "javascript:alert(1)",
    "C:\\secret.json",
    "~/secret.json",
    "$HOME/secret.json",
    "pipe.json",
    "/dev/zero",
    "/proc/self/environ",
    "a\x00b.json",
    "a\nb.json",
    "\x1b[2J.json",
    "a" * 10_000,
    "a/" * 3_000,
    "spec.json\x00.json",
    "",
    "#",
    "#/",
    "#/paths",
    "#/info/title",
    "#/components/schemas/Root/properties/a/\x1b[2J",
    "#" * 1_000,
    "?",
    "::",
    "http://[",
    "http://[::1",
    "//[/a",
    "http://a:99999999/b",
)


def _references() -> Iterator[Surroundings]:
    def to(target: str, keyword: str) -> Prepare:
        def prepare(folder: Path) -> Sequence[str]:
            (folder.parent / "secret.json").write_text(f'{{"{SECRET}": 1}}')
            (folder / "link.json").symlink_to("../secret.json")
            (folder / "linked").symlink_to("..")
            os.mkfifo(folder / "pipe.json")
            root: Any = {"$ref": target}
            if keyword == "mapping":
                tagged = {"propertyName": "a", "mapping": {"a": target}}
                root = {"oneOf": [{"$ref": target}], "discriminator": tagged}
            write_spec(folder, {"type": "object", "properties": {"a": root}})
            return _GENERATE

        return prepare

    for target in _TARGETS:
        # What leads to nowhere in the description is told, too.
        fine = target in ("", "#", "#/paths")
        for keyword in ("$ref", "mapping"):
            shown = (
                target if len(target) < 50 else f"{target[:9]}... of {len(target):,}"
            )
            verdict: Verdict = "either" if fine else "reject"
            yield Surroundings(f"{keyword}: {shown!r}", verdict, to(target, keyword))


def _odd_outputs() -> Iterator[Surroundings]:
    def planted(path: str, target: str) -> Prepare:
        def prepare(folder: Path) -> Sequence[str]:
            write_spec(folder)
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(os.path.relpath(folder.parent / target, place.parent))
            return _GENERATE

        return prepare

    def piped(path: str) -> Prepare:
        def prepare(folder: Path) -> Sequence[str]:
            write_spec(folder)
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            os.mkfifo(folder / path)
            return _GENERATE

        return prepare

    for path in (
        "package/client.py",
        "package/models",
        "package/models/root.py",
        "package/_runtime",
        "package/api",
        "package/oasmith.lock",
        "package/manifest.json",
    ):
        for target in ("victim.txt", "victims", "no victim"):
            verdict: Verdict = "reject"
            if path.endswith("lock") and target != "victim.txt":
                verdict = "either"
            yield Surroundings(
                f"{path} leads to {target}", verdict, planted(path, target)
            )
    # What a run has for itself may be planted: it is removed, and never followed.
    for path in ("package/.oasmith", ".package.oasmith"):
        for target in ("victim.txt", "victims"):
            case = f"{path} leads to {target}"
            yield Surroundings(case, "either", planted(path, target))
    for path in ("package/client.py", "package/oasmith.lock", "package", "package/api"):
        yield Surroundings(f"{path} is a pipe", "reject", piped(path))


def _locks() -> Iterator[Surroundings]:
    def locked(content: bytes) -> Prepare:
        def prepare(folder: Path) -> Sequence[str]:
            write_spec(folder)
            (folder / "package").mkdir()
            (folder / "package" / "oasmith.lock").write_bytes(content)
            return _GENERATE

        return prepare

    def names(made: Any) -> bytes:
        return json.dumps({"lock": 1, "names": made}).encode()

    code = 'a"); __import__("pathlib").Path("canary").touch(); ("'
    for what, content in (
        (
            "files above",
            b'{"lock": 1, "files": {"../../victim.txt": "", "/etc/passwd": ""}}',
        ),
        ("sources above", b'{"lock": 1, "sources": {"../../victim.txt": "x"}}'),
        ("names that are code", names({"models": {"/components/schemas/Root": code}})),
        (
            "names of dunders",
            names({"models": {"/components/schemas/Root": "__class__"}}),
        ),
        ("names above", names({"groups": {"default": "../../canary"}})),
        ("names of devices", names({"groups": {"default": "con"}})),
        ("names that are no names", names({"models": {"/components/schemas/Root": 7}})),
        ("names that are a list", names([["a"]])),
        ("long names", names({"models": {"/components/schemas/Root": "a" * 10_000}})),
        ("levels", b'{"names": ' + b"[" * 100_000),
        ("garbage", bytes(range(256)) * 100),
        ("a number", b"7"),
        ("great numbers", b'{"lock": ' + b"9" * 10_000 + b"}"),
    ):
        yield Surroundings(f"a lock with {what}", "accept", locked(content))


def _tables() -> Iterator[Surroundings]:
    def table(text: str) -> Prepare:
        def prepare(folder: Path) -> Sequence[str]:
            write_spec(folder)
            (folder / "pyproject.toml").write_text(text)
            return ("generate",)

        return prepare

    client = '[[tool.oasmith.client]]\nspec = "spec.json"\noutput = "package"\n'
    for what, verdict, text in (
        ("as it should be", "accept", client),
        ("a package that is code", "reject", client + 'package = "a; import os"\n'),
        ("a package above", "reject", client + 'package = "..a"\n'),
        ("a package that is a keyword", "reject", client + 'package = "class"\n'),
        ("a null in a path", "reject", client.replace('"spec.json"', '"a\\u0000b"')),
        ("paint in a path", "reject", client.replace('"spec.json"', '"\\u001b[2J"')),
        ("numbers", "reject", client.replace('"spec.json"', "7")),
        ("a table that is none", "reject", "[tool]\noasmith = 7\n"),
        ("clients that are none", "reject", "[tool.oasmith]\nclient = [7]\n"),
        ("no TOML", "reject", client + "]"),
        ("bytes", "reject", client + '"\x1b'),
        ("1,000 levels", "either", client + "x = " + "[" * 1_000 + "]" * 1_000),
        ("many stars", "either", client + f'include = ["GET /{"**/" * 40}x"]\n'),
        ("many wildcards", "either", client + f'include = ["op:{"*a" * 40}x"]\n'),
        ("an odd pattern", "either", client + 'include = ["(a+)+$", "\\u001b"]\n'),
    ):
        given: Verdict = verdict  # type: ignore[assignment]
        yield Surroundings(f"a table with {what}", given, table(text))


def _names() -> Iterator[Surroundings]:
    def output(name: str) -> Prepare:
        def prepare(folder: Path) -> Sequence[str]:
            write_spec(folder)
            (folder / "package").mkdir()
            return ("generate", "spec.json", "-o", f"package/{name}")

        return prepare

    def spec(name: str) -> Prepare:
        def prepare(folder: Path) -> Sequence[str]:
            write_spec(folder, name=name)
            return ("generate", f"./{name}", "-o", "package")

        return prepare

    for name in (
        "class",
        "a b",
        "1a",
        "con",
        "a\nb",
        "a\x1b[2J",
        "a;b",
        "{{ a }}",
        "é",
    ):
        yield Surroundings(f"an output called {name!r}", "either", output(name))
    for name in (
        "a\n__import__('pathlib').Path('canary').touch()\n#.json",
        "a\r__import__('pathlib').Path('canary').touch()\r#.json",
        "a\u2028b.json",
        "coding: utf-7 .json",
        "-*- coding=utf_16 -*-.json",
        '"""\\.json',
        "{{ a }}{% b %}.json",
        "\x1b[2J.json",
        "a\u202eb.json",
        "# type: ignore.json",
    ):
        yield Surroundings(f"a description called {name!r}", "accept", spec(name))


def _messages() -> Iterator[Surroundings]:
    paint = "\x1b[2J\x1b]0;a\x07\x9b31m\u202e\u2028"

    def commanded(*command: str) -> Prepare:
        def prepare(folder: Path) -> Sequence[str]:
            made = description({"Root": {"type": paint, "format": paint}})
            answer = {"200": {"description": paint}}
            operation = {"operationId": paint, "tags": [paint], "responses": answer}
            made["paths"][f"/{paint}"] = {"get": operation}
            made["paths"][f"/{{{paint}}}"] = {"get": operation, paint: 7}
            (folder / "spec.json").write_text(json.dumps(made))
            return command

        return prepare

    for command in (
        ("validate", "spec.json"),
        ("operations", "spec.json"),
        ("operations", "spec.json", "-i", f"op:{paint}*"),
        ("generate", "spec.json", "-o", "package", "--lenient"),
        ("generate", "spec.json", "-o", "package", "-i", paint),
        ("slice", "spec.json", "-o", "package/a.json", "-i", "GET /**"),
        ("check", "spec.json", "-o", "package"),
        ("init", "spec.json", "-o", "package", "-i", paint),
        ("generate", paint, "-o", "package"),
        ("generate", "spec.json", "-o", paint),
        (paint,),
        ("generate", f"--{paint}"),
    ):
        shown = " ".join(command).replace(paint, "PAINT")
        yield Surroundings(f"paint: {shown}", "either", commanded(*command))
