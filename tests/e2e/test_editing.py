"""Adding, copying and tidying: what was put on the canvas last has the keyboard, and covers nothing."""

from __future__ import annotations

from typing import Any

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
    expect(user.nodes(page).and_(page.locator(":focus"))).to_contain_text(name)


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
    # What goes with the focus on it leaves it to the graph, and not to the page.
    page.keyboard.press("Control+z")
    expect(splits).to_have_count(2)
    expect(user.graph(page)).to_be_focused()


def frame(id: str, x: int, y: int) -> dict[str, Any]:
    size = {"width": 300, "height": 90}
    return {"id": id, "title": id, "color": "blue", "position": {"x": x, "y": y}, "size": size}


def test_tidying_up_keeps_a_frame_around_its_nodes_and_covers_nothing(page: Page, server: Server) -> None:
    exp = Exp("Framed").table("data", "x\n1\n")
    for place, above in enumerate(("data.dataset", "n0.results_dataset", "n1.results_dataset")):
        exp.node(f"n{place}", "remove-duplicate-rows").wire(above, f"n{place}.dataset")
    file = exp.file()
    for place, node in enumerate(file["nodes"]):
        node["position"] = {"x": 100, "y": 40 + 70 * place}
    file["frames"] = [frame("open", 60, 170), {**frame("folded", 70, 240), "collapsed": ["n2"]}]
    id = server.create(file)["id"]
    user.open_experiment(page, server.url, id)
    user.graph(page).click(position={"x": 10, "y": 10})
    page.keyboard.press("t")
    expect(page.get_by_role("button", name="Undo: Tidy up 3 nodes")).to_be_enabled()
    user.expect_still(page)
    boxes = {
        name: user.node_of(page, name).bounding_box() or {} for name in ("data", "n0", "open", "n1", "folded")
    }

    def bottom(name: str) -> float:
        return boxes[name]["y"] + boxes[name]["height"]

    assert bottom("data") < boxes["n0"]["y"] < bottom("n0") < boxes["open"]["y"]
    assert boxes["open"]["y"] < boxes["n1"]["y"] < bottom("n1") < bottom("open") < boxes["folded"]["y"]


def test_an_opened_node_runs_what_is_above_it_to_show_its_input(page: Page, server: Server) -> None:
    two_nodes(page, server)
    user.node(page, "Split Data").dblclick()
    inputs = page.get_by_role("group", name="Inputs")
    expect(inputs).to_contain_text("Enter Data Manually has not run")
    inputs.get_by_role("button", name="Run to Enter Data Manually").click()
    expect(inputs.get_by_text("1 row × 1 column")).to_be_visible(timeout=user.SLOW)
