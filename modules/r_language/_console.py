"""A prompt of R on a node's tables: the other end of `_console.R`."""

from __future__ import annotations

import base64
import os
import secrets
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from modules.debugging.shown import sendable
from modules.files.bundle import unpack
from modules.r_language._frames import read_table, write_table
from modules.r_language.execute_r_script import BUNDLE, RUNNER, r_is_missing, r_surroundings
from modules.sdk.errors import ModuleError
from modules.sdk.values import Bundle, Table, Value

MOST_PRINTED = 256 << 10
LONG_LINE = 64 << 10
MOST_PICTURES, PICTURES = 10, 360 << 10
"""Of one entry; bytes of all together, since an answer is one message."""
LONGEST = 20_000
MOST_ROWS = 200
FIRST = 20
ANSWERS = ("error", "reference", "names", "completed", "columns")


class Tells(Protocol):
    def tell(self, event: str, **body: Any) -> None: ...


class RConsole:
    """`inputs`: the node's, by port. What is printed goes to `door` as it comes."""

    def __init__(self, inputs: Mapping[str, Value], door: Tells) -> None:
        if problem := r_is_missing():
            raise ModuleError(problem)
        self._door, self._folder = door, Path.cwd()
        self._home = Path(tempfile.mkdtemp(prefix=".r-console-", dir=self._folder))
        for number in (1, 2):
            table = inputs.get(f"dataset{number}")
            if isinstance(table, Table):
                write_table(table, self._home / f"in{number}")
        if isinstance(bundle := inputs.get("script_bundle"), Bundle):
            unpack(bundle, self._folder / BUNDLE)
        self._token = f"\x1e{secrets.token_hex(16)}"
        self._process = subprocess.Popen(
            ["Rscript", "--vanilla", str(RUNNER)],
            env={
                **r_surroundings(self._home),
                "STUDIO_R_CONSOLE": self._token,
                "STUDIO_R_CONSOLE_SOURCE": str(RUNNER.with_name("_console.R")),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self._names: list[dict[str, Any]] = []
        self._ask("names")

    def names(self) -> list[dict[str, Any]]:
        """What is there: name, short text, type."""
        return self._names

    def execute(self, code: str) -> dict[str, Any]:
        """Runs an entry. `table`: the first rows of its last value, if that is a data frame; `pictures`: of
        the plots that it draws; `error`: R's own message."""
        started = time.monotonic()
        told = self._ask("execute", code)
        body: dict[str, Any] = {"result": "", "error": told.get("error", "")[:LONGEST]}
        if reference := told.get("reference"):
            body["table"] = {**self.table(int(reference), 0, FIRST), "reference": int(reference)}
        body["pictures"] = self._pictures()
        return {**body, "names": self._names, "seconds": time.monotonic() - started}

    def complete(self, text: str) -> dict[str, Any]:
        """What could stand at the end of this line, as R itself completes it."""
        begun, *found = self._ask("complete", text).get("completed", "").split("\n")
        return {"begun": begun, "items": [{"label": label[:200], "kind": "variable"} for label in found]}

    def table(self, reference: int, offset: int, limit: int) -> dict[str, Any]:
        limit = min(max(1, limit), MOST_ROWS)
        told = self._ask("table", f"{reference}\n{max(0, offset)}\n{limit}")
        if "columns" not in told:
            raise ValueError("This table is no longer held.")
        total, count, *pairs = told["columns"].split("\n")
        index, *columns = [column.data.to_pylist() for column in read_table(self._home / "page")]
        types = [{"name": name, "type": type} for name, type in zip(pairs[::2], pairs[1::2], strict=True)]
        rows = sendable([list(row) for row in zip(*columns, strict=True)])
        return {"total": int(total), "count": int(count), "columns": types, "index": index, "rows": rows}

    def _ask(self, word: str, text: str = "") -> dict[str, str]:
        """What came of it, by the name of the answer. KeyboardInterrupt interrupts R, not the console."""
        for name in ANSWERS:
            (self._home / name).unlink(missing_ok=True)
        (self._home / "asked").write_text(text + "\n", encoding="utf-8")
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(f"{word}\n".encode())
            self._process.stdin.flush()
        except BrokenPipeError:
            raise ModuleError("R has ended. Open the console again.") from None
        self._listen(lambda said: self._door.tell("output", text=said))
        found = {name: self._home / name for name in ANSWERS}
        told = {
            name: path.read_text("utf-8", errors="replace") for name, path in found.items() if path.exists()
        }
        if "names" in told:
            parts = told["names"].split("\n") if told["names"] else []
            self._names = [
                {"name": name, "value": value, "type": type}
                for name, value, type in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
            ]
        return told

    def _listen(self, say: Callable[[str], None]) -> None:
        """Passes on what R prints until its answer is there."""
        assert self._process.stdout is not None
        end, held, printed = f"{self._token}\n".encode(), b"", 0
        while True:
            try:
                piece = os.read(self._process.stdout.fileno(), 1 << 16)
                if not piece:
                    raise ModuleError("R has ended. Open the console again.")
                held += piece
                done = end in held
                out = held[: held.find(end)] if done else held[: held.rfind(b"\n") + 1]
                if not done and not out and len(held) > LONG_LINE:
                    out = held[: -len(end)]
                held = held[len(out) :]
                if out and printed < MOST_PRINTED:
                    say(out[: MOST_PRINTED - printed].decode("utf-8", "replace"))
                printed += len(out)
                if done:
                    if printed > MOST_PRINTED:
                        say(f"\n… {printed - MOST_PRINTED:,} bytes left out …\n")
                    return
            except KeyboardInterrupt:
                self._process.send_signal(signal.SIGINT)

    def _pictures(self) -> list[str]:
        """The plots as PNG in base64; their files are removed."""
        found: list[str] = []
        left, room = 0, PICTURES
        for path in sorted(self._folder.glob("rplot-*")):
            if path.suffix == ".png":
                size = path.stat().st_size
                if len(found) < MOST_PICTURES and size <= room:
                    found.append(base64.b64encode(path.read_bytes()).decode())
                    room -= size
                else:
                    left += 1
            path.unlink()
        if left:
            self._door.tell("output", text=f"{left} plots are not shown: they are too many or too large.\n")
        return found
