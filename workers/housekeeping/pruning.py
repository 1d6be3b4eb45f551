"""Prunes the store by itself near its bound, and sweeps uploads that nobody goes on with.

Beside everything else, at most once a minute."""

from __future__ import annotations

import logging
import shutil
import threading
import time
from collections.abc import Hashable

from django.db import connection
from django.db.models import Count, Max, Sum

from studio import config
from studio.artifacts.bound import bound, cache_bound
from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.datasets.models import Dataset
from studio.housekeeping.prune import prune
from studio.text import size
from studio.uploads import partial
from workers.environments import builds

log = logging.getLogger(__name__)

PAUSE = 60
"""Seconds between two looks."""


class Pruning:
    """`look` starts a look where one is due; a thread of its own, since weighing a large store takes time."""

    def __init__(self) -> None:
        self._due = 0.0
        self._thread: threading.Thread | None = None
        self._seen: Hashable = None

    def look(self) -> None:
        if time.monotonic() < self._due or (self._thread and self._thread.is_alive()):
            return
        self._due = time.monotonic() + PAUSE
        self._thread = threading.Thread(target=self._look, name="pruning", daemon=True)
        self._thread.start()

    def _look(self) -> None:
        try:
            partial.sweep()
            builds.sweep()
            if store().remote:
                _trim()
            if self._may_be_full():
                self._prune()
        except Exception:
            log.exception("pruning the store; trying again in a minute")
        finally:
            connection.close()

    def _may_be_full(self) -> bool:
        """By two sums. Artifacts share columns, so theirs is more than what the files take; a store that was
        weighed is only weighed again once there is something new."""
        kept = Artifact.objects.filter(dropped=None).aggregate(
            bytes=Sum("bytes"), rows=Count("pk"), last=Max("created")
        )
        most = (kept["bytes"] or 0) + (Dataset.objects.aggregate(bytes=Sum("bytes"))["bytes"] or 0)
        crowded = shutil.disk_usage(store().root).free < 2 * config.reserve()
        now = (kept["rows"], kept["last"], crowded)
        if (most <= bound(most) and not crowded) or now == self._seen:
            return False
        self._seen = now
        return True

    def _prune(self) -> None:
        weight = sum(store().weigh().values())
        most = bound(weight)
        if weight > most:
            done = prune(most)
            log.info(
                "the store is pruned: %d results dropped, %s before, %s after",
                done.results,
                size(done.before),
                size(done.after),
            )


def _trim() -> None:
    """What this host keeps of a bucket, the least recently used first."""
    if freed := store().trim(cache_bound):
        log.info("%s that this host kept of the bucket were dropped here; the bucket has them", size(freed))
