"""Node-RED's editor with the same graph, for comparison: a program that draws into one SVG.

It is installed from npm into `.node-red` at the first call, and needed for nothing else.
"""

from __future__ import annotations

import json
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from benchmarks.canvas import gestures
from benchmarks.canvas.pages import SIZE, WATCH
from tools import frontend
from tools.say import ROOT

PACKAGE = "node-red@4.1.15"
FOLDER = ROOT / ".node-red"
DRAWN = "red-ui-flow-node-group"
PAN_BY = 12
"""Pixels a turn of the wheel."""


@contextmanager
def node_red(file: dict[str, Any]) -> Iterator[str]:
    """Serves its editor with this experiment's nodes and wires; gives its address."""
    program = FOLDER / "node_modules" / "node-red" / "red.js"
    if not program.exists():
        print(f"Installing {PACKAGE} …", flush=True)
        FOLDER.mkdir(exist_ok=True)
        if frontend.npm("install", "--prefix", str(FOLDER), "--no-audit", "--no-fund", PACKAGE, quiet=True):
            raise RuntimeError("Node-RED could not be installed. See the lines above.")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="node-red-") as home:
        Path(home, "flows.json").write_text(json.dumps(_flow(file)))
        settings = Path(home, "settings.js")
        settings.write_text(
            f"module.exports = {{uiHost: '127.0.0.1', uiPort: {port}, flowFile: 'flows.json', "
            "telemetry: {enabled: false}, editorTheme: {tours: false}, logging: {console: {level: 'off'}}}"
        )
        server = subprocess.Popen(
            [frontend.node(), program, "-u", home, "-s", settings], stdout=subprocess.DEVNULL
        )
        try:
            yield _ready(f"http://127.0.0.1:{port}/")
        finally:
            server.terminate()
            server.wait()


def measure(browser: Browser, file: dict[str, Any]) -> dict[str, list[float]]:
    """Milliseconds: how long it took to open, and the frames of two gestures at 100 %."""
    with node_red(file) as address:
        page = browser.new_context(viewport=SIZE).new_page()
        page.add_init_script(
            f"window.NODES = {len(file['nodes'])}; window.DRAWN = {json.dumps(DRAWN)};\n{WATCH}"
        )
        page.goto(address)
        page.wait_for_function("() => bench.usable !== null", timeout=60_000)
        page.wait_for_timeout(1000)
        found = {"open": [float(page.evaluate("bench.usable"))]}
        found["pan at 100 %"] = gestures.frames(page, _pan)
        found["drag one at 100 %"] = gestures.frames(page, _drag_one)
        page.context.close()
    return found


def _pan(page: Page) -> None:
    """By the wheel: its canvas is a page that scrolls."""
    page.mouse.move(SIZE["width"] / 2, SIZE["height"] / 2)
    for step in range(gestures.STEPS):
        page.mouse.wheel(PAN_BY if step % 45 < 23 else -PAN_BY, PAN_BY if step % 30 < 15 else -PAN_BY)


def _drag_one(page: Page) -> None:
    at = page.evaluate(
        """name => {
          const seen = [...document.getElementsByClassName(name)].map((node) => node.getBoundingClientRect());
          const inside = seen.find((box) => box.x > 400 && box.x < 700 && box.y > 250 && box.y < 500);
          return inside && { x: inside.x + inside.width / 2, y: inside.y + inside.height / 2 };
        }""",
        DRAWN,
    )
    assert at, "No node of Node-RED's lies where it could be dragged."
    gestures.drag(page, at)


def _flow(file: dict[str, Any]) -> list[dict[str, Any]]:
    wires: dict[str, list[str]] = {}
    for wire in file["wires"]:
        wires.setdefault(wire["from"].split(".")[0], []).append(wire["to"].split(".")[0])
    nodes = [
        {
            "id": node["id"],
            "type": "function",
            "z": "graph",
            "name": node["module"],
            "func": "return msg;",
            "outputs": 1,
            "x": node["position"]["x"] + 120,
            "y": node["position"]["y"] + 60,
            "wires": [wires.get(node["id"], [])],
        }
        for node in file["nodes"]
    ]
    return [{"id": "graph", "type": "tab", "label": "Graph", "disabled": True}, *nodes]


def _ready(address: str) -> str:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}flows", timeout=2):
                return address
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError("Node-RED did not start.")
