"""A build hook of hatchling: ``[tool.hatch.build.hooks.oasmith]``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.plugin import hookimpl

# Hatchling imports this for every project that is built beside an installed oasmith,
# so the rest waits until it is asked for.
if TYPE_CHECKING:
    from .project import Built


class OasmithBuildHook(BuildHookInterface[BuilderConfig]):
    """Brings generated packages up to date before a wheel or an sdist is built.

    With ``check = true`` it fails in place of changing them.
    """

    PLUGIN_NAME = "oasmith"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for client in self._build():
            # They go along even if version control ignores them.
            build_data["artifacts"] += _patterns_of(client)
            if self.target_name == "sdist":
                # Who builds from the sdist needs them, too.
                forced = {path: path for path in client.sources}
                build_data["force_include"].update(forced)

    def _build(self) -> tuple[Built, ...]:
        from ..library import Failed
        from .project import build_clients

        only_check = self.config.get("check", False)
        if not isinstance(only_check, bool):
            raise TypeError('"check" in [tool.hatch.build.hooks.oasmith] is no boolean')
        try:
            return build_clients(
                self.root, self.app.display_info, only_check=only_check
            )
        except Failed as failed:
            self.app.abort(f"oasmith can't generate\n{failed}")
            raise  # Should an application not end by this.


@hookimpl
def hatch_register_build_hook() -> type[OasmithBuildHook]:
    """Tell hatchling of the hook."""
    return OasmithBuildHook


def _patterns_of(client: Built) -> list[str]:
    """What matches the files of a package, hand-written modules included."""
    folder = re.sub(r"([\\*?\[\]!# ])", r"\\\1", client.folder)
    others = [path for path in client.files if not path.endswith(".py")]
    return [f"/{folder}/{path}" for path in ("**/*.py", *others)]
