"""A person opens tables of ten million rows, of five thousand columns, and of cells of a megabyte."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import ARGUMENTS, chromium
from tests.server import Server

MOST_MEGABYTES = 300
LETTER = "lorem ipsum dolor sit amet " * 40_000


@pytest.fixture
def browser(browser: Browser) -> Iterator[Browser]:
    """One of its own: what other journeys left in its tabs is not counted."""
    own = browser.browser_type.launch(executable_path=chromium(), args=ARGUMENTS)
    yield own
    own.close()


@pytest.fixture
def light(browser: Browser) -> Callable[[], None]:
    """Fails where a tab holds more than 300 MB, less what it is about to give back."""

    def check() -> None:
        for page in (page for context in browser.contexts for page in context.pages):
            page.context.new_cdp_session(page).send("HeapProfiler.collectGarbage")
        session = browser.new_browser_cdp_session()
        pids = [
            process["id"]
            for process in session.send("SystemInfo.getProcessInfo")["processInfo"]
            if process["type"] == "renderer"
        ]
        most = max(_resident(pid) for pid in pids)
        assert most < MOST_MEGABYTES, f"a tab holds {most:.0f} MB"

    return check


def _resident(pid: int) -> float:
    """Megabytes; 0 for a process that has just gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return 0
    [line] = [line for line in status.splitlines() if line.startswith("VmRSS")] or ["VmRSS: 0 kB"]
    return int(line.split()[1]) / 1024


def open_table(page: Page, server: Server, name: str, table: pa.Table) -> None:
    file = io.BytesIO()
    pq.write_table(table, file)
    dataset = server.upload(f"{name} {time.monotonic_ns()}.parquet", file.getvalue()).json()["id"]
    server.wait_for_dataset(dataset)
    page.goto(f"{server.url}/datasets/{dataset}")
    expect(page.get_by_role("grid")).to_be_visible()


def shows(page: Page, *cells: str) -> None:
    """Waits until these values are among those in view."""
    for cell in cells:
        expect(page.get_by_role("gridcell", name=cell).first).to_be_visible()


def to_the_end(page: Page) -> None:
    page.get_by_role("grid").focus()
    page.keyboard.press("Control+End")


def search(page: Page, text: str) -> None:
    page.get_by_role("searchbox", name="Search the rows").fill(text)


def test_ten_million_rows(page: Page, server: Server, light: Callable[[], None]) -> None:
    many = 10_000_000
    numbers = np.arange(many)
    open_table(page, server, "ten-million", pa.table({"left": many - numbers, "kind": numbers % 1000}))
    expect(page.get_by_text("10,000,000 rows × 2 columns")).to_be_visible()
    shows(page, "10000000")
    to_the_end(page)
    expect(page.locator("[aria-rowindex='10000001']")).to_be_visible()
    page.get_by_role("columnheader", name="left, integer").hover()
    page.get_by_role("button", name="Sort by left").click()
    expect(page.get_by_role("columnheader", name="left, integer")).to_have_attribute("aria-sort", "ascending")
    to_the_end(page)
    shows(page, "10000000")
    search(page, "5000000")
    shows(page, "5000000")
    expect(page.get_by_text("1 of 10,000,000 rows × 2 columns")).to_be_visible()
    light()


def test_five_thousand_columns(page: Page, server: Server, light: Callable[[], None]) -> None:
    wide = pa.table({f"column {n}": [n, n + 1, n + 2] for n in range(5000)})
    open_table(page, server, "five-thousand", wide)
    expect(page.get_by_text("3 rows × 5,000 columns")).to_be_visible()
    shows(page, "0", "2")
    to_the_end(page)
    shows(page, "5001")
    page.get_by_role("columnheader", name="column 4999, integer").hover()
    page.get_by_role("button", name="Sort by column 4999").click()
    page.get_by_role("button", name="Sort by column 4999, descending").click()
    shows(page, "4999")
    page.get_by_role("button", name="All columns").click()
    page.get_by_role("searchbox", name="Find a column").fill("column 4321")
    page.get_by_role("list", name="Columns").get_by_role("button", name="column 4321").first.click()
    expect(page.get_by_role("columnheader", name="column 4321, integer")).to_be_visible()
    search(page, "5001")
    expect(page.get_by_text("1 of 3 rows × 5,000 columns")).to_be_visible()
    light()


def test_cells_of_a_megabyte(page: Page, server: Server, light: Callable[[], None]) -> None:
    letters = pa.table({"n": range(60), "letter": [f"{n} {LETTER}end {n}" for n in range(60)]})
    open_table(page, server, "letters", letters)
    shows(page, "0 lorem ipsum")
    page.get_by_role("gridcell", name="0 lorem").first.click()
    reader = page.get_by_role("dialog")
    expect(reader).to_contain_text("lorem ipsum")
    page.keyboard.press("Escape")
    to_the_end(page)
    shows(page, "59 lorem")
    search(page, "end 42")
    expect(page.get_by_text("1 of 60 rows × 2 columns")).to_be_visible()
    shows(page, "42 lorem")
    light()
