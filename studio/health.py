"""`/live`: this process answers. `/ready`: database, Redis, store and a worker do, so that it can serve.

For load balancers and whoever watches: without a token, cheap, and within seconds whatever hangs. Each part
is looked at in a thread of its own, once a second at most however many ask; one that hangs is not asked
again until it comes back.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from django.db import connections
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from studio.artifacts.store import store
from studio.live.worker_reports import worker_reports
from studio.redis_client import connection as redis_connection

log = logging.getLogger(__name__)

PATIENCE = 2.5
"""Seconds that a part may take."""

LEAVING = ("draining", "drained", "stopping")
"""A worker in such a state takes nothing more."""


class Part:
    """One thing that must answer. `look` raises, or gives False, where it does not."""

    def __init__(self, name: str, look: Callable[[], object], fresh: float = 1.0) -> None:
        self.name, self.look, self.fresh = name, look, fresh
        self.good = False
        self._known = threading.Event()
        self._lock = threading.Lock()
        self._began = float("-inf")
        self._busy = False

    def begin(self) -> None:
        """Looks, unless the last look is fresh or still under way."""
        with self._lock:
            if self._busy or time.monotonic() - self._began < self.fresh:
                return
            self._busy, self._began = True, time.monotonic()
            self._known.clear()
        threading.Thread(target=self._look, name=f"ready-{self.name}", daemon=True).start()

    def known(self, until: float) -> bool:
        """How it stands; False where that is not known by then."""
        return self._known.wait(max(0.0, until - time.monotonic())) and self.good

    def _look(self) -> None:
        good, why = False, "no answer"
        try:
            good = self.look() is not False
        except Exception as error:
            why = str(error).strip() or type(error).__name__
        finally:
            connections.close_all()
        if good != self.good:
            log.warning("%s %s", self.name, "is ready" if good else f"is not ready: {why}")
        with self._lock:
            self.good, self._busy = good, False
            self._known.set()


def _database() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")


def _worker() -> bool:
    return any(report.get("state") not in LEAVING for report in worker_reports())


PARTS = (
    Part("database", _database),
    Part("redis", lambda: redis_connection().ping()),
    Part("store", lambda: store().check(), fresh=5.0),
    Part("worker", _worker),
)


@csrf_exempt
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """200 as long as this process answers. Where it does not, starting it again helps."""
    return _answer({"ok": True})


@csrf_exempt
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 where a request can be served, else 503, with each part's state and no more."""
    until = time.monotonic() + PATIENCE
    for part in PARTS:
        part.begin()
    found = {part.name: part.known(until) for part in PARTS}
    return _answer({"ok": all(found.values()), **found})


def _answer(found: dict[str, bool]) -> JsonResponse:
    return JsonResponse(found, status=200 if found["ok"] else 503, headers={"Cache-Control": "no-store"})
