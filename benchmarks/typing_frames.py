"""Typing in a long script while the helper hangs: a part of `make bench ARGS=code`."""

from __future__ import annotations

from playwright.sync_api import Page, sync_playwright

from benchmarks.canvas import pages
from tests.builders import Exp
from tests.e2e.conftest import ARGUMENTS, chromium
from tests.server import TOKEN, Server

LINES = 2_000
KEYS = 120
PAUSE_MS = 40
REACH = 0.050
TYPED = "total = np.zeros(3) + df['x']; "


def typing_frames(studio: Server) -> list[float]:
    """Seconds between two frames, while keys come and no question to the helper is ever answered."""
    script = "import numpy as np\n\ndef azureml_main(df):\n" + "".join(
        f"    a{n} = df['x'] + {n}\n" for n in range(LINES)
    )
    exp = Exp("Typed").table("data", "x\n1\n").script("s", f"{script}    return df,\n")
    id = str(studio.create(exp.wire("data.dataset", "s.dataset1"))["id"])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = browser.new_page(viewport=pages.SIZE)
        page.add_init_script(pages.WATCH)
        for asked in ("complete", "docs*"):
            page.route(f"**/nodes/s/{asked}", lambda route: None)  # it hangs
        page.goto(f"{studio.url}/?token={TOKEN}")
        page.goto(f"{studio.url}/experiments/{id}")
        frames = _type(page)
        browser.close()
    return frames


def _type(page: Page) -> list[float]:
    page.locator('.react-flow__node[data-id="s"]').click()
    page.get_by_role("textbox", name="Python script").click()
    page.keyboard.press("Control+End")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("x = np.z")
    page.wait_for_timeout(1500)  # what is loaded with the first key is no frame of typing
    page.evaluate("bench.start()")
    for at in range(KEYS):
        page.keyboard.press(TYPED[at % len(TYPED)] if TYPED[at % len(TYPED)] != " " else "Space")
        page.wait_for_timeout(PAUSE_MS)
    return [gap / 1000 for gap in page.evaluate("bench.stop()")]
