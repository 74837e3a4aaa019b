"""Measures everything, and prints a table in Markdown for each subject."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from .calls import measure_creates, measure_lists
from .contestants import BARE, HTTPX2, SDK, generated
from .environment import PEERS, InstallFailed, make_environment, site_packages
from .generation import Source, measure_changed, measure_cold, measure_unchanged
from .laboratory import FULL, QUICK, Laboratory
from .processes import CommandFailed, read
from .server import serve
from .sizes import measure_sizes
from .start import measure_first_replies, measure_imports
from .table import Table

_CHECKOUT = Path(__file__).parents[1]
_ENVIRONMENT = _CHECKOUT / ".venv-benchmark"
_SMALL = Source("specs/cloudflare.yaml", _CHECKOUT / "specs" / "cloudflare.yaml")


def main() -> None:
    options = _parse_options()
    started = time.monotonic()
    try:
        python = make_environment(_ENVIRONMENT, _CHECKOUT)
        print(_describe_machine(python), flush=True)
        with TemporaryDirectory() as folder:
            effort = QUICK if options.quick else FULL
            laboratory = Laboratory(python, Path(folder), effort)
            measure = _measure_again if options.regenerate else _measure
            for table in measure(laboratory, options):
                print(f"\n{table}", flush=True)
    except (CommandFailed, InstallFailed) as error:
        sys.exit(f"benchmarks: {error}")
    print(f"\nAll of this took {time.monotonic() - started:.0f} s.")


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only try that it works")
    parser.add_argument(
        "--regenerate", action="store_true", help="only measure generating again"
    )
    parser.add_argument(
        "--cloudflare",
        type=Path,
        metavar="PATH",
        help="Cloudflare's own description, to generate the same operations from",
    )
    parser.add_argument(
        "--github",
        type=Path,
        metavar="PATH",
        help="GitHub's description, to generate all of it (takes minutes)",
    )
    return parser.parse_args()


def _measure(laboratory: Laboratory, options: argparse.Namespace) -> Iterator[Table]:
    ours = generated(_CHECKOUT / "generated" / "cloudflare", laboratory.folder)
    contestants = (BARE, HTTPX2, SDK, ours)
    yield measure_imports(laboratory, contestants)
    with serve() as base_url:
        yield measure_first_replies(laboratory, contestants, base_url)
        yield measure_creates(laboratory, contestants, base_url)
        yield measure_lists(laboratory, contestants, base_url)
    yield measure_sizes(contestants, site_packages(_ENVIRONMENT))
    yield from _measure_again(laboratory, options)
    for source in (_SMALL, *_large_sources(options)):
        yield measure_cold(laboratory, source)


def _measure_again(
    laboratory: Laboratory, options: argparse.Namespace
) -> Iterator[Table]:
    yield measure_unchanged(laboratory, _SMALL)
    for source in (_SMALL, *_large_sources(options)):
        yield measure_changed(laboratory, source)


def _large_sources(options: argparse.Namespace) -> Iterator[Source]:
    if options.cloudflare:
        title = "four operations of Cloudflare's own description"
        path = "/accounts/*/workers/dispatch/namespaces"
        include = (path, f"{path}/*")
        spec = options.cloudflare.absolute()
        yield Source(title, spec, include)
    if options.github:
        spec = options.github.absolute()
        yield Source("GitHub's description", spec, is_large=True)


def _describe_machine(python: Path) -> str:
    load, _, _ = os.getloadavg()
    # An environment that is there already may have been made by another Python.
    version = read(python, "--version", folder=_CHECKOUT).strip()
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {version}, "
        f"{', '.join(PEERS)}; load of the machine at the beginning: {load:.1f}.\n"
        "Figures are medians, with the quartiles in brackets; a ratio is the median of "
        "the rounds' ratios."
    )


if __name__ == "__main__":
    main()
