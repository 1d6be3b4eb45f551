"""Wires on the canvas: around nodes, through folded frames, by touch and by keyboard."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.builders import Exp
from tests.e2e import user
from tests.server import Server

THROUGH_NODES = """([NODE, WIRE]) => {
  const nodes = [...document.querySelectorAll(NODE)].map((one) => one.getBoundingClientRect());
  return [...document.querySelectorAll(`${WIRE} path`)].filter((path) => {
    const matrix = path.getScreenCTM();
    const length = path.getTotalLength();
    // The ends touch the nodes they belong to.
    for (let at = 10; at < length - 10; at += 4) {
      const { x, y } = path.getPointAtLength(at).matrixTransform(matrix);
      if (nodes.some((box) => x > box.left + 3 && x < box.right - 3 && y > box.top + 3 && y < box.bottom - 3))
        return true;
    }
    return false;
  }).length;
}"""


def column(*modules: str) -> Exp:
    """Nodes `n0`, `n1` … below each other, as if dropped by hand; nothing is wired."""
    exp = Exp("Column")
    for place, module in enumerate(modules):
        exp.node(f"n{place}", module)
        exp.nodes[-1]["position"] = {"x": 100 + 20 * (place % 2), "y": 20 + 130 * place}
    return exp


def test_wires_go_around_the_nodes_in_their_way(page: Page, server: Server) -> None:
    exp = column("enter-data-manually", "remove-duplicate-rows", "edit-metadata", "add-rows")
    exp.wire("n0.dataset", "n1.dataset").wire("n1.results_dataset", "n3.dataset1")
    exp.wire("n0.dataset", "n3.dataset2").wire("n3.results_dataset", "n2.dataset")
    user.open_experiment(page, server.url, server.create(exp.file())["id"])
    expect(user.wires(page)).to_have_count(4)
    assert page.evaluate(THROUGH_NODES, [user.NODE, user.WIRE]) == 0
    # Dragged into the way of another wire, the node is gone around as soon as it is let go.
    box = user.node(page, "Edit Metadata").bounding_box()
    assert box
    page.mouse.move(box["x"] + 100, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 130, box["y"] - 40, steps=6)
    page.mouse.up()
    page.mouse.move(5, 5)
    assert page.evaluate(THROUGH_NODES, [user.NODE, user.WIRE]) == 0


def wires(server: Server, experiment: str) -> set[tuple[str, str]]:
    file: dict[str, Any] = server.get(f"experiments/{experiment}")
    return {(wire["from"], wire["to"]) for wire in file["wires"]}


def folded_between_two() -> dict[str, Any]:
    """A typed-in table above a folded frame with two nodes; Split Data below. The frame hangs on no wire."""
    exp = column("enter-data-manually", "remove-duplicate-rows", "edit-metadata", "split-data")
    exp.wire("n1.results_dataset", "n2.dataset")
    file = exp.file()
    box = {"position": {"x": 60, "y": 130}, "size": {"width": 320, "height": 240}}
    file["frames"] = [{"id": "f", "title": "Prepare", "color": "blue", "collapsed": ["n1", "n2"], **box}]
    return file


def test_wires_are_drawn_to_and_from_a_folded_frame(page: Page, server: Server) -> None:
    id = server.create(folded_between_two())["id"]
    user.open_experiment(page, server.url, id)
    inside = page.get_by_role("button", name="Input Dataset (table) of Remove Duplicate Rows")
    outside = page.get_by_role("button", name="Results dataset (table) of Edit Metadata")
    expect(inside).to_be_visible()
    expect(outside).to_be_visible()
    table = user.node(page, "Enter Data Manually").get_by_role("button", name="Output Dataset")
    user.draw_wire(page, table, inside)
    user.draw_wire(page, outside, user.node(page, "Split Data").get_by_role("button", name="Input Dataset"))
    expect(user.wires(page)).to_have_count(2)
    user.expect_saved(page)
    inner = ("n1.results_dataset", "n2.dataset")
    assert wires(server, id) == {("n0.dataset", "n1.dataset"), inner, ("n2.results_dataset", "n3.dataset")}

    # Its end is pulled off the frame and let go over the body of the box: the port that fits is meant.
    page.keyboard.press("Control+z")
    expect(user.wires(page)).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(user.wires(page)).to_have_count(0)
    user.draw_wire(page, table, page.get_by_text("2 nodes"))
    expect(inside).to_have_accessible_name("Input Dataset (table) of Remove Duplicate Rows, connected")
    page.get_by_role("button", name="Expand the frame").click()
    expect(user.wires(page)).to_have_count(2)


def test_a_folded_frame_refuses_a_circle(page: Page, server: Server) -> None:
    file = folded_between_two()
    file["wires"].append({"from": "n2.results_dataset", "to": "n3.dataset"})
    id = server.create(file)["id"]
    user.open_experiment(page, server.url, id)
    result = user.node(page, "Split Data").get_by_role("button", name="Output Results dataset1")
    user.draw_wire(page, result, page.get_by_role("button", name="of Remove Duplicate Rows"))
    expect(page.get_by_text("This would make a loop")).to_be_visible()
    expect(user.wires(page)).to_have_count(1)


def test_from_far_away_a_folded_frame_keeps_its_wires_and_its_place(page: Page, server: Server) -> None:
    file = folded_between_two()
    file["wires"].append({"from": "n0.dataset", "to": "n1.dataset"})
    user.open_experiment(page, server.url, server.create(file)["id"])
    shapes = page.get_by_role("img", name="Overview of the graph").locator("path").first
    assert (shapes.get_attribute("d") or "").count("M") == user.nodes(page).count() == 3
    user.expect_still(page)  # it is fitted into view once more when all is measured
    user.canvas(page).hover()
    page.mouse.wheel(0, 3000)
    expect(page.get_by_role("button", name="Zoom 4 percent")).to_be_visible()
    expect(user.wires(page)).to_have_count(0)
    wires = page.locator("svg path[stroke^='var(--wire-table']")
    expect(wires).to_have_attribute("d", re.compile("^M[^M]+$"))


def test_a_note_alone_is_shown(page: Page, server: Server) -> None:
    file = Exp("Nothing yet").file()
    note = {"id": "note1", "text": "Begin here", "position": {"x": 100, "y": 100}}
    file["notes"] = [{**note, "size": {"width": 220, "height": 120}, "color": "yellow"}]
    page.goto(f"{server.url}/experiments/{server.create(file)['id']}")
    expect(page.get_by_text("Begin here")).to_be_visible()
