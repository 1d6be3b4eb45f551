"""`make bench ARGS=hand`: how soon the editor answers a hand, from the click or key to the painted answer."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.canvas import gestures, graphs, pages
from benchmarks.data import numbers
from benchmarks.table import lines
from tests.builders import Exp
from tests.e2e.conftest import ARGUMENTS, chromium
from tests.server import TOKEN, Server

HEAD = ("under the hand", "median", "fastest–slowest", "reach", "")
WATCH = Path(__file__).with_name("hand.js").read_text()
TIMES = 21
"""How often each is done; the first two are for the browser to warm up."""
OPENINGS = 11
"""Each of these on a page loaded anew: a first opening is the one that waits for what is not there yet."""
WARM = 2
NODES, WIRES = 100, 140
ZOOMED, ZOOMED_WIRES = 136, 190
ROWS, COLUMNS = 4899, 12
REST_MS = 400
"""How long the pointer is there before it presses, as a hand's is."""
READ_MS = 1500
"""How long a page that was loaded is looked at first."""
CELLS = "[role=gridcell]:not(:empty)"


def main() -> int:
    """Prints the table; 0 where all that is to be reached is."""
    rows = []
    with Server() as studio, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        dataset = studio.wait_for_dataset(studio.upload("wine.csv", numbers(ROWS, COLUMNS)).json()["id"])
        page = pages.open_studio(browser, studio, graphs.large(NODES, WIRES), WATCH)
        rows += [_row(what, reach, _times(page, measure)) for what, reach, measure in MEASURES]
        page.context.close()
        opened = _run_experiment(studio, dataset["name"])
        rows.append(_row("open a node with its rows", 200, _open_nodes(browser, studio, opened)))
        told = f"open a dataset of {ROWS:,} × {COLUMNS}"
        rows.append(_row(told, 250, _open_datasets(browser, studio, dataset["id"])))
        page = pages.open_studio(browser, studio, graphs.large(ZOOMED, ZOOMED_WIRES))
        rows.append(_zoomed(gestures.frames(page, gestures.zoom)))
        browser.close()
    print(lines([HEAD, *rows]))
    return 0 if all(row[-1] != "✗" for row in rows) else 1


def _row(what: str, reach: int, times: list[float]) -> tuple[str, ...]:
    middle = median(times)
    told = f"{min(times):.0f}–{max(times):.0f} ms"
    return what, f"{middle:.0f} ms", told, f"≤ {reach} ms", "✓" if middle <= reach else "✗"


def _zoomed(frames: list[float]) -> tuple[str, ...]:
    late = quantiles(frames, n=20)[-1]
    what = f"{ZOOMED} nodes under wheel zoom: frames, 95th"
    return (
        what,
        f"{late:.0f} ms",
        f"{min(frames):.0f}–{max(frames):.0f} ms",
        "≤ 50 ms",
        "✓" if late < 51 else "✗",
    )


def _times(page: Page, measure: Callable[[Page, int], float]) -> list[float]:
    return [measure(page, turn) for turn in range(TIMES)][WARM:]


def select_a_node(page: Page, turn: int) -> float:
    """Another one each time; answered once its properties are there."""
    id, name = (("n29", "Execute Python Script"), ("n32", "Split Data"))[turn % 2]
    _point_at(page, f".react-flow__node[data-id={id}]")
    there = (
        f"document.querySelector('.react-flow__node.selected[data-id={id}]')"
        f" && document.querySelector('[data-panel=properties] h2')?.textContent === '{name}'"
    )
    done = _answered(page, "pointerdown", there)
    page.mouse.down()
    page.mouse.up()
    return done()


def open_the_commands(page: Page, turn: int) -> float:
    page.wait_for_timeout(REST_MS)
    there = "document.querySelector('[role=dialog][aria-label=Commands] [role=option]')"
    done = _answered(page, "keydown", there)
    page.keyboard.press("Control+K")
    time = done()
    page.keyboard.press("Escape")
    return time


def _run_experiment(studio: Server, dataset: str) -> str:
    """A dataset's rows through a script, already run."""
    exp = Exp("Wine").node("data", "dataset", dataset=dataset).script("script")
    id: str = studio.create(exp.wire("data.dataset", "script.dataset1"))["id"]
    assert studio.run(id).state == "finished"
    return id


def _open_nodes(browser: Browser, studio: Server, experiment: str) -> list[float]:
    """By a double click; answered once the script and the rows of both sides are there."""
    opened = "document.querySelector('[role=dialog][aria-label$=opened]')"
    seen = (f"[aria-label=Inputs] {CELLS}", f"[aria-label=Outputs] {CELLS}", ".cm-content .cm-line")
    there = " && ".join(f"{opened}?.querySelector('{one}')" for one in seen)

    def once(page: Page) -> float:
        _point_at(page, ".react-flow__node[data-id=script]")
        done = _answered(page, "dblclick", there)
        page.mouse.click(*_middle(page, ".react-flow__node[data-id=script]"), click_count=2)
        return done()

    return _anew(browser, studio, f"experiments/{experiment}", once)


def _open_datasets(browser: Browser, studio: Server, dataset: str) -> list[float]:
    """From the list; answered once its rows are there."""
    link = f"a[href='/datasets/{dataset}']"

    def once(page: Page) -> float:
        _point_at(page, link)
        done = _answered(page, "click", f'document.querySelector("{CELLS}")')
        page.mouse.down()
        page.mouse.up()
        return done()

    return _anew(browser, studio, "datasets", once)


def _anew(browser: Browser, studio: Server, path: str, once: Callable[[Page], float]) -> list[float]:
    page = browser.new_context(viewport=pages.SIZE).new_page()
    page.add_init_script(WATCH)
    page.goto(f"{studio.url}/?token={TOKEN}")
    page.wait_for_load_state("networkidle")
    times = []
    for _ in range(OPENINGS):
        page.goto(f"{studio.url}/{path}")
        page.wait_for_timeout(READ_MS)
        times.append(once(page))
    page.context.close()
    return times[WARM:]


def _point_at(page: Page, what: str) -> None:
    page.mouse.move(*_middle(page, what))
    page.wait_for_timeout(REST_MS)


def _middle(page: Page, what: str) -> tuple[float, float]:
    box = page.locator(what).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _answered(page: Page, event: str, there: str) -> Callable[[], float]:
    page.evaluate(f"() => {{ window.answered = hand('{event}', () => {there}); }}")
    return lambda: float(page.evaluate("() => window.answered"))


MEASURES: tuple[tuple[str, int, Callable[[Page, int], float]], ...] = (
    (f"select a node of {NODES}", 50, select_a_node),
    ("open the command palette", 50, open_the_commands),
)


if __name__ == "__main__":
    sys.exit(main())
