"""Reads files of ours where they stand; what is a link, or behind one, is none of them.

Writing, comparing and the proof that nothing has changed all ask here, so that none
vouches for what another one refuses. A run that finds nothing to do pays for this
module's imports.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..diagnostics import Diagnostics


class Obstacle(Exception):
    """Something that is not ours stands where a file of ours has to go.

    Args:
        path: Of what is in the way, from the output folder.
    """

    def __init__(self, code: str, message: str, path: str) -> None:
        super().__init__(code, message, path)
        self.code = code
        self.message = message
        self.path = path

    def tell(self, folder: str, diagnostics: Diagnostics, more: str = "") -> None:
        """Tell of it as an error, and of a way out.

        Args:
            more: What else may help.
        """
        # Imported here for the sake of the runs that need none of it.
        from ..diagnostics import File

        place = File(os.path.join(folder, self.path))
        help = f"move it away, or choose another output folder{more}"
        diagnostics.error(self.code, self.message, place, help=help)


class Standing:
    """What stands in an output folder at the moment.

    The folder may be a link itself; in it none is followed.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._folders = {"": True}
        """Which folders are there, by their paths in this one."""

    def read(self, path: str) -> bytes | None:
        """The content of the file at a path, if there is one.

        Raises:
            Obstacle: There is something else, or on the way to it.
            OSError: It can't be read.
        """
        if not self._is_file(path):
            return None
        with open(os.path.join(self._folder, path), "rb") as file:
            return file.read()

    def _is_file(self, path: str) -> bool:
        above = path.rpartition("/")[0]
        return self._is_folder(above) and self._is(path, stat.S_IFREG)

    def _is_folder(self, path: str) -> bool:
        found = self._folders.get(path)
        if found is None:
            above = path.rpartition("/")[0]
            found = self._is_folder(above) and self._is(path, stat.S_IFDIR)
            self._folders[path] = found
        return found

    def _is(self, path: str, kind: int) -> bool:
        try:
            mode = os.lstat(os.path.join(self._folder, path)).st_mode
        except FileNotFoundError:
            return False
        if stat.S_IFMT(mode) != kind:
            raise _obstacle_of(path, stat.S_IFMT(mode))
        return True


def _obstacle_of(path: str, kind: int) -> Obstacle:
    if kind == stat.S_IFLNK:
        message = "a symlink stands where oasmith writes; it is not followed"
        return Obstacle("symlink", message, path)
    what = "a folder" if kind == stat.S_IFDIR else "a file"
    message = f"{what} that oasmith did not make stands in the way"
    return Obstacle("foreign-file", message, path)
