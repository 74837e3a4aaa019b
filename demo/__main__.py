"""Shows the generated client at work: python demo [--live]"""

from __future__ import annotations

import os
import sys

import live
import offline
from cloudflare import ApiError, Client


def main(arguments: list[str]) -> int:
    """Run the demo; the exit code is 1 when a call failed that should not."""
    try:
        match arguments:
            case []:
                offline.run()
            case ["--live"]:
                _run_live()
            case _:
                print("usage: demo [--live]", file=sys.stderr)
                return 2
    except ApiError:
        return 1
    return 0


def _run_live() -> None:
    account_id = os.environ["CLOUDFLARE_ACCOUNT_ID"]
    with Client(api_token=os.environ["CLOUDFLARE_API_TOKEN"]) as client:
        live.run(client, account_id)


sys.exit(main(sys.argv[1:]))
