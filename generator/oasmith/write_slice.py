"""Writes a description of what a client includes, with what that reaches."""

from __future__ import annotations

import os

from .config import ClientConfig
from .diagnostics import Diagnostics, File
from .output.write_text import write_text
from .pipeline import load_description, take_slice
from .slicing.dump import dump_document


def write_slice(client: ClientConfig, output: str, diagnostics: Diagnostics) -> None:
    """Write the slice to a file, as YAML or JSON by its name.

    Raises:
        Stopped: The description is at fault, or is that very file.
    """
    if os.path.exists(output) and os.path.samefile(client.spec_path, output):
        message = "the slice would take the place of the description"
        diagnostics.fatal("same-file", message, File(output))
    whole = load_description(client, diagnostics)
    document = take_slice(whole, client, diagnostics)
    write_text(output, dump_document(document, output), diagnostics)
