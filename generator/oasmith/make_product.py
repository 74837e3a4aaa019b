"""Makes what has to be written for a client, if anything has changed."""

from __future__ import annotations

from .config import ClientConfig
from .diagnostics import Diagnostics
from .product import Product, product_of
from .unchanged import is_unchanged


def make_product(client: ClientConfig, diagnostics: Diagnostics) -> Product:
    """Make the files of a client, without fetching anything.

    Where the locks prove that all are there, nothing is made.

    Raises:
        Stopped: The description is at fault.
    """
    if is_unchanged(client):
        return Product(client)
    # Imported here: what the locks prove needs none of it.
    from .pipeline import make_package

    return product_of(client, make_package(client, diagnostics, is_offline=True))
