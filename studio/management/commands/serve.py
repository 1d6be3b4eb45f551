"""`manage.py serve`: the web process, one of it. `up` hands it a socket that listens already."""

from __future__ import annotations

import socket
from typing import Any

import uvicorn
from django.core.management.base import BaseCommand, CommandParser

from studio import config


class Command(BaseCommand):
    help = "Serves the page, the API and the sockets."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--fd", type=int, help="a listening socket to serve on, instead of STUDIO_HOST and STUDIO_PORT"
        )

    def handle(self, *args: Any, fd: int | None, **options: Any) -> None:
        server = uvicorn.Server(
            uvicorn.Config(
                "studio.asgi:application",
                host=config.host(),
                port=config.port(),
                workers=1,
                lifespan="off",
                # Nobody in front of us is trusted to say who the caller is or what was asked for.
                proxy_headers=False,
                server_header=False,
                log_config=None,
                log_level="warning",
                access_log=False,
                ws_ping_interval=20,
                ws_ping_timeout=20,
                timeout_keep_alive=30,
                timeout_graceful_shutdown=2,
            )
        )
        server.run([socket.socket(fileno=fd)] if fd is not None else None)
