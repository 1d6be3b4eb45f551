"""Everything that is answered: the page, the API, calls of services, and sockets."""

from __future__ import annotations

from typing import Any

from channels.routing import ProtocolTypeRouter, URLRouter
from django.urls import path

import studio.api_urls  # noqa: F401  (addresses name it; who asks for one need not wait)
from studio.accounts.sockets import SocketAccess
from studio.live.unknown_socket import NoSuchSocket
from studio.runs.consumers import ExperimentConsumer
from studio.services.call_app import Calls


def around(page: Any) -> Any:
    """The application, of which `page` is Django's part."""
    sockets = URLRouter(
        [
            path("ws/experiments/<str:id>/", ExperimentConsumer.as_asgi()),
            path("<path:rest>", NoSuchSocket.as_asgi()),
            path("", NoSuchSocket.as_asgi()),
        ]
    )
    return ProtocolTypeRouter({"http": Calls(page), "websocket": SocketAccess(sockets)})
