"""A folder of packages as a host on the network would show it: its files, and lists of them."""

from __future__ import annotations

import html
import shutil
import socket
from pathlib import Path
from urllib.parse import quote, unquote


def send_file(client: socket.socket, folder: Path, path: str, method: str) -> None:
    """Answers a request for `path`. Nothing outside the folder is shown."""
    found = (folder / unquote(path).lstrip("/")).resolve()
    if method not in ("GET", "HEAD") or not found.is_relative_to(folder) or not found.exists():
        client.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        return
    if found.is_dir() and (found / "index.html").is_file():
        found = found / "index.html"
    if found.is_dir():
        body = _listing(found)
        client.sendall(_head("text/html", len(body)))
        client.sendall(body if method == "GET" else b"")
        return
    kind = "text/html" if found.suffix == ".html" else "application/octet-stream"
    with found.open("rb") as file, client.makefile("wb") as out:
        out.write(_head(kind, found.stat().st_size))
        if method == "GET":
            shutil.copyfileobj(file, out)


def _head(kind: str, size: int) -> bytes:
    lines = ("HTTP/1.1 200 OK", f"Content-Type: {kind}", f"Content-Length: {size}", "Connection: close")
    return "\r\n".join([*lines, "", ""]).encode()


def _listing(folder: Path) -> bytes:
    names = [f"{path.name}/" if path.is_dir() else path.name for path in sorted(folder.iterdir())]
    lines = (f'<a href="{quote(name)}">{html.escape(name)}</a><br>' for name in names)
    return "\n".join(["<!DOCTYPE html><html><body>", *lines, "</body></html>"]).encode()
