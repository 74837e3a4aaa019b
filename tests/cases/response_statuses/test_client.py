"""A status decides what is read; an error is raised with its body."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer


def test_each_success_has_its_type(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer({"id": 1})
    server.answer({"percent": 50}, 202)
    server.answer_bytes(b"", None, 204)
    models = package.models
    assert client.jobs.get_job(1) == models.Job(id=1)
    assert client.jobs.get_job(1) == models.Progress(percent=50)
    assert client.jobs.get_job(1) is None
    server.answer_bytes(b"", None, 204)
    assert client.jobs.delete_job(1) is None
    assert server.last.line == "DELETE /jobs/1"


def test_each_error_has_its_type(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer({"sought": 1}, 404)
    server.answer({"title": "no"}, 409)
    server.answer_bytes("früh".encode(), "text/plain; charset=utf-8", 500)
    bodies: list[object] = []
    for status in (404, 409, 500):
        with pytest.raises(package.StatusError) as caught:
            client.jobs.get_job(1)
        assert caught.value.status == status
        bodies.append(caught.value.body)
    models = package.models
    assert bodies == [models.Missing(sought=1), models.Problem(title="no"), "früh"]


def test_an_error_that_is_not_described_has_no_body(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer({"any": "thing"}, 404)
    with pytest.raises(package.StatusError) as caught:
        client.jobs.delete_job(1)
    assert (caught.value.body, caught.value.content) == (None, b'{"any": "thing"}')


def test_default_alone_is_a_success(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    server.answer({"id": 1}, 201)
    assert client.jobs.put_job(1) == package.models.Job(id=1)
    server.answer({"id": 1}, 500)
    with pytest.raises(package.StatusError):
        client.jobs.put_job(1)
