"""Files on hosts that are allowed are fetched once, and read from their copies then."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hosts import Answer, Host, redirect

import oasmith
from oasmith.config_arguments import make_client
from oasmith.diagnostics import Diagnostic, Diagnostics
from oasmith.inputs import inputs_of
from oasmith.loading import fetch
from oasmith.loading.addresses import copy_path
from oasmith.output.lock import is_current, read_lock

_SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        "200":
          description: The pets.
          content:
            application/json:
              schema:
                $ref: "REFERENCE"
"""
_PET = b"""Pet:
  type: object
  properties:
    name: {type: string}
    owner: {$ref: "people/owner.yaml"}
"""
_OWNER = (
    b"type: object\nproperties: {pets: {type: array, items: {$ref: ../pets.yaml#/Pet}}}"
)


@pytest.fixture
def host() -> Iterator[Host]:
    host = Host({"/v1/pets.yaml": _PET, "/v1/people/owner.yaml": _OWNER})
    yield host
    host.close()


@pytest.fixture(autouse=True)
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: Host
) -> Iterator[Path]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    _refer(f"{host.url}/v1/pets.yaml#/Pet")
    yield tmp_path


def _refer(reference: str) -> None:
    Path("pets.yaml").write_text(_SPEC.replace("REFERENCE", reference))


def _generate(*hosts: str) -> tuple[oasmith.GenerateResult | None, list[str]]:
    """Generate, and give the place and the code of each diagnostic as well."""
    try:
        result = oasmith.generate("pets.yaml", "pets", allow_remote=hosts)
    except oasmith.Failed as failed:
        return None, _places(failed.diagnostics)
    return result, _places(result.diagnostics)


def _places(diagnostics: Sequence[Diagnostic]) -> list[str]:
    places: list[str] = []
    for each in diagnostics:
        assert each.place is not None
        file, line, _, _ = each.place.locate()
        places.append(f"{file}:{line} {each.severity}[{each.code}]")
    return places


def test_what_is_allowed_is_fetched_once_and_its_copy_kept(host: Host) -> None:
    result, told = _generate(host.name)
    assert result is not None and told == []
    assert {"models/pet.py", "models/owner.py"} <= {*result.written.created}
    assert host.asked == ["/v1/pets.yaml", "/v1/people/owner.yaml"]
    copy = Path(copy_path("pets.yaml", f"{host.url}/v1/pets.yaml"))
    assert copy.read_bytes() == _PET
    assert copy.parts[0] == "pets.yaml.remote" and copy.parts[2] == "v1"
    lock = read_lock("pets", Diagnostics())
    assert lock and f"../{copy.as_posix()}" in lock.sources
    client = make_client("pets.yaml", "pets", Diagnostics(), allow_remote=[host.name])
    assert is_current("pets", lock, inputs_of(client))
    host.close()
    again, told = _generate(host.name)
    assert again and told == [] and not again.written.changed + again.written.created
    assert not oasmith.check("pets.yaml", "pets", allow_remote=[host.name]).drift


def test_another_host_is_not_asked(host: Host) -> None:
    result, told = _generate("example.com", "127.0.0.1", "localhost:1")
    assert result is None
    assert told == ["pets.yaml:13 error[remote-reference]"]
    assert host.asked == []


def test_what_is_wrong_in_a_fetched_file_is_told_by_its_address(host: Host) -> None:
    host.answers["/v1/people/owner.yaml"] = b'type: object\nallOf: [{$ref: "#/none"}]'
    address = f"{host.url}/v1/people/owner.yaml"
    assert _generate(host.name)[1] == [f"{address}:2 error[unresolved-reference]"]
    host.answers["/v1/people/owner.yaml"] = b"type: object\ntitle: \xff"
    assert _generate(host.name)[1] == [f"{address}:2 error[bad-encoding]"]
    assert not Path("pets.yaml.remote").exists()


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("file:///etc/passwd", "remote-reference"),
        ("ftp://127.0.0.1/a", "remote-reference"),
        ("//other.example/a.yaml", "remote-reference"),
        ("http://user:secret@HOST/a.yaml", "remote-reference"),
        ("http://[bad/a.yaml", "remote-reference"),
        ("missing.yaml", "not-fetched"),
        ("../../../etc/passwd", "not-fetched"),
    ],
)
def test_a_fetched_file_leads_to_allowed_hosts_alone(
    reference: str, code: str, host: Host
) -> None:
    written = reference.replace("HOST", host.name)
    host.answers["/v1/pets.yaml"] = f'Pet:\n  $ref: "{written}"\n'.encode()
    address = f"{host.url}/v1/pets.yaml"
    assert _generate(host.name)[1] == [f"{address}:2 error[{code}]"]


