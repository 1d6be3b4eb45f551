"""A language server as a child process: JSON-RPC over its standard streams, one question at a time."""

from __future__ import annotations

import json
import select
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

MOST_BYTES = 32 << 20


class Gone(Exception):
    """The server has ended, answers nonsense, or did not answer in time."""


class LanguageServer:
    """Started by the command in a folder of its own. `request` waits for the answer; what the server asks of
    its client meanwhile is answered with nothing."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._number = 0
        self._left = b""
        self._process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        home = folder.as_uri()
        self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": home,
                "workspaceFolders": [{"uri": home, "name": "script"}],
                "capabilities": {"textDocument": {"hover": {"contentFormat": ["markdown"]}}},
            },
            10,
        )
        self.notify("initialized", {})

    def end(self) -> None:
        self._process.kill()
        self._process.wait()

    def notify(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def request(self, method: str, params: Any, patience: float) -> Any:
        """The result; Gone where none comes within `patience` seconds."""
        self._number += 1
        number, end = self._number, time.monotonic() + patience
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._receive(end)
            if "method" in message and "id" in message:
                self._send({"id": message["id"], "result": _nothing(message)})
            elif message.get("id") == number and "method" not in message:
                return message.get("result")

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
            self._process.stdin.flush()
        except OSError as error:
            raise Gone(str(error)) from error

    def _receive(self, end: float) -> dict[str, Any]:
        head = self._until(b"\r\n\r\n", end)
        sizes = [
            line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
        ]
        if not sizes or int(sizes[0]) > MOST_BYTES:
            raise Gone("a message without its length")
        while len(self._left) < int(sizes[0]):
            self._more(end)
        body, self._left = self._left[: int(sizes[0])], self._left[int(sizes[0]) :]
        found: dict[str, Any] = json.loads(body)
        return found

    def _until(self, mark: bytes, end: float) -> bytes:
        while mark not in self._left:
            self._more(end)
        head, _, self._left = self._left.partition(mark)
        return head

    def _more(self, end: float) -> None:
        assert self._process.stdout is not None
        there, _, _ = select.select([self._process.stdout], [], [], max(0.0, end - time.monotonic()))
        part = self._process.stdout.read1(1 << 20) if there else b""  # type: ignore[attr-defined]
        if not part:
            raise Gone("no answer")
        self._left += part


def _nothing(message: dict[str, Any]) -> Any:
    if message["method"] == "workspace/configuration":
        return [{} for _ in message["params"]["items"]]
    return None
