"""The client for Cloudflare, driven against the stand-in over real HTTP."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial

import pytest
from cloudflare import (
    UNSET,
    AsyncClient,
    Client,
    ConnectionFailed,
    DeadlineExceeded,
    InvalidArgument,
    MissingCredentials,
    StatusError,
    with_response,
)
from cloudflare.api.workers_for_platforms.create_dispatch_namespace import (
    create_dispatch_namespace,
    create_dispatch_namespace_async,
)
from cloudflare.api.workers_for_platforms.list_dispatch_namespaces import (
    list_dispatch_namespaces,
)
from cloudflare.models import DispatchNamespace, DispatchNamespaceResponse, Failure
from standin import (
    ACCOUNT_ID,
    API_EMAIL,
    API_KEY,
    API_TOKEN,
    READ_ONLY_TOKEN,
    StandIn,
)

PATH = f"/client/v4/accounts/{ACCOUNT_ID}/workers/dispatch/namespaces"


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with StandIn() as server:
        yield server


@pytest.fixture
def client(standin: StandIn) -> Iterator[Client]:
    with Client(api_token=API_TOKEN, base_url=standin.base_url) as client:
        yield client


def test_create_sends_the_body_and_reads_the_result(
    client: Client, standin: StandIn
) -> None:
    before = datetime.now(UTC)
    found = with_response(create_dispatch_namespace, client, ACCOUNT_ID, name="staging")
    namespace, envelope = found.value, found.response.envelope
    assert isinstance(namespace, DispatchNamespace)
    assert namespace.namespace_name == "staging"
    assert namespace.script_count == 0
    assert namespace.trusted_workers is False
    assert isinstance(namespace.created_on, datetime)
    assert before <= namespace.created_on <= datetime.now(UTC)
    assert envelope == DispatchNamespaceResponse(
        success=True, errors=[], messages=[], result=namespace
    )
    [request] = standin.seen
    assert (request.method, request.path) == ("POST", PATH)
    assert request.headers["authorization"] == f"Bearer {API_TOKEN}"
    assert request.headers["content-type"] == "application/json"
    assert json.loads(request.content) == {"name": "staging"}


def test_a_name_that_is_not_given_is_not_sent(client: Client, standin: StandIn) -> None:
    client.workers_for_platforms.create_dispatch_namespace(ACCOUNT_ID)
    client.workers_for_platforms.create_dispatch_namespace(ACCOUNT_ID, name=UNSET)
    assert [json.loads(request.content) for request in standin.seen] == [{}, {}]


def test_list_get_and_delete(client: Client, standin: StandIn) -> None:
    workers = client.workers_for_platforms
    created = [
        workers.create_dispatch_namespace(ACCOUNT_ID, name=name)
        for name in ("blue", "a/b é?")
    ]
    assert workers.list_dispatch_namespaces(ACCOUNT_ID) == created
    assert workers.get_dispatch_namespace(ACCOUNT_ID, "a/b é?") == created[1]
    workers.delete_dispatch_namespace(ACCOUNT_ID, "a/b é?")
    assert workers.list_dispatch_namespaces(ACCOUNT_ID) == created[:1]
    assert [(seen.method, seen.path) for seen in standin.seen[2:]] == [
        ("GET", PATH),
        ("GET", f"{PATH}/a%2Fb%20%C3%A9%3F"),
        ("DELETE", f"{PATH}/a%2Fb%20%C3%A9%3F"),
        ("GET", PATH),
    ]


def test_functions_take_any_client_and_the_other_credentials(standin: StandIn) -> None:
    with Client(
        api_email=API_EMAIL, api_key=lambda: API_KEY, base_url=standin.base_url
    ) as client:
        created = create_dispatch_namespace(client, ACCOUNT_ID, name="blue")
        assert list_dispatch_namespaces(client, ACCOUNT_ID) == [created]
    for request in standin.seen:
        assert request.headers["x-auth-email"] == API_EMAIL
        assert request.headers["x-auth-key"] == API_KEY
        assert "authorization" not in request.headers


def test_awaited_calls(standin: StandIn) -> None:
    async def call() -> None:
        async with AsyncClient(
            api_token=API_TOKEN, base_url=standin.base_url
        ) as client:
            workers = client.workers_for_platforms
            blue, green = await asyncio.gather(
                workers.create_dispatch_namespace(ACCOUNT_ID, name="blue"),
                create_dispatch_namespace_async(client, ACCOUNT_ID, name="green"),
            )
            got = await workers.get_dispatch_namespace(ACCOUNT_ID, "green")
            assert got == green
            await workers.delete_dispatch_namespace(ACCOUNT_ID, "green")
            left = await workers.list_dispatch_namespaces(ACCOUNT_ID)
            assert left == [blue]
            with pytest.raises(StatusError, match="404"):
                await workers.get_dispatch_namespace(ACCOUNT_ID, "green")

    asyncio.run(call())


def test_a_property_that_is_not_described_is_written_back(client: Client) -> None:
    namespace = client.workers_for_platforms.create_dispatch_namespace(
        ACCOUNT_ID, name="blue"
    )
    assert isinstance(namespace, DispatchNamespace)
    assert namespace.extra == {"jurisdiction": "eu"}
    assert namespace.to_dict()["jurisdiction"] == "eu"


@pytest.mark.parametrize(
    ("token", "name", "status", "code"),
    [
        (API_TOKEN, "blue", 409, 100120),
        (API_TOKEN, "", 400, 10002),
        (READ_ONLY_TOKEN, "red", 403, 10000),
        ("wrong", "red", 401, 10000),
    ],
)
def test_a_failure_is_raised_with_its_typed_body(
    client: Client, standin: StandIn, token: str, name: str, status: int, code: int
) -> None:
    client.workers_for_platforms.create_dispatch_namespace(ACCOUNT_ID, name="blue")
    with Client(api_token=token, base_url=standin.base_url) as other:
        create = partial(create_dispatch_namespace, other, ACCOUNT_ID, name=name)
        error = _failure_of(create)
    assert error.status == status
    assert isinstance(error.body, Failure)
    assert [told.code for told in error.body.errors] == [code]
    assert token not in f"{error} {error!r}"


def test_a_namespace_that_is_not_there(client: Client) -> None:
    workers = client.workers_for_platforms
    for operation in (
        workers.get_dispatch_namespace,
        workers.delete_dispatch_namespace,
    ):
        error = _failure_of(partial(operation, ACCOUNT_ID, "gone"))
        assert error.status == 404
        assert isinstance(error.body, Failure)
        assert error.body.result is None


def test_nothing_is_sent_without_credentials_or_with_a_wrong_argument(
    client: Client, standin: StandIn
) -> None:
    workers = client.workers_for_platforms
    for account_id, name in (("x" * 33, "n"), ("..", "n"), (ACCOUNT_ID, "")):
        with pytest.raises(InvalidArgument):
            workers.get_dispatch_namespace(account_id, name)
    with (
        Client(api_key=API_KEY, base_url=standin.base_url) as other,
        pytest.raises(MissingCredentials, match="api_email and api_key"),
    ):
        list_dispatch_namespaces(other, ACCOUNT_ID)
    assert not standin.seen


def test_the_deadline_holds(standin: StandIn) -> None:
    standin.delay = 3.0
    start = time.monotonic()
    with (
        Client(api_token=API_TOKEN, base_url=standin.base_url, timeout=0.1) as client,
        pytest.raises(DeadlineExceeded),
    ):
        list_dispatch_namespaces(client, ACCOUNT_ID)
    assert time.monotonic() - start < 1.5


def test_a_server_that_is_gone() -> None:
    with StandIn() as standin:
        base_url = standin.base_url
    with (
        Client(api_token=API_TOKEN, base_url=base_url, retries=0) as client,
        pytest.raises(ConnectionFailed),
    ):
        list_dispatch_namespaces(client, ACCOUNT_ID)


def _failure_of(call: Callable[[], object]) -> StatusError:
    with pytest.raises(StatusError) as caught:
        call()
    return caught.value
