"""The canvas under the hand: splicing, going around nodes, lining up, tidying; each one step of undo."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.builders import Exp
from tests.e2e import user
from tests.server import Server

TABLE = "x\n1\n2\n"


def chain_of_three() -> dict[str, Any]:
    """A typed-in table, Remove Duplicate Rows below it, Split Data below that."""
    exp = Exp("Three").table("data", TABLE)
    exp.node("distinct", "remove-duplicate-rows").node("split", "split-data")
    exp.wire("data.dataset", "distinct.dataset").wire("distinct.results_dataset", "split.dataset")
    for place, node in enumerate(exp.nodes):
        node["position"] = {"x": 100 + 30 * place, "y": 20 + 160 * place}
    return exp.file()


@pytest.fixture
def experiment(page: Page, server: Server) -> str:
    id: str = server.create(chain_of_three())["id"]
    user.open_experiment(page, server.url, id)
    return id


def saved(page: Page) -> None:
    """Waits past the moment in which an edit has not begun to be saved yet."""
    page.wait_for_timeout(100)
    user.expect_saved(page)


def wires(server: Server, page: Page, experiment: str) -> set[tuple[str, str]]:
    saved(page)
    return {(wire["from"], wire["to"]) for wire in server.get(f"experiments/{experiment}")["wires"]}


def places(server: Server, page: Page, experiment: str) -> dict[str, tuple[float, float]]:
    saved(page)
    nodes = server.get(f"experiments/{experiment}")["nodes"]
    return {node["id"]: (node["position"]["x"], node["position"]["y"]) for node in nodes}


def test_a_module_dropped_on_a_wire_goes_into_it(page: Page, server: Server, experiment: str) -> None:
    box = page.locator(".react-flow__edge-path").nth(1).bounding_box()
    frame = user.canvas(page).bounding_box()
    assert box
    assert frame
    x, y = box["x"] + box["width"] / 2 - frame["x"], box["y"] + box["height"] / 2 - frame["y"]
    user.drag_from_palette(page, "Edit Metadata", int(x), int(y))
    new = user.node(page, "Edit Metadata")
    expect(new).to_be_visible()
    expect(page.locator(".react-flow__edge")).to_have_count(3)
    assert ("data.dataset", "distinct.dataset") in wires(server, page, experiment)
    page.keyboard.press("Control+z")
    expect(new).to_have_count(0)
    assert len(wires(server, page, experiment)) == 2


def test_a_deleted_node_leaves_its_wire_and_a_bypassed_one_stays(
    page: Page, server: Server, experiment: str
) -> None:
    user.node(page, "Remove Duplicate Rows").click()
    page.keyboard.press("Delete")
    expect(page.locator(".react-flow__node")).to_have_count(2)
    assert wires(server, page, experiment) == {("data.dataset", "split.dataset")}
    page.keyboard.press("Control+z")
    expect(page.locator(".react-flow__edge")).to_have_count(2)

    user.node(page, "Remove Duplicate Rows").click()
    page.keyboard.press("Control+Delete")
    expect(page.locator(".react-flow__edge")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(page.locator(".react-flow__edge")).to_have_count(2)

    user.node(page, "Remove Duplicate Rows").click()
    page.keyboard.press("b")
    expect(page.get_by_text("What fed it now feeds what it fed")).to_be_visible()
    assert wires(server, page, experiment) == {
        ("data.dataset", "distinct.dataset"),
        ("data.dataset", "split.dataset"),
    }


def test_nodes_are_lined_up_and_tidied_in_one_step_each(page: Page, server: Server, experiment: str) -> None:
    before = places(server, page, experiment)
    user.canvas(page).click(position={"x": 20, "y": 300})
    page.keyboard.press("Control+a")
    page.keyboard.press("Alt+ArrowLeft")
    expect(page.get_by_role("button", name="Undo: Align 3 nodes")).to_be_enabled()
    assert {x for x, _ in places(server, page, experiment).values()} == {100}
    page.keyboard.press("Control+z")
    assert places(server, page, experiment) == before

    page.keyboard.press("Escape")
    page.keyboard.press("t")
    expect(page.get_by_role("button", name="Undo: Tidy up 3 nodes")).to_be_enabled()
    tidied = places(server, page, experiment)
    assert len({x for x, _ in tidied.values()}) == 1
    assert tidied["data"][1] < tidied["distinct"][1] < tidied["split"][1]
    page.keyboard.press("Control+z")
    assert places(server, page, experiment) == before


def test_tab_and_slash_add_a_module_where_the_hand_is(page: Page, experiment: str) -> None:
    user.canvas(page).click(position={"x": 40, "y": 500})
    page.keyboard.press("Tab")
    expect(page.get_by_role("dialog", name="Add a module")).to_be_visible()
    page.keyboard.type("edit meta")
    page.keyboard.press("Enter")
    expect(user.node(page, "Edit Metadata")).to_be_visible()
    # From there on, Tab is the way through the page again.
    page.keyboard.press("Tab")
    expect(page.get_by_role("dialog", name="Add a module")).to_have_count(0)


def box_of(page: Page, name: str) -> dict[str, float]:
    box = user.node(page, name).bounding_box()
    assert box
    return dict(box)


def band(page: Page, key: str, *names: str) -> None:
    """A rubber band around these nodes, with a key held."""
    boxes = [box_of(page, name) for name in names]
    page.keyboard.down(key)
    page.mouse.move(min(b["x"] for b in boxes) - 12, min(b["y"] for b in boxes) - 12)
    page.mouse.down()
    right, low = max(b["x"] + b["width"] for b in boxes), max(b["y"] + b["height"] for b in boxes)
    page.mouse.move(right - 40, low - 20, steps=4)
    page.mouse.move(right + 8, low + 12, steps=4)
    page.mouse.up()
    page.keyboard.up(key)


def test_rubber_bands_and_clicks_add_to_the_selection_and_take_away(page: Page, experiment: str) -> None:
    selected = page.locator(".react-flow__node.selected")
    user.node(page, "Enter Data Manually").click()
    band(page, "Shift", "Split Data")
    expect(selected).to_have_count(2)
    band(page, "Shift", "Remove Duplicate Rows")
    expect(selected).to_have_count(3)
    band(page, "Alt", "Enter Data Manually", "Remove Duplicate Rows")
    expect(selected).to_have_count(1)
    expect(selected).to_contain_text("Split Data")
    user.node(page, "Remove Duplicate Rows").click(modifiers=["Shift"])
    expect(selected).to_have_count(2)
    page.keyboard.press("Shift+C")
    expect(selected).to_have_count(3)
