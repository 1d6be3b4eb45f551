"""Adding, copying and tidying: what was put on the canvas last has the keyboard, and covers nothing."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.builders import Exp
from tests.e2e import user
from tests.server import Server


def two_nodes(page: Page, server: Server) -> None:
    exp = Exp("Two").table("data", "x\n1\n").node("split", "split-data").wire("data.dataset", "split.dataset")
    user.open_experiment(page, server.url, server.create(exp)["id"])


def test_enter_in_the_palettes_search_adds_what_was_found(page: Page, server: Server) -> None:
    two_nodes(page, server)
    search = page.get_by_role("searchbox", name="Search modules and datasets")
    search.fill("duplicate")
    page.keyboard.press("Enter")
    expect(user.node(page, "Remove Duplicate Rows")).to_be_focused()
    search.fill("rows")
    expect(search).to_have_accessible_description("Enter adds Add Rows")
    page.keyboard.press("ArrowDown")
    second = page.locator(":focus")
    name = second.get_attribute("aria-label") or ""
    assert name not in ("", "Add Rows")
    page.keyboard.press("Enter")
    expect(page.locator(".react-flow__node:focus")).to_contain_text(name)


def test_a_copy_has_the_keyboard_and_its_step_has_its_name(page: Page, server: Server) -> None:
    two_nodes(page, server)
    user.node(page, "Split Data").click()
    page.keyboard.press("Control+d")
    expect(page.get_by_role("button", name="Undo: Duplicate Split Data")).to_be_enabled()
    splits = user.node(page, "Split Data")
    expect(splits).to_have_count(2)
    expect(splits.nth(1)).to_be_focused()
    page.keyboard.press("Control+c")
    page.keyboard.press("Control+v")
    expect(page.get_by_role("button", name="Undo: Paste Split Data")).to_be_enabled()
    expect(splits.nth(2)).to_be_focused()
