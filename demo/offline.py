"""All that the generated client does, shown against the stand-in."""

from __future__ import annotations

import asyncio

from cloudflare import (
    AsyncClient,
    Client,
    DeadlineExceeded,
    InvalidArgument,
    MissingCredentials,
    StatusError,
)
from cloudflare.api.workers_for_platforms.create_dispatch_namespace import (
    create_dispatch_namespace,
    create_dispatch_namespace_async,
)
from cloudflare.api.workers_for_platforms.delete_dispatch_namespace import (
    delete_dispatch_namespace,
)
from cloudflare.api.workers_for_platforms.get_dispatch_namespace import (
    get_dispatch_namespace,
)
from cloudflare.api.workers_for_platforms.list_dispatch_namespaces import (
    list_dispatch_namespaces,
)
from show import show, show_async, show_error, show_in_full, title
from standin import (
    ACCOUNT_ID,
    API_EMAIL,
    API_KEY,
    API_TOKEN,
    READ_ONLY_TOKEN,
    StandIn,
)


def run() -> None:
    with StandIn() as standin:
        print(f"The stand-in for Cloudflare's API answers at {standin.base_url}")
        _show_methods(standin)
        _show_functions(standin)
        asyncio.run(_show_async_calls(standin))
        _show_failures(standin)


def _show_methods(standin: StandIn) -> None:
    title("workers = client.workers_for_platforms; the client holds an API token")
    with Client(api_token=API_TOKEN, base_url=standin.base_url) as client:
        workers = client.workers_for_platforms
        show(workers.create_dispatch_namespace, ACCOUNT_ID, name="staging")
        show(workers.list_dispatch_namespaces, ACCOUNT_ID)
        # What the description does not name is kept in the extra of the result.
        show_in_full(workers.get_dispatch_namespace, ACCOUNT_ID, "staging")
        show(workers.delete_dispatch_namespace, ACCOUNT_ID, "staging")


def _show_functions(standin: StandIn) -> None:
    title("Functions; the client holds an e-mail address and a global key")
    with Client(
        api_email=API_EMAIL, api_key=API_KEY, base_url=standin.base_url
    ) as client:
        show(create_dispatch_namespace, client, ACCOUNT_ID, name="production")
        show(list_dispatch_namespaces, client, ACCOUNT_ID)
        show(get_dispatch_namespace, client, ACCOUNT_ID, "production")
        show(delete_dispatch_namespace, client, ACCOUNT_ID, "production")


async def _show_async_calls(standin: StandIn) -> None:
    title("The same, awaited; the first two at once, one of them as a function")
    async with AsyncClient(api_token=API_TOKEN, base_url=standin.base_url) as client:
        workers = client.workers_for_platforms
        await asyncio.gather(
            show_async(workers.create_dispatch_namespace, ACCOUNT_ID, name="blue"),
            show_async(
                create_dispatch_namespace_async, client, ACCOUNT_ID, name="green"
            ),
        )
        await show_async(workers.list_dispatch_namespaces, ACCOUNT_ID)
        await show_async(workers.get_dispatch_namespace, ACCOUNT_ID, "green")
        await show_async(workers.delete_dispatch_namespace, ACCOUNT_ID, "green")


def _show_failures(standin: StandIn) -> None:
    title("What goes wrong has a type, and so has what the API says about it")
    url = standin.base_url
    workers = Client(api_token=API_TOKEN, base_url=url).workers_for_platforms
    get, create = workers.get_dispatch_namespace, workers.create_dispatch_namespace
    show_error(StatusError, "No such namespace", get, ACCOUNT_ID, "gone")
    show_error(StatusError, "A name that is taken", create, ACCOUNT_ID, name="blue")
    show_error(InvalidArgument, "Too long an account_id", create, "x" * 33)

    guest = Client(api_token="wrong", base_url=url).workers_for_platforms
    get = guest.get_dispatch_namespace
    show_error(StatusError, "A wrong token", get, ACCOUNT_ID, "blue")
    reader = Client(api_token=READ_ONLY_TOKEN, base_url=url).workers_for_platforms
    delete = reader.delete_dispatch_namespace
    show_error(StatusError, "A token that may only read", delete, ACCOUNT_ID, "blue")
    nobody = Client(api_email=API_EMAIL, base_url=url).workers_for_platforms
    get = nobody.get_dispatch_namespace
    show_error(MissingCredentials, "An e-mail address alone", get, ACCOUNT_ID, "blue")

    standin.delay = 1.0
    hasty = Client(api_token=API_TOKEN, base_url=url, timeout=0.2).workers_for_platforms
    get = hasty.get_dispatch_namespace
    show_error(DeadlineExceeded, "A timeout of 0.2 s", get, ACCOUNT_ID, "blue")
