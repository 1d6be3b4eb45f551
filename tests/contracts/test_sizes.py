"""The web process stays small, whatever goes through it."""

from __future__ import annotations

from pathlib import Path

from tests.processes import child
from tests.server import Server

SIZE = 120_000_000


def most_held(studio: Server) -> int:
    """Bytes the web process ever held in memory."""
    status = Path(f"/proc/{child(studio, 'manage.py serve').pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def test_a_large_file_goes_up_and_down_in_pieces(server: Server) -> None:
    line = "x" * 99 + "\n"
    content = (line * (SIZE // 100)).encode()
    before = most_held(server)
    made = server.upload("large.txt", content)
    assert made.status_code == 201, made.text
    with server.http.stream("GET", f"datasets/{made.json()['id']}/download") as answer:
        assert int(answer.headers["Content-Length"]) == SIZE
        assert sum(len(part) for part in answer.iter_bytes()) == SIZE
    assert most_held(server) - before < 50_000_000
