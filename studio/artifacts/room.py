"""Room on the disk: what would fill it is refused while there is still enough for everything else."""

from __future__ import annotations

import shutil

from studio import config
from studio.artifacts.store import store
from studio.errors import NoRoom
from studio.text import size


def check_room(what: str, needed: int = 0) -> None:
    """NoRoom where `needed` bytes more would leave less than `STUDIO_RESERVE_BYTES` free.

    `what` names the thing that does not fit: "The file sales.csv".
    """
    free, wanted = shutil.disk_usage(store().root).free, needed + config.reserve()
    if free < wanted:
        raise NoRoom(
            f"{what} needs about {size(wanted)} of free disk space; {size(free)} are left. "
            "Delete datasets or experiments that are no longer needed, or give Studio a larger disk, "
            "then try again.",
            needed=wanted,
            free=free,
        )
