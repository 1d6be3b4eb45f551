"""`manage.py serve`: the web process, one of it. `up` hands it a socket that listens already."""

from __future__ import annotations

import ctypes
import logging
import os
import socket
import sys
import threading
from contextlib import suppress
from typing import Any

import uvicorn
from django.core.management.base import BaseCommand, CommandParser
from django.core.signals import request_finished

from studio import config
from studio.artifacts.trimming import start_trimming
from studio.database.connections import map_no_database
from studio.front.connection import Connection
from studio.front.crowd import Crowd, raise_descriptors
from studio.front.headers import common
from studio.supervise.door import address_of, open_door, page_address
from studio.supervise.started import started
from studio.supervise.supervisor import GivenUp

log = logging.getLogger(__name__)

M_ARENA_MAX, ARENAS = -8, 2
"""The number of an option in glibc's malloc.h, and its value here."""

SIGN_IN = "the command `link` prints the address that signs in"
"""Said in place of the token: what is printed here is kept in logs, where others read it."""


class Command(BaseCommand):
    help = "Serves the page, the API and the sockets."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--fd", type=int, help="a listening socket to serve on, instead of STUDIO_HOST and STUDIO_PORT"
        )
        parser.add_argument(
            "--prepare",
            action="store_true",
            help="first bring the database to today's form",
        )

    def handle(self, *args: Any, fd: int | None, prepare: bool, **options: Any) -> None:
        use_few_arenas()
        map_no_database()
        try:
            door = socket.socket(fileno=fd) if fd is not None else open_door(listening=False)
            if prepare:
                from studio.supervise.preparing import prepare as prepare_home

                prepare_home()
            _agree_on_secrets(prepared=prepare)
            start_trimming()
        except GivenUp as reason:
            print(reason, file=sys.stderr, flush=True)
            sys.exit(os.EX_CONFIG)
        if weak := config.weak_token():  # made here, where there is none
            print(f"WARNING {weak}", file=sys.stderr, flush=True)
        if fd is None:
            self.stdout.write(f"Studio's page is served at {page_address(*address_of(door))} ({SIGN_IN})")
        serve(door)


def _agree_on_secrets(*, prepared: bool) -> None:
    from studio.accounts.shared import share_secrets
    from studio.supervise.preparing import wait_until_prepared

    if not prepared and not wait_until_prepared():
        raise GivenUp("The database is not prepared: `serve --prepare`, or `migrate`, does that.")
    share_secrets()


def use_few_arenas() -> None:
    """Lets threads share their heaps. Each request has a thread of its own, glibc would give it one of up to
    eight a core, and what is free in one is of no use to the others: tens of megabytes."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)


def serve(door: socket.socket) -> None:
    """Serves until SIGTERM or SIGINT. Nobody in front of us is trusted to say who the caller is."""
    Connection.crowd = Crowd(raise_descriptors(), common())
    server = uvicorn.Server(
        uvicorn.Config(
            "studio.asgi:application",
            workers=1,
            http=Connection,
            lifespan="off",
            proxy_headers=False,
            server_header=False,
            log_config=None,
            log_level="error",  # its warnings are of requests that anybody can send
            access_log=False,
            ws_max_size=256
            << 10,  # an order in a dialogue, whatever its letters take (see studio.live.dialogues)
            ws_ping_interval=20,
            ws_ping_timeout=20,
            timeout_keep_alive=30,
            timeout_graceful_shutdown=2,
        )
    )
    request_finished.connect(_import_rest)
    server.run([door])


def _import_rest(**_: Any) -> None:
    """After the first answer, which need not wait for it. The page asks for the API and the modules next, and
    their imports take a second or two."""
    request_finished.disconnect(_import_rest)
    threading.Thread(target=_rest, name="rest", daemon=True).start()


def _rest() -> None:
    """If this fails, the process ends: it would go on to answer the page and nothing else."""
    try:
        from modules.registry import catalog
        from studio.asgi import opening

        opening.open()
        catalog()
        started()
    except BaseException:
        log.exception("The web process cannot serve.")
        os._exit(1)
