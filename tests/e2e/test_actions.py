"""Actions: keys of one's own, going back, finding, notes and frames, several nodes at once."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e import user
from tests.server import Server

DROP = """([name, data]) => {
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  const files = new DataTransfer();
  files.items.add(new File([bytes], name));
  const box = document.querySelector('[role="application"]').getBoundingClientRect();
  const [clientX, clientY] = [box.left + 40, box.bottom - 60];
  const event = { bubbles: true, cancelable: true, clientX, clientY, dataTransfer: files };
  const under = document.elementFromPoint(clientX, clientY);
  for (const type of ['dragenter', 'dragover', 'drop']) under.dispatchEvent(new DragEvent(type, event));
}"""


KEPT = """text => new Promise(resolve => {
  const opening = indexedDB.open("studio");
  opening.onsuccess = () => {
    const database = opening.result;
    const stores = [...database.objectStoreNames];
    const reading = stores.length && database.transaction(stores).objectStore(stores[0]).getAll();
    if (!reading) return resolve(database.close());
    reading.onsuccess = () => resolve(JSON.stringify(reading.result).includes(text), database.close());
  };
})"""
"""Whether the browser keeps this text beyond a reload."""


def place(x: int, y: int) -> dict[str, int]:
    return {"x": x, "y": y}


@pytest.fixture
def splits(page: Page, server: Server) -> str:
    """Two Split Data below a table typed in by hand, open in the browser."""
    data = {"format": "csv", "data": "a,b\n1,2\n3,4\n"}
    made = server.create(
        {
            "name": "Two splits",
            "nodes": [
                {"id": "n1", "module": "enter-data-manually", "params": data, "position": place(140, 0)},
                {"id": "n2", "module": "split-data", "params": {"fraction": 0.3}, "position": place(0, 140)},
                {"id": "n3", "module": "split-data", "params": {}, "position": place(280, 140)},
            ],
            "wires": [{"from": "n1.dataset", "to": "n2.dataset"}, {"from": "n1.dataset", "to": "n3.dataset"}],
        }
    )
    user.open_experiment(page, server.url, made["id"])
    return str(made["id"])


def nodes(page: Page) -> Locator:
    """Those of modules: neither notes nor frames."""
    return user.nodes(page).and_(page.locator(":not([aria-label^='Note: '], [aria-label^='Frame: '])"))


def edits(page: Page) -> Locator:
    return page.get_by_role("list", name="Edits, newest first").get_by_role("button")


def test_keys_are_changed_said_to_collide_and_kept(
    page: Page, splits: str, axe: Callable[[Page], None]
) -> None:
    page.keyboard.press("?")
    page.get_by_role("button", name="Change the keys").click()
    keys = page.get_by_role("dialog", name="Change the keys")
    keys.get_by_role("button", name="Keys of Select all: Ctrl+A").click()
    page.keyboard.press("Control+D")
    expect(keys.get_by_text("Taken from “Duplicate”")).to_be_visible()
    expect(keys.get_by_role("button", name="Keys of Duplicate: none")).to_be_visible()
    axe(page)
    page.reload()
    expect(nodes(page).first).to_be_visible()
    page.keyboard.press("Control+D")
    expect(page.get_by_role("heading", name="3 nodes selected")).to_be_visible()


def test_every_edit_is_listed_and_outlives_a_reload(page: Page, splits: str) -> None:
    nodes(page).nth(1).click()
    page.keyboard.press("Control+D")
    expect(nodes(page)).to_have_count(4)
    page.get_by_role("textbox", name="Comment").fill("the second half")
    page.get_by_role("tab", name="Edits").click()
    expect(edits(page)).to_have_text(
        ["Comment on Split Datajust now", "Duplicate Split Datajust now", "Before these edits"]
    )
    user.expect_saved(page)
    page.wait_for_function(KEPT, arg="Comment on Split Data")
    page.reload()
    edits(page).filter(has_text="Before these edits").click()
    expect(nodes(page)).to_have_count(3)
    edits(page).filter(has_text="Duplicate").click()
    expect(nodes(page)).to_have_count(4)
    page.get_by_role("button", name="Redo: Comment").click()
    expect(page.get_by_text("the second half").first).to_be_visible()


def test_find_goes_to_the_param(page: Page, splits: str, axe: Callable[[Page], None]) -> None:
    nodes(page).first.focus()
    page.keyboard.press("Control+F")
    field = page.get_by_role("searchbox", name="Find in the experiment")
    expect(field).to_be_focused()
    page.keyboard.type("0.3")
    found = page.get_by_role("list", name="Found").get_by_role("button")
    expect(found).to_have_count(1)
    axe(page)
    found.click()
    expect(page.get_by_role("textbox", name="Fraction of rows")).to_be_focused()


def test_a_frame_moves_and_hides_what_is_in_it_and_a_picture_brings_it_all_back(
    page: Page, splits: str, tmp_path: Path, axe: Callable[[Page], None]
) -> None:
    nodes(page).nth(0).click()
    nodes(page).nth(1).click(modifiers=["Control"])
    page.keyboard.press("g")
    page.get_by_role("textbox", name="Title of the frame").fill("Prepare")
    page.keyboard.press("Enter")
    before = nodes(page).nth(0).bounding_box()
    title = page.locator(".frame-handle")
    box = title.bounding_box()
    assert before
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + 16)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 96, steps=4)
    page.mouse.up()
    after, moved = nodes(page).nth(0).bounding_box(), title.bounding_box()
    assert after
    assert moved
    assert moved["y"] - box["y"] > 30
    assert after["y"] - before["y"] == pytest.approx(moved["y"] - box["y"], abs=1)
    axe(page)
    page.get_by_role("button", name="Collapse the frame").click()
    expect(nodes(page)).to_have_count(1)
    expect(page.get_by_role("group", name="Frame: Prepare, 2 nodes, collapsed")).to_be_visible()
    expect(user.wires(page)).to_have_count(1)
    page.get_by_role("button", name="More actions").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="Export as picture (PNG)").click()
    picture = tmp_path / "graph.png"
    download.value.save_as(picture)
    user.canvas(page).click(position={"x": 30, "y": 500})  # from the menu back to the canvas
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    expect(page.get_by_text("Start with data")).to_be_visible()
    page.evaluate(DROP, ["graph.png", base64.b64encode(picture.read_bytes()).decode()])
    expect(nodes(page)).to_have_count(1)
    page.get_by_role("button", name="Expand the frame").click()
    expect(nodes(page)).to_have_count(3)
    expect(user.wires(page)).to_have_count(2)


def test_a_note_is_written_painted_and_undone(page: Page, splits: str, axe: Callable[[Page], None]) -> None:
    user.canvas(page).hover(position={"x": 150, "y": 500})
    page.keyboard.press("n")
    page.get_by_role("textbox", name="Text of the note").fill("Ask Ann")
    page.keyboard.press("Escape")
    page.get_by_role("radio", name="green").check()
    expect(page.get_by_role("group", name="Note: Ask Ann")).to_be_visible()
    axe(page)
    user.expect_saved(page)
    page.reload()
    expect(page.get_by_role("group", name="Note: Ask Ann")).to_be_visible()
    for _ in range(3):
        page.keyboard.press("Control+Z")
    expect(page.get_by_role("group", name="Note: Ask Ann")).to_have_count(0)


def test_several_nodes_of_one_module_are_set_at_once(
    page: Page, server: Server, splits: str, axe: Callable[[Page], None]
) -> None:
    nodes(page).nth(1).click()
    nodes(page).nth(2).click(modifiers=["Control"])
    expect(page.get_by_text("2 different values")).to_be_visible()
    axe(page)
    page.get_by_role("textbox", name="Fraction of rows").fill("0.8")
    page.get_by_role("button", name="Only changed parameters: 1").click()
    expect(page.get_by_role("combobox", name="Splitting mode")).to_have_count(0)
    user.expect_saved(page)
    kept = server.get(f"/experiments/{splits}")["nodes"]
    assert [node["params"].get("fraction") for node in kept] == [None, 0.8, 0.8]


def test_a_node_opens_with_its_inputs_and_outputs_beside_its_params(
    page: Page, splits: str, axe: Callable[[Page], None]
) -> None:
    user.run(page)
    user.expect_run(page, "Finished")
    nodes(page).nth(1).dblclick()
    opened = page.get_by_role("dialog", name="Split Data, opened")
    expect(opened.get_by_role("group", name="Inputs").get_by_text("2 rows × 2 columns")).to_be_visible()
    expect(opened.get_by_role("group", name="Outputs").get_by_text("1 row × 2 columns")).to_be_visible()
    expect(opened.get_by_role("textbox", name="Fraction of rows")).to_have_value("0.3")
    axe(page)
    page.keyboard.press("Escape")
    expect(opened).to_have_count(0)


def test_paste_in_place_and_menus_by_keyboard(page: Page, splits: str) -> None:
    nodes(page).nth(1).focus()
    page.keyboard.press("Control+C")
    page.keyboard.press("Control+Shift+V")
    expect(nodes(page)).to_have_count(4)
    first, copy = nodes(page).nth(1).bounding_box(), nodes(page).nth(3).bounding_box()
    assert first == copy
    nodes(page).nth(3).focus()
    page.keyboard.press("Shift+F10")
    page.get_by_role("menuitem", name="Settings").press("ArrowRight")
    page.get_by_role("menuitem", name="Reset all parameters").press("Enter")
    expect(page.get_by_role("button", name="Undo: Reset Split Data")).to_be_visible()
