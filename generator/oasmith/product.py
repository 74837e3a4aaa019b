"""What was made for a client, ready to be written or compared with what is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .config import ClientConfig
    from .pipeline import Made


class Product(NamedTuple):
    """The files of a client's targets; none where its locks prove that all are there.

    It can be handed from one process to another.
    """

    client: ClientConfig
    files: tuple[Mapping[str, bytes], ...] = ()
    """Those of each target, as `targets_of` gives them."""

    copies: Mapping[str, bytes] = {}
    """Fetched files, by the path of the copy that is to be kept."""


def product_of(client: ClientConfig, made: Made) -> Product:
    """What is to be delivered of what was made for a client."""
    shared = () if client.runtime_path is None else (made.runtime,)
    return Product(client, (*shared, made.files), made.copies)
