"""Which user each child of a privileged server is: no two at the same moment, on the whole machine.

Two children of one user share what the kernel counts for a user (processes, signals under way), and without
namespaces they reach each other. So a slot is taken under a lock that every template on this machine
knows. The lock is the process's own: no child inherits it, and it ends with the template, however that ends.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

MOST = 600
"""As many users are free from `ground.FIRST_UID` on in systemd's table of users."""
PLACE = Path("/run/studio-users")


class Slots:
    """Numbers from 0 on. Without privileges every child is the server's own user, and nothing is locked."""

    def __init__(self, privileged: bool, place: Path = PLACE) -> None:
        self.taken: set[int] = set()
        self.fd = _open(place) if privileged else -1

    def take(self) -> int:
        """The first number that no template on this machine has; OSError where there is none."""
        for slot in range(MOST):
            if slot not in self.taken and self._lock(slot):
                self.taken.add(slot)
                return slot
        raise OSError("every user that a child could be is taken")

    def leave(self, slot: int) -> None:
        """The child is gone, with all that it started."""
        self.taken.discard(slot)
        if self.fd >= 0 and slot >= 0:
            fcntl.lockf(self.fd, fcntl.LOCK_UN, 1, slot)

    def _lock(self, slot: int) -> bool:
        if self.fd < 0:
            return True
        try:
            fcntl.lockf(self.fd, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, slot)
        except BlockingIOError:
            return False
        return True


def _open(place: Path) -> int:
    """Root's own file; -1 where there can be none: then templates of this machine do not know each other."""
    try:
        fd = os.open(place, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError:
        return -1
    status = os.fstat(fd)
    if status.st_uid != os.geteuid() or status.st_nlink != 1:
        os.close(fd)
        return -1
    os.fchmod(fd, 0o600)
    return fd
