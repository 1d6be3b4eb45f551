"""What strangers send fills no log, and steers no terminal of whoever reads it."""

from __future__ import annotations

import socket

from tests.server import Server


def say(server: Server, text: bytes) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        line.sendall(text)
        line.shutdown(socket.SHUT_WR)
        while line.recv(4096):
            pass


def test_strangers_write_no_lines(server: Server) -> None:
    before = len(server.lines)
    host = b"Host: 127.0.0.1:%d\r\n" % server.port
    for _ in range(15):
        say(server, b"\x16\x03\x01 no HTTP\r\n\r\n")
        say(server, b"GET / HTTP/1.1\r\nHost: \x1b[2Jelsewhere\r\n\r\n")
        say(server, b"GET / HTTP/1.1\r\nHost: elsewhere\r\n\r\n")
        say(server, b"GET /api/v1/\x1b[2J%1b[2J HTTP/1.1\r\n" + host + b"Connection: close\r\n\r\n")
        say(
            server,
            b"POST /api/v1/runs HTTP/1.1\r\n" + host + b"Connection: close\r\nContent-Length: 5\r\n\r\n",
        )
        upgrade = b"Connection: Upgrade\r\nUpgrade: "
        say(server, b"GET / HTTP/1.1\r\n" + host + upgrade + b"h2c\r\n\r\n")
        say(server, b"GET /ws/x HTTP/1.1\r\n" + host + upgrade + b"websocket\r\n\r\n")
        say(
            server,
            b"GET /api/v1/runs HTTP/1.1\r\n" + host + b"Cookie: \xff=\x1b\r\nConnection: close\r\n\r\n",
        )
    told = server.lines[before:]
    assert len(told) < 8, sorted(set(told))
    assert not any("\x1b" in line for line in told)
