"""Every operation can be called, and reaches its own path."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from loopback import LoopbackServer


def test_every_operation_reaches_its_path(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    calls = [
        (client.default.get_pets, "GET /pets", []),
        (client.pet_store.make, "POST /pets", []),
        (client.pet_store.get_pets_by_pet_id, "GET /pets/7", [7]),
        (client.pet_store.make_2, "PUT /pets/7", [7]),
        (client.pet_store.class_, "DELETE /pets/7", [7]),
        (client.close_.get_pet_owner, "GET /pets/7/owner", [7]),
        (
            client.default.get_owners_pets_visits_notes_by_note_id,
            "GET /owners/1/pets/2/visits/3/notes/a",
            [1, 2, 3, "a"],
        ),
        (client.api.get, "GET /", []),
    ]
    for call, line, arguments in calls:
        server.answer_bytes(b"", None, 204)
        assert call(*arguments) is None
        assert server.last.line == line
