"""A drag that is given up has no effect: Escape, a lost pointer, a window that is left."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.builders import Exp
from tests.e2e import user
from tests.server import Server

LOST = "() => window.dispatchEvent(new PointerEvent('pointercancel', {bubbles: true, pointerId: 1}))"
LEFT = "() => window.dispatchEvent(new Event('blur'))"


def give_up(page: Page, how: str) -> None:
    if how == "Escape":
        page.keyboard.press("Escape")
    else:
        page.evaluate(LOST if how == "lost" else LEFT)


@pytest.fixture
def experiment(page: Page, server: Server) -> str:
    exp = Exp("Drags").table("data", "x\n1\n").node("split", "split-data").node("rows", "add-rows")
    exp.wire("data.dataset", "split.dataset")
    for place, node in enumerate(exp.nodes):
        node["position"] = {"x": 100 + 300 * (place // 2), "y": 20 + 200 * (place % 2)}
    file = exp.file()
    file["frames"] = [
        {"id": "frame1", "title": "Box", "color": "blue", "position": {"x": 60, "y": 320},
         "size": {"width": 300, "height": 140}},
    ]  # fmt: skip
    id: str = server.create(file)["id"]
    user.open_experiment(page, server.url, id)
    return id


def middle(what: Locator) -> tuple[float, float]:
    box = what.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def begin(page: Page, what: Locator, by: tuple[float, float]) -> None:
    what.hover()  # once it stands still
    x, y = middle(what)
    page.mouse.down()
    page.mouse.move(x + by[0], y + by[1], steps=6)


WAYS = pytest.mark.parametrize("how", ["Escape", "lost", "left"])


@WAYS
def test_a_wire_leaves_no_ghost(page: Page, server: Server, experiment: str, how: str) -> None:
    before = server.get(f"experiments/{experiment}")["wires"]
    begin(page, page.get_by_role("button", name="Output Results dataset1"), (-20, 60))
    line = user.wire_under_way(page)
    expect(line).to_have_count(1)
    give_up(page, how)
    expect(line).to_have_count(0)
    expect(page.locator("[data-wiring]")).to_have_count(0)
    page.mouse.up()
    expect(page.get_by_role("dialog")).to_have_count(0)
    # The end of a wire that is pulled off goes back to its port.
    taken = page.get_by_role("button", name=re.compile("^Input Dataset .*connected")).first
    begin(page, taken, (-60, -40))
    give_up(page, how)
    page.mouse.up()
    expect(user.wires(page)).to_have_count(1)
    assert server.get(f"experiments/{experiment}")["wires"] == before


@WAYS
def test_what_was_moved_goes_back(page: Page, experiment: str, how: str) -> None:
    for what in (user.node(page, "Split Data"), page.locator(".frame-handle")):
        at = middle(what)
        begin(page, what, (90, 30))
        assert middle(what) != at
        give_up(page, how)
        page.mouse.up()
        user.expect_still(page)
        assert middle(what) == pytest.approx(at, abs=1)
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    # Nothing clings to the pointer, and the next drag is one.
    at = middle(user.node(page, "Split Data"))
    begin(page, user.node(page, "Split Data"), (90, 0))
    page.mouse.up()
    expect(page.get_by_role("button", name=re.compile("^Undo: Move Split Data"))).to_be_visible()
    assert middle(user.node(page, "Split Data")) != at


@WAYS
def test_a_rubber_band_gives_the_selection_back(page: Page, experiment: str, how: str) -> None:
    user.node(page, "Add Rows").click()
    corner = user.node(page, "Enter Data Manually").bounding_box()
    assert corner
    page.keyboard.down("Shift")
    page.mouse.move(corner["x"] - 20, corner["y"] - 15)
    page.mouse.down()
    page.mouse.move(corner["x"] + 100, corner["y"] + 30, steps=4)
    expect(user.selected(page)).to_have_count(2)
    give_up(page, how)
    page.mouse.up()
    page.keyboard.up("Shift")
    expect(user.rubber_band(page)).to_have_count(0)
    expect(user.selected(page)).to_have_count(1)
    user.node(page, "Split Data").click()
    expect(user.selected(page)).to_contain_text("Split Data")


def test_a_drag_from_a_port_selects_no_text(page: Page, experiment: str) -> None:
    begin(page, page.get_by_role("button", name="Output Results dataset1"), (-60, 20))
    page.mouse.move(90, 420, steps=8)
    assert page.evaluate("String(getSelection())") == ""
    page.mouse.up()
    expect(user.wire_under_way(page)).to_have_count(0)
    expect(page.locator("[data-wiring]")).to_have_count(0)


def test_a_drag_of_the_browsers_own_does_not_begin_on_the_canvas(page: Page, experiment: str) -> None:
    prevented = user.node(page, "Split Data").evaluate(
        "node => !node.dispatchEvent(new DragEvent('dragstart', {bubbles: true, cancelable: true}))"
    )
    assert prevented


def test_a_divider_goes_back_with_escape(page: Page, experiment: str) -> None:
    line = page.get_by_role("separator", name="Width of the palette")
    before = line.get_attribute("aria-valuenow")
    begin(page, line, (70, 0))
    assert line.get_attribute("aria-valuenow") != before
    page.keyboard.press("Escape")
    expect(line).to_have_attribute("aria-valuenow", str(before))
    page.mouse.move(400, 300)
    page.mouse.up()
    expect(line).to_have_attribute("aria-valuenow", str(before))
