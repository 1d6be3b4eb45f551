"""A file that is on its way: what has come of it, and who sends it. It lives in the store."""

from __future__ import annotations

import re
from types import ModuleType

from studio.artifacts.room import check_room
from studio.artifacts.store import store
from studio.errors import NotFound, TooMany
from studio.ids import new_id
from studio.uploads import in_folder
from studio.uploads.in_folder import InFolder
from studio.uploads.pieces import LIFETIME, Facts, Upload

__all__ = ["LIFETIME", "Upload", "begin", "find", "find_any", "sweep"]

ID = re.compile(r"[A-Za-z0-9]{1,64}")


MOST = 1_000
"""Uploads that may be under way at once."""


def begin(owner: int, length: int, file_name: str, room: int = 0) -> Upload:
    """A new upload of which nothing has come yet. Forgets those that were given up. `room`: bytes of the disk
    that it and its dataset will take.

    NoRoom where the disk would be full with all that is still to come; TooMany beyond `MOST`.
    """
    sweep()
    count, rest = _place().under_way()
    if count >= MOST:
        raise TooMany(f"{MOST:,} uploads are under way already. Finish or cancel some of them first.")
    beside = ", beside the other uploads under way," if rest else ""
    check_room(f"The file {file_name}{beside}", room + rest)
    partial = _made(new_id(), {"owner": owner, "length": length, "file_name": file_name})
    partial.say()
    return partial


def find(owner: int, id: str) -> Upload:
    """The upload of that id. Raises NotFound if there is none, or if it is somebody else's."""
    found = find_any(id)
    if found is None or found.owner != owner:
        raise NotFound("There is no such upload. It may be finished, cancelled, or older than a day.")
    return found


def find_any(id: str) -> Upload | None:
    """The upload of that id, whoever sends it."""
    facts = _place().facts_of(id) if ID.fullmatch(id) else None
    return _made(id, facts) if facts else None


def sweep(later: float = 0.0) -> int:
    """Removes the uploads that nobody has gone on with for a day. Returns how many. `later`: as if it were so
    many seconds later."""
    return int(_place().sweep(later))


def _made(id: str, facts: Facts) -> Upload:
    if store().remote:
        from studio.uploads.in_bucket import InBucket

        return InBucket(id, **facts)
    return InFolder(id, **facts)


def _place() -> ModuleType:
    if store().remote:
        from studio.uploads import in_bucket  # boto3 takes its time

        return in_bucket
    return in_folder
