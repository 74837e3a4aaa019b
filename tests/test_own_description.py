"""Cloudflare's own description: a slice of it gives a client that works.

It lies beside the repository, in ``shared/``, where the project is developed; it is not
ours to ship. Without it these tests are skipped.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import oasmith

ROOT = Path(__file__).parents[1]
DESCRIPTION = ROOT.parent / "shared/corpus/cloudflare-2024-08-06.json"

pytestmark = pytest.mark.skipif(
    not DESCRIPTION.exists(), reason="Cloudflare's own description is not here"
)

sys.path.insert(0, str(ROOT / "demo"))


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("own")
    result = oasmith.generate(
        DESCRIPTION,
        folder / "own_cloudflare",
        include=[
            "/accounts/{account_id}/workers/dispatch/namespaces",
            "/accounts/{account_id}/workers/dispatch/namespaces/{dispatch_namespace}",
        ],
    )
    # "A second or two" on an idle machine; this one may be busy.
    assert sum(len(group.operations) for group in result.made.package.groups) == 4
    sys.path.insert(0, str(folder))
    yield importlib.import_module("own_cloudflare")
    sys.path.remove(str(folder))


def test_the_slice_calls_a_server(package: Any) -> None:
    from standin import ACCOUNT_ID, API_TOKEN, StandIn

    with (
        StandIn() as standin,
        package.Client(api_token=API_TOKEN, base_url=standin.base_url) as client,
    ):
        workers = client.workers_for_platforms
        made = workers.namespace_worker_create(ACCOUNT_ID, name="blue")
        assert made.result.namespace_name == "blue"
        listed = workers.namespace_worker_list(ACCOUNT_ID)
        assert [each.namespace_name for each in listed.result] == ["blue"]
        got = workers.namespace_worker_get_namespace(ACCOUNT_ID, "blue")
        assert got.result == listed.result[0]
        gone = workers.namespace_worker_delete_namespace(ACCOUNT_ID, "blue")
        assert gone.success is True
        with pytest.raises(package.StatusError) as caught:
            workers.namespace_worker_get_namespace(ACCOUNT_ID, "blue")
        assert caught.value.status == 404


def test_arguments_are_checked_before_anything_is_sent(package: Any) -> None:
    from standin import API_TOKEN, StandIn

    with (
        StandIn() as standin,
        package.Client(api_token=API_TOKEN, base_url=standin.base_url) as client,
    ):
        with pytest.raises(package.InvalidArgument, match="at most 32 characters"):
            client.workers_for_platforms.namespace_worker_list("x" * 33)
        assert standin.seen == []
