"""The ASGI application: HTTP and sockets."""

from __future__ import annotations

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
http = get_asgi_application()

from django.urls import path  # noqa: E402  (the apps must be loaded first)

from studio.accounts.sockets import SocketAccess  # noqa: E402
from studio.front.gate import Gate  # noqa: E402
from studio.live.unknown_socket import NoSuchSocket  # noqa: E402
from studio.runs.consumers import ExperimentConsumer  # noqa: E402
from studio.services.call_app import Calls  # noqa: E402

sockets = URLRouter(
    [
        path("ws/experiments/<str:id>/", ExperimentConsumer.as_asgi()),
        path("<path:rest>", NoSuchSocket.as_asgi()),
        path("", NoSuchSocket.as_asgi()),
    ]
)
application = Gate(ProtocolTypeRouter({"http": Calls(http), "websocket": SocketAccess(sockets)}))
