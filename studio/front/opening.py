"""Serves the page as soon as Django is there; the rest is imported meanwhile, once for all who ask."""

from __future__ import annotations

import threading
from typing import Any

from asgiref.sync import sync_to_async

from studio.services.call_paths import call_path

PAGE = frozenset({"GET", "HEAD"})


class Opening:
    """`page` answers what a browser asks first: the page and its files. All other requests, and sockets, wait
    until the API, the calls of services and the sockets are imported, which takes a second."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self._whole: Any = None
        self._lock = threading.Lock()

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        app = self._whole
        if app is None:
            app = self.page if _is_first(scope) else await sync_to_async(self.open, thread_sensitive=False)()
        await app(scope, receive, send)

    def open(self) -> Any:
        """Imports the rest, and returns the application that answers everything."""
        with self._lock:  # two threads that import each other's halves would see modules half made
            if self._whole is None:
                from studio.front.whole import around

                self._whole = around(self.page)
        return self._whole


def _is_first(scope: dict[str, Any]) -> bool:
    return (
        scope["type"] == "http"
        and scope["method"] in PAGE
        and not scope["path"].startswith(("/api/", "/ws/", "/live", "/ready", "/health"))
        and call_path(scope["path"]) is None
    )
