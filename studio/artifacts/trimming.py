"""What a web process has fetched from a bucket goes again, as it does with a worker: in a thread."""

from __future__ import annotations

import logging
import threading

from studio.artifacts.bound import cache_bound
from studio.artifacts.store import store

log = logging.getLogger(__name__)

PAUSE = 60.0
"""Seconds between two looks."""


def start_trimming() -> None:
    """Does nothing where the store is a folder."""
    if store().remote:
        threading.Thread(target=_trim, name="trimming", daemon=True).start()


def _trim() -> None:
    store().sweep()  # drafts that a crash left
    while True:
        threading.Event().wait(PAUSE)
        try:
            store().trim(cache_bound)
        except Exception:
            log.exception("dropping what this host keeps of the bucket; trying again in a minute")
