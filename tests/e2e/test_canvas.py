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


def wires(server: Server, page: Page, experiment: str) -> set[tuple[str, str]]:
    user.expect_saved(page)
    return {(wire["from"], wire["to"]) for wire in server.get(f"experiments/{experiment}")["wires"]}


def places(server: Server, page: Page, experiment: str) -> dict[str, tuple[float, float]]:
    user.expect_saved(page)
    nodes = server.get(f"experiments/{experiment}")["nodes"]
    return {node["id"]: (node["position"]["x"], node["position"]["y"]) for node in nodes}


def test_a_module_dropped_on_a_wire_goes_into_it(page: Page, server: Server, experiment: str) -> None:
    box = user.wires(page).nth(1).locator("path").first.bounding_box()
    frame = user.canvas(page).bounding_box()
    assert box
    assert frame
    x, y = box["x"] + box["width"] / 2 - frame["x"], box["y"] + box["height"] / 2 - frame["y"]
    user.drag_from_palette(page, "Edit Metadata", int(x), int(y))
    new = user.node(page, "Edit Metadata")
    expect(new).to_be_visible()
    expect(user.wires(page)).to_have_count(3)
    assert ("data.dataset", "distinct.dataset") in wires(server, page, experiment)
    page.keyboard.press("Control+z")
    expect(new).to_have_count(0)
    assert len(wires(server, page, experiment)) == 2


def test_a_deleted_node_leaves_its_wire_and_a_bypassed_one_stays(
    page: Page, server: Server, experiment: str
) -> None:
    user.node(page, "Remove Duplicate Rows").click()
    page.keyboard.press("Delete")
    expect(user.nodes(page)).to_have_count(2)
    assert wires(server, page, experiment) == {("data.dataset", "split.dataset")}
    page.keyboard.press("Control+z")
    expect(user.wires(page)).to_have_count(2)

    user.node(page, "Remove Duplicate Rows").click()
    page.keyboard.press("Control+Delete")
    expect(user.wires(page)).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(user.wires(page)).to_have_count(2)

    user.node(page, "Remove Duplicate Rows").click()
    page.keyboard.press("b")
    expect(page.get_by_text("The nodes above and below are connected to each other now")).to_be_visible()
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


