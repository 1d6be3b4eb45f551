"""`make bench ARGS=hand`: how soon the editor answers a hand, from the click or key to the painted answer."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from benchmarks.canvas import graphs, pages
from benchmarks.table import lines
from tests.e2e.conftest import ARGUMENTS, chromium
from tests.server import Server

HEAD = ("under the hand", "median", "fastest–slowest", "reach", "")
WATCH = Path(__file__).with_name("hand.js").read_text()
TIMES = 21
"""How often each is done; the first two are for the browser to warm up."""
WARM = 2
NODES, WIRES = 100, 140


def main() -> int:
    """Prints the table; 0 where all that is to be reached is."""
    rows = []
    with Server() as studio, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = pages.open_studio(browser, studio, graphs.large(NODES, WIRES))
        page.evaluate(f"() => {{ {WATCH} }}")
        for what, reach, measure in MEASURES:
            times = [measure(page, turn) for turn in range(TIMES)][WARM:]
            middle = median(times)
            told = f"{min(times):.0f}–{max(times):.0f} ms"
            mark = "✓" if middle <= reach else "✗"
            rows.append((what, f"{middle:.0f} ms", told, f"≤ {reach} ms", mark))
        browser.close()
    print(lines([HEAD, *rows]))
    return 0 if all(row[-1] != "✗" for row in rows) else 1


def select_a_node(page: Page, turn: int) -> float:
    """Another one each time; answered once its properties are there."""
    id, name = (("n29", "Execute Python Script"), ("n32", "Split Data"))[turn % 2]
    node = page.locator(f".react-flow__node[data-id={id}]")
    box = node.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(400)
    there = (
        f"document.querySelector('.react-flow__node.selected[data-id={id}]')"
        f" && document.querySelector('[data-panel=properties] h2')?.textContent === '{name}'"
    )
    done = _answered(page, "pointerdown", there)
    page.mouse.down()
    page.mouse.up()
    return done()


def open_the_commands(page: Page, turn: int) -> float:
    page.wait_for_timeout(400)
    there = "document.querySelector('[role=dialog][aria-label=Commands] [role=option]')"
    done = _answered(page, "keydown", there)
    page.keyboard.press("Control+K")
    time = done()
    page.keyboard.press("Escape")
    return time


def _answered(page: Page, event: str, there: str) -> Callable[[], float]:
    page.evaluate(f"() => {{ window.answered = hand('{event}', () => {there}); }}")
    return lambda: float(page.evaluate("() => window.answered"))


MEASURES: tuple[tuple[str, int, Callable[[Page, int], float]], ...] = (
    (f"select a node of {NODES}", 50, select_a_node),
    ("open the command palette", 50, open_the_commands),
)


if __name__ == "__main__":
    sys.exit(main())
