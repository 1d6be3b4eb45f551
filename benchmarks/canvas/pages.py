"""The two pages, opened: Studio's editor, and React Flow alone."""

from __future__ import annotations

import gzip
import json
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Response, ViewportSize

from tests.server import TOKEN, Server
from tools.frontend import npm

WATCH = Path(__file__).with_name("watch.js").read_text()
SIZE: ViewportSize = {"width": 1280, "height": 800}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def bare_site() -> Iterator[str]:
    """Builds the bare page and serves it; gives its address."""
    with tempfile.TemporaryDirectory(prefix="bare-page-") as folder:
        if npm("exec", "--", "vite", "build", "-c", "bench/vite.config.ts", "--outDir", folder, quiet=True):
            raise RuntimeError("The bare page could not be built. See the lines above.")
        with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder)) as site:
            threading.Thread(target=site.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{site.server_port}/"
            site.shutdown()


def open_bare(browser: Browser, address: str, graph: dict[str, Any], size: ViewportSize) -> Page:
    """As large as the editor's canvas, so that both draw as many points."""
    page = browser.new_context(viewport=size).new_page()
    page.add_init_script(
        f"window.NODES = {len(graph['nodes'])}; window.GRAPH = {json.dumps(graph)};\n{WATCH}"
    )
    page.goto(address)
    return _ready(page)


def open_studio(browser: Browser, studio: Server, file: dict[str, Any], script: str = "") -> Page:
    experiment = studio.create(file)["id"]
    page = browser.new_context(viewport=SIZE).new_page()
    page.goto(f"{studio.url}/?token={TOKEN}")
    page.wait_for_load_state("networkidle")
    page.add_init_script(f"window.NODES = {len(file['nodes'])};\n{WATCH}\n{script}")
    page.goto(f"{studio.url}/experiments/{experiment}")
    return _ready(page)


def first_load(browser: Browser, studio: Server) -> int:
    """Bytes of JavaScript, gzipped, that a browser which knows nothing loads for the list of experiments."""
    loaded: list[Response] = []
    page = browser.new_context(viewport=SIZE).new_page()
    page.on("response", lambda response: loaded.append(response))
    page.goto(f"{studio.url}/?token={TOKEN}")
    page.get_by_role("button", name="New experiment").first.wait_for()
    scripts = {one.url: one for one in loaded if one.url.split("?")[0].endswith(".js")}
    size = sum(len(gzip.compress(one.body())) for one in scripts.values())
    page.context.close()
    return size


def _ready(page: Page) -> Page:
    page.wait_for_function("() => bench.usable !== null", timeout=60_000)
    page.wait_for_timeout(1000)
    return page


def canvas_size(page: Page) -> ViewportSize:
    view = page.evaluate("bench.viewport()")
    return {"width": round(view["width"]), "height": round(view["height"])}