def test_redirects_stay_on_the_host(host: Host) -> None:
    other = Host({"/pets.yaml": _PET})
    host.answers["/v1/pets.yaml"] = redirect("/v2/pets.yaml")
    host.answers["/v2/pets.yaml"] = _PET
    assert _generate(host.name)[1] == []
    _refer(f"{host.url}/away.yaml#/Pet")
    for target in (f"{other.url}/pets.yaml", "file:///etc/passwd", "/away.yaml"):
        host.answers["/away.yaml"] = redirect(target)
        told = _generate(host.name, other.name)[1]
        assert told == ["pets.yaml:13 error[not-fetched]"]
    assert other.asked == []
    other.close()


def test_neither_size_nor_time_is_without_bounds(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "MOST_BYTES", len(_PET) - 1)
    assert _generate(host.name)[1] == ["pets.yaml:13 error[not-fetched]"]
    monkeypatch.setattr(fetch, "MOST_BYTES", len(_PET))
    released = threading.Event()
    host.answers["/v1/pets.yaml"] = lambda handler: released.wait(10) and None
    monkeypatch.setattr(fetch, "MOST_SECONDS", 0.2)
    with pytest.raises(
        oasmith.Failed, match=r"it takes more than 0\.2 seconds|timed out"
    ):
        oasmith.generate("pets.yaml", "pets", allow_remote=[host.name])
    released.set()


def test_an_answer_that_is_cut_off_is_none(host: Host) -> None:
    def answer(handler: object) -> None:
        assert hasattr(handler, "send_response")
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(_PET) + 1))
        handler.end_headers()
        handler.wfile.write(_PET)

    broken: Answer = answer
    host.answers["/v1/pets.yaml"] = broken
    assert _generate(host.name)[1] == ["pets.yaml:13 error[not-fetched]"]


def test_a_copy_is_refreshed_by_deleting_it(host: Host) -> None:
    _generate(host.name)
    copy = Path(copy_path("pets.yaml", f"{host.url}/v1/pets.yaml"))
    host.answers["/v1/pets.yaml"] = _PET.replace(b"name", b"title")
    assert _generate(host.name)[1] == []
    copy.unlink()
    with pytest.raises(oasmith.Failed) as caught:
        oasmith.check("pets.yaml", "pets", allow_remote=[host.name])
    assert _places(caught.value.diagnostics) == ["pets.yaml:13 error[copy-missing]"]
    result, told = _generate(host.name)
    assert told == ["pets.yaml:13 warning[remote-changed]"]
    assert result and "models/pet.py" in result.written.changed
    assert b"title" in copy.read_bytes()


def test_a_copy_that_was_changed_is_told(host: Host) -> None:
    _generate(host.name)
    copy = Path(copy_path("pets.yaml", f"{host.url}/v1/pets.yaml"))
    copy.write_bytes(_PET.replace(b"name", b"title"))
    checked = oasmith.check("pets.yaml", "pets", allow_remote=[host.name])
    assert _places(checked.diagnostics) == [f"{copy}:0 warning[copy-changed]"]
    assert "models/pet.py" in checked.drift.different
    assert _generate(host.name)[1] == [f"{copy}:0 warning[copy-changed]"]
    assert _generate(host.name)[1] == []


def test_a_host_is_no_url(host: Host) -> None:
    with pytest.raises(oasmith.Failed, match="bad-host"):
        oasmith.generate("pets.yaml", "pets", allow_remote=[host.url])


def test_copies_have_names_that_files_can_have() -> None:
    urls = [
        "https://example.com/a",
        "https://example.com/A",
        "http://example.com/a",
        "https://example.com/a?b=c",
        "https://example.com/",
        "https://example.com/%2e%2e/../con/" + "x" * 300 + ".yaml",
        "https://[::1]:8080/a/b",
    ]
    paths = [copy_path("specs/a.yaml", url) for url in urls]
    assert len({path.lower() for path in paths}) == len(urls)
    for path in paths:
        assert path.startswith("specs/a.yaml.remote/") and ".." not in path.split("/")
        assert all(len(part) < 120 for part in path.split("/"))
