"""The canvas by keyboard alone, with 200 nodes: in, from node to node, a wire, and out again."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.builders import Exp
from tests.e2e import user
from tests.server import Server

COLUMNS = 10
OUTSIDE = "node => document.activeElement.closest(node) === null"
"""Whether the focus is on no node and on nothing in one."""


def large() -> dict[str, Any]:
    """200 nodes in ten chains side by side; the last of them is not wired."""
    exp = Exp("Large")
    for place in range(200):
        column, row = place % COLUMNS, place // COLUMNS
        exp.node(f"n{place}", "edit-metadata" if row else "enter-data-manually")
        exp.nodes[-1]["position"] = {"x": 260 * column, "y": 130 * row}
        if row and column < COLUMNS - 1:
            output = "results_dataset" if row > 1 else "dataset"
            exp.wire(f"n{place - COLUMNS}.{output}", f"n{place}.dataset")
    return exp.file()


@pytest.fixture
def experiment(page: Page, server: Server) -> str:
    id: str = server.create(large())["id"]
    user.open_experiment(page, server.url, id)
    return id


def focused(page: Page) -> str:
    """What is focused: a node's id, a port's name, or the name of a control."""
    told: str = page.evaluate(
        """() => {
          const at = document.activeElement;
          const node = at.getAttribute("aria-roledescription") === "node" ? at.dataset.id : "";
          return node || at.getAttribute("aria-label") || at.tagName;
        }"""
    )
    return told


def wait_for_focus(page: Page, on: str) -> None:
    page.wait_for_function(
        """on => {
          const at = document.activeElement;
          return [at.dataset.id, at.getAttribute("aria-label")].includes(on);
        }""",
        arg=on,
    )


def test_tab_enters_the_graph_once_and_leaves_it(page: Page, experiment: str) -> None:
    page.get_by_role("separator", name="Width of the palette").focus()
    page.keyboard.press("Tab")
    wait_for_focus(page, "n0")
    expect(user.selected(page)).to_have_count(1)
    expect(user.selected(page).locator("[tabindex='0']").first).to_be_visible()
    page.keyboard.press("Tab")
    assert focused(page).startswith("Output Dataset")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate(OUTSIDE, user.NODE)
    # Back the same way: its port, and past the graph.
    page.get_by_role("button", name="Zoom out").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(OUTSIDE, user.NODE)


def test_one_walks_along_wires_and_hears_where_one_is(page: Page, experiment: str) -> None:
    page.get_by_role("application", name="Graph").focus()
    page.keyboard.press("Home")
    wait_for_focus(page, "n0")
    page.keyboard.press("Control+ArrowDown")
    wait_for_focus(page, "n10")
    page.keyboard.press("Control+ArrowRight")
    wait_for_focus(page, "n11")
    spoken = "Node 31 of 200, fed by Enter Data Manually, feeds Edit Metadata."
    expect(page.locator(":focus")).to_have_accessible_description(spoken)
    page.keyboard.press("Control+ArrowUp")
    wait_for_focus(page, "n1")
    page.keyboard.press("End")
    page.wait_for_function("() => !['n1', undefined].includes(document.activeElement.dataset.id)")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Escape")
    wait_for_focus(page, "Graph")
    expect(user.selected(page)).to_have_count(0)


def test_a_wire_is_drawn_by_keyboard(page: Page, server: Server, experiment: str) -> None:
    page.get_by_role("application", name="Graph").focus()
    page.keyboard.press("Home")
    wait_for_focus(page, "n0")
    for _ in range(COLUMNS - 1):
        page.keyboard.press("Control+ArrowRight")
    wait_for_focus(page, "n9")
    page.keyboard.press("Tab")
    assert focused(page).startswith("Output Dataset")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Connect to which input?")).to_be_visible()
    page.keyboard.type("n19")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("^Undo: Connect"))).to_be_enabled()
    user.expect_saved(page)
    wires = server.get(f"experiments/{experiment}")["wires"]
    assert {"from": "n9.dataset", "to": "n19.dataset"} in wires
    assert focused(page).startswith("Output Dataset")
    page.keyboard.press("Escape")
    wait_for_focus(page, "n9")


def test_what_is_drawn_obeys_wcag(page: Page, experiment: str, axe: Callable[[Page], None]) -> None:
    page.get_by_role("application", name="Graph").focus()
    page.keyboard.press("Home")
    wait_for_focus(page, "n0")
    axe(page)
