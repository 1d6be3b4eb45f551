"""What a person does in the browser, in a person's words."""

from __future__ import annotations

import re
import time
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
SLOW = 30_000
"""Milliseconds that a run may take on a busy machine."""
NODE, WIRE = '[aria-roledescription="node"]', '[aria-roledescription="edge"]'
"""What a screen reader calls them; for scripts in the page. Notes and frames are nodes too."""
RESTS = """frames => new Promise(resolve => {
  const moving = () => document.getAnimations()
    .some(one => one.playState === "running" && one.effect?.getComputedTiming().endTime !== Infinity);
  const places = () => [...document.querySelectorAll('[aria-roledescription="node"], [role="dialog"]')]
    .map(one => Object.values(one.getBoundingClientRect().toJSON()).join()).join(";");
  let [before, same] = ["", 0];
  const look = () => {
    const now = places();
    same = now === before && !moving() ? same + 1 : 0;
    before = now;
    if (same >= frames) resolve(true); else requestAnimationFrame(look);
  };
  look();
})"""
"""Resolves once nothing has moved or faded for so many frames."""


def new_experiment(page: Page) -> None:
    page.get_by_role("link", name="Experiments").click()
    page.get_by_role("button", name=re.compile("^New experiment")).first.click()
    expect(canvas(page)).to_be_visible()
    expect(page.get_by_text("Start with data")).to_be_visible()


def keep_reviewed(page: Page) -> Locator:
    """Keeps the file whose review is open, as it is guessed."""
    keep = page.get_by_role("dialog", name="Review").get_by_role("button", name="Import", exact=True)
    expect(keep).to_be_enabled(timeout=SLOW)
    keep.click()
    return page.get_by_role("region", name="Uploads")


def open_experiment(page: Page, url: str, id: str) -> None:
    page.goto(f"{url}/experiments/{id}")
    expect(canvas(page)).to_be_visible()
    expect(nodes(page).first).to_be_visible()


def canvas(page: Page) -> Locator:
    return page.get_by_role("region", name="Canvas")


def graph(page: Page) -> Locator:
    """What takes the keys, and clicks beside all nodes."""
    return page.get_by_role("application", name="Graph")


def nodes(where: Page | Locator) -> Locator:
    return where.locator(NODE)


def wires(where: Page | Locator) -> Locator:
    return where.locator(WIRE)


def node(page: Page, name: str) -> Locator:
    """The node whose module, dataset or own name begins like this: it is told as `Dataset: cities`."""
    return nodes(page).and_(page.get_by_role("group", name=re.compile(rf"^(.*: )?{re.escape(name)}")))


def node_of(where: Page | Locator, id: str) -> Locator:
    return where.locator(f'{NODE}[data-id="{id}"]')


def selected(page: Page) -> Locator:
    """The nodes, notes and frames that are selected."""
    return nodes(page).filter(has=page.locator('[data-selected="true"]'))


def wire_under_way(page: Page) -> Locator:
    """The line from a port to the pointer. It has no name: whoever draws it sees it."""
    return page.locator(".react-flow__connection")


def rubber_band(page: Page) -> Locator:
    return page.locator(".react-flow__selection")


STAYS = """async item => {
    let [place, since] = [item.getBoundingClientRect().top, performance.now()];
    while (performance.now() - since < 250) {
        await new Promise(requestAnimationFrame);
        const now = item.getBoundingClientRect().top;
        if (now !== place) [place, since] = [now, performance.now()];
    }
}"""


def expect_still(page: Page, frames: int = 5) -> None:
    """Waits until nothing moves any more: no node, no dialog, no fading."""
    page.evaluate(RESTS, frames)


def expect_within(inner: Locator, outer: Locator, seconds: float = 5) -> None:
    """Waits until `inner` lies within the upper and lower edge of `outer`: a view may still be on its way."""
    end = time.monotonic() + seconds
    while True:
        one, other = inner.bounding_box(), outer.bounding_box()
        assert one
        assert other
        low, lowest = one["y"] + one["height"], other["y"] + other["height"]
        if other["y"] <= one["y"] and low <= lowest:
            return
        assert time.monotonic() < end, f"{one} is not within {other}"
        inner.page.wait_for_timeout(50)


def palette(page: Page, name: str) -> Locator:
    return page.get_by_role("complementary", name="Palette").get_by_role("button", name=name, exact=True)


def drag_from_palette(page: Page, name: str, x: int, y: int) -> None:
    item = palette(page, name)
    item.scroll_into_view_if_needed()
    # Datasets that come late move the modules below them away from the pointer.
    item.evaluate(STAYS)
    item.drag_to(canvas(page), target_position={"x": x, "y": y})


def draw_wire(page: Page, output: Locator, input: Locator) -> None:
    start, end = output.bounding_box(), input.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + 20, end["y"] - 20, steps=5)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=5)
    page.mouse.up()


def write_script(page: Page, text: str) -> None:
    """Replaces the script of the selected node, as one would by pasting."""
    editor = page.get_by_role("textbox", name="Python script")
    editor.click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def run(page: Page) -> None:
    page.get_by_role("button", name="Run", exact=True).click()


def expect_run(page: Page, state: str) -> None:
    toolbar = page.get_by_role("toolbar", name="Experiment")
    expect(toolbar.get_by_text(re.compile(f"^{state}"))).to_be_visible(timeout=SLOW)


def expect_saved(page: Page) -> None:
    """Waits until the server has what is on the screen, once the screen shows what was done last."""
    page.evaluate("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
