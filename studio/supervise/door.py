"""The address that browsers come to, and whether the page and the worker answer."""

from __future__ import annotations

import http.client
import json
import socket
from contextlib import closing

from studio import config
from studio.supervise.health import EVERYWHERE
from studio.supervise.supervisor import GivenUp


def open_door(*, listening: bool = True) -> socket.socket:
    """The socket to serve on. A listening one stays ours, so that browsers wait while the web process starts
    again. One that does not listen yet only takes the port: a balancer before it asks another host."""
    host = config.host()
    try:
        port = config.port()
        if not 0 <= port <= 65535:
            raise ValueError
    except ValueError as error:
        raise GivenUp("STUDIO_PORT must be a number from 1 to 65535.") from error
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        if listening:
            return socket.create_server(address[:2], family=family, backlog=1024)
        door = socket.socket(family)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(address[:2])
    except PermissionError as error:
        raise GivenUp(
            f"Port {port} may not be opened by this user. Choose one above 1023, e.g. STUDIO_PORT=8000."
        ) from error
    except socket.gaierror as error:
        raise GivenUp(f"STUDIO_HOST is {host!r}, which is not an address of this machine.") from error
    except OSError as error:
        raise GivenUp(
            f"Port {port} of {host} is taken by another program. Stop it, or choose another port, "
            f"e.g. STUDIO_PORT={port + 1}."
        ) from error
    return door


def address_of(door: socket.socket) -> tuple[str, int]:
    """Where a browser on this machine reaches it."""
    host, port = door.getsockname()[:2]
    return EVERYWHERE.get(host, host), port


def page_address(host: str, port: int) -> str:
    """What browsers open: STUDIO_URL, where they come through a proxy."""
    host = EVERYWHERE.get(host, host)
    return config.public_url() or f"http://{f'[{host}]' if ':' in host else host}:{port}"


def link(door: socket.socket, token: str) -> str:
    """What the owner opens, who is signed in by it."""
    return f"{page_address(*address_of(door))}/?token={token}"


def page_answers(door: socket.socket) -> bool:
    """Whether the first page can be served. Without the token it comes with status 401."""
    status, body = _ask(door, "/")
    return status in (200, 401) and b"</" in body


def samples_are_read(door: socket.socket) -> bool:
    """Whether a worker is done with the samples' data."""
    status, body = _ask(door, "/api/v1/datasets")
    return status == 200 and all(dataset["state"] != "importing" for dataset in json.loads(body)["items"])


def _ask(door: socket.socket, path: str) -> tuple[int, bytes]:
    """Status and body of an answer to the owner; status 0 where none comes."""
    host, port = address_of(door)
    headers = {"Host": f"localhost:{port}"}
    if path != "/":
        headers["Authorization"] = f"Bearer {config.owner_token()}"
    try:
        with closing(http.client.HTTPConnection(host, port, timeout=5)) as connection:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return 0, b""