def test_slash_adds_a_module_where_the_hand_is_and_tab_goes_on(page: Page, experiment: str) -> None:
    user.canvas(page).click(position={"x": 40, "y": 500})
    page.keyboard.press("/")
    expect(page.get_by_role("dialog", name="Add a module")).to_be_visible()
    page.keyboard.type("edit meta")
    page.keyboard.press("Enter")
    expect(user.node(page, "Edit Metadata")).to_be_focused()
    # Tab means one thing, also after a click on the canvas: into the graph, to the ports, and out.
    user.canvas(page).click(position={"x": 40, "y": 560})
    page.keyboard.press("Tab")
    expect(page.get_by_role("dialog", name="Add a module")).to_have_count(0)
    expect(user.node(page, "Edit Metadata")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Input Dataset (table)").last).to_be_focused()


def overlaps(page: Page) -> list[tuple[str, str]]:
    """Pairs of nodes that cover each other."""
    found: list[tuple[str, str]] = page.evaluate(
        """node => {
          const nodes = [...document.querySelectorAll(node)];
          const boxes = nodes.map((node) => [node.dataset.id, node.getBoundingClientRect()]);
          return boxes.flatMap(([a, one], at) => boxes.slice(at + 1)
            .filter(([, two]) => one.left < two.right && two.left < one.right)
            .filter(([, two]) => one.top < two.bottom && two.top < one.bottom)
            .map(([b]) => [a, b]));
        }""",
        user.NODE,
    )
    return found


def test_what_is_added_is_wired_to_the_selected_node_and_covers_nothing(
    page: Page, server: Server, experiment: str
) -> None:
    user.node(page, "Split Data").click()
    user.palette(page, "Edit Metadata").dblclick()
    expect(user.node(page, "Edit Metadata")).to_be_focused()
    assert ("split.results_dataset1", "n1.dataset") in wires(server, page, experiment)
    # The next one goes to the output that feeds nothing yet, beside the first.
    user.node(page, "Split Data").click()
    user.palette(page, "Add Rows").dblclick()
    expect(user.node(page, "Add Rows")).to_be_focused()
    assert ("split.results_dataset2", "n2.dataset1") in wires(server, page, experiment)
    # What gives only feeds the selected node's free input.
    user.palette(page, "Enter Data Manually").dblclick()
    expect(user.nodes(page)).to_have_count(6)
    assert ("n3.dataset", "n2.dataset2") in wires(server, page, experiment)
    assert overlaps(page) == []
    page.keyboard.press("Control+z")
    expect(user.nodes(page)).to_have_count(5)
    assert ("n3.dataset", "n2.dataset2") not in wires(server, page, experiment)


def test_copies_and_drops_cover_nothing(page: Page, server: Server, experiment: str) -> None:
    user.node(page, "Remove Duplicate Rows").click()
    page.keyboard.press("Control+d")
    expect(user.nodes(page)).to_have_count(4)
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")
    x, y = middle_of(page, "Split Data")
    page.mouse.move(x, y)
    for count in (8, 12):
        page.keyboard.press("Control+v")
        expect(user.nodes(page)).to_have_count(count)
    frame = user.canvas(page).bounding_box()
    assert frame
    page.keyboard.press("1")
    user.expect_still(page)
    x, y = middle_of(page, "Split Data")
    user.drag_from_palette(page, "Edit Metadata", int(x - frame["x"]), int(y - frame["y"]))
    expect(user.nodes(page)).to_have_count(13)
    assert overlaps(page) == []


def middle_of(page: Page, name: str) -> tuple[float, float]:
    box = user.node(page, name).first.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


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
    selected = user.selected(page)
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


def test_what_is_selected_is_not_covered(page: Page, server: Server) -> None:
    exp = Exp("Corner").node("a", "split-data").node("b", "split-data").node("c", "split-data")
    for at, node in enumerate(exp.nodes):
        node["position"] = {"x": 40 + 260 * at, "y": 100}
    user.open_experiment(page, server.url, server.create(exp.file())["id"])
    pane = user.canvas(page).bounding_box()
    controls = page.get_by_role("toolbar", name="View").bounding_box()
    assert pane
    assert controls
    first = user.node_of(page, "a")
    box = first.bounding_box()
    assert box
    # The canvas is moved until the node lies half under the buttons.
    page.mouse.move(pane["x"] + 400, pane["y"] + 300)
    page.mouse.down()
    page.mouse.move(
        pane["x"] + 400 + controls["x"] + 20 - box["x"],
        pane["y"] + 300 + controls["y"] - 20 - box["y"], steps=8,
    )  # fmt: skip
    page.mouse.up()
    first.click(position={"x": 100, "y": 6})
    user.expect_still(page)
    after = first.bounding_box()
    assert after
    assert after["y"] + after["height"] < controls["y"]


def test_labels_of_wires_side_by_side_stand_apart(page: Page, server: Server) -> None:
    exp = (
        Exp("Twins").table("data", "label\n1\n2\n3\n4\n").node("split", "split-data").node("rows", "add-rows")
    )
    exp.wire("data.dataset", "split.dataset")
    exp.wire("split.results_dataset1", "rows.dataset1").wire("split.results_dataset2", "rows.dataset2")
    for place, node in enumerate(exp.nodes):
        node["position"] = {"x": 100, "y": 20 + 140 * place}
    run = server.run(exp)
    user.open_experiment(page, server.url, run.body["experiment"])
    labels = page.locator("g[class*=facts]")
    expect(labels).to_have_count(3)
    boxes = [label.bounding_box() for label in labels.all()]
    pairs = [(a, b) for at, a in enumerate(boxes) for b in boxes[at + 1 :] if a and b]
    assert all(
        a["y"] + a["height"] <= b["y"] + 3 or b["y"] + b["height"] <= a["y"] + 3
        or a["x"] + a["width"] <= b["x"] or b["x"] + b["width"] <= a["x"]
        for a, b in pairs
    ), boxes  # fmt: skip


def test_a_submenu_stands_beside_its_menu(page: Page, experiment: str) -> None:
    user.node(page, "Split Data").click(button="right")
    entry = page.get_by_role("menuitem", name="Edit", exact=True)
    entry.hover()
    cut = page.get_by_role("menuitem", name="Cut Ctrl+X")
    expect(cut).to_be_visible()
    above, beside = entry.bounding_box(), cut.bounding_box()
    assert above
    assert beside
    assert beside["x"] >= above["x"] + above["width"] - 4


def test_a_very_wide_graph_fits(page: Page, server: Server) -> None:
    exp = Exp("Wide").node("a", "split-data").node("b", "split-data")
    exp.nodes[1]["position"] = {"x": 60_000, "y": 0}
    user.open_experiment(page, server.url, server.create(exp.file())["id"])
    frame = user.canvas(page).bounding_box()
    assert frame
    for id in ("a", "b"):
        box = user.node_of(page, id).bounding_box()
        assert box
        assert frame["x"] <= box["x"] <= frame["x"] + frame["width"]


def test_saves_go_on_where_the_csrf_cookie_alone_was_cleared(
    page: Page, server: Server, experiment: str
) -> None:
    page.context.clear_cookies(name="csrftoken")
    user.node(page, "Split Data").click()
    page.keyboard.press("Delete")
    expect(user.nodes(page)).to_have_count(2)
    assert len(places(server, page, experiment)) == 2


def test_fresh_nodes_are_calm_until_a_run_names_what_is_missing(page: Page, server: Server) -> None:
    user.open_experiment(page, server.url, server.create(Exp("Calm").node("a", "split-data").file())["id"])
    expect(page.get_by_role("img", name="Needs input: Connect something to Dataset.")).to_be_visible()
    user.run(page)
    expect(page.get_by_role("img", name="Problem: Split Data needs something on its input")).to_be_visible()


DROP = """([names]) => {
  const transfer = new DataTransfer();
  for (const [name, text] of names) transfer.items.add(new File([text], name, {type: 'text/csv'}));
  const box = document.querySelector('[role="application"]').getBoundingClientRect();
  const [clientX, clientY] = [box.left + 520, box.top + 270];
  const event = { bubbles: true, cancelable: true, clientX, clientY, dataTransfer: transfer };
  const under = document.elementFromPoint(clientX, clientY);
  for (const type of ['dragenter', 'dragover', 'drop']) under.dispatchEvent(new DragEvent(type, event));
}"""


def test_files_become_nodes_where_they_fall(page: Page, server: Server, experiment: str) -> None:
    page.wait_for_load_state("networkidle")
    page.evaluate(DROP, [[["plums.csv", "a\n1\n"], ["pears.csv", "b\n2\n"]]])
    tray = page.get_by_role("region", name="Uploads")
    expect(tray.get_by_text("2 files to review")).to_be_visible(timeout=user.SLOW)
    tray.get_by_role("button", name="Import all as detected").click()
    expect(user.node(page, "plums")).to_be_visible()
    expect(user.node(page, "pears")).to_be_visible()
    plums, pears, frame = box_of(page, "plums"), box_of(page, "pears"), user.canvas(page).bounding_box()
    assert frame
    # The view stays, and the middle of the first lies under the pointer, but for the grid.
    assert abs(plums["x"] + plums["width"] / 2 - frame["x"] - 520) < 12
    assert abs(plums["y"] + plums["height"] / 2 - frame["y"] - 270) < 20
    assert pears["y"] == plums["y"]
    assert pears["x"] > plums["x"]
    assert overlaps(page) == []
    user.expect_saved(page)
    nodes = server.get(f"experiments/{experiment}")["nodes"]
    assert {node["params"].get("dataset") for node in nodes} >= {"plums", "pears"}
    page.keyboard.press("Control+z")
    expect(user.nodes(page)).to_have_count(4)


def test_a_node_goes_into_the_wire_that_it_lies_on(page: Page, server: Server, experiment: str) -> None:
    user.drag_from_palette(page, "Edit Metadata", 560, 120)
    expect(user.node(page, "Edit Metadata")).to_be_focused()
    # The view may move to it.
    user.expect_still(page)
    x, y = middle_of(page, "Edit Metadata")
    line = user.wires(page).nth(1).locator("path").first.bounding_box()
    assert line
    # Held at its right end, so that the pointer stays beside the wire.
    page.mouse.move(x + 80, y)
    page.mouse.down()
    page.mouse.move(line["x"] + line["width"] / 2 + 80, line["y"] + line["height"] / 2, steps=12)
    page.mouse.up()
    expect(page.get_by_role("button", name="Undo: Insert a node into a wire")).to_be_visible()
    assert ("data.dataset", "distinct.dataset") in wires(server, page, experiment)
    assert len(wires(server, page, experiment)) == 3
