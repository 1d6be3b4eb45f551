"""The main job: from an empty page to a seen histogram and a seen picture."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e import user
from tests.server import TOKEN, Server

CSV = "age,weight\n" + "".join(f"{20 + n % 50},{60 + (n * 7) % 40}.5\n" for n in range(200))
SCRIPT = """import matplotlib.pyplot as plt
def azureml_main(df):
    df.plot.scatter('age', 'weight')
    return df,
"""


def see_what_came_out(page: Page) -> None:
    """The table with its histogram, then the picture."""
    user.expect_run(page, "Finished")
    facts = page.get_by_role("complementary", name="Properties")
    facts.get_by_role("button", name="200 rows × 2 columns").press("Enter")
    grid = page.get_by_role("grid")
    expect(grid.get_by_text("60.5").first).to_be_visible()
    results = page.get_by_role("complementary", name="Results")
    results.get_by_role("button", name="age").first.press("Enter")
    for fact in ("Mean", "Median", "Missing", "Unique"):
        expect(results.get_by_text(fact, exact=False).first).to_be_visible()
    expect(results.get_by_text("44.5").first).to_be_visible()
    expect(results.locator("svg rect").first).to_be_visible()
    results.get_by_role("tab", name="Python Device").press("Enter")
    picture = results.get_by_role("img", name="Picture 1 of 1")
    expect(picture).to_be_visible()
    page.wait_for_function("document.querySelector('img[alt^=\"Picture 1\"]').naturalWidth > 100")


def test_by_mouse(new_page: Callable[..., Page], server: Server, tmp_path: Path) -> None:
    page = new_page(signed_in=False)
    page.goto(f"{server.url}/?token={TOKEN}")
    expect(page).to_have_url(f"{server.url}/")
    (tmp_path / "people-mouse.csv").write_text(CSV)
    page.get_by_role("link", name="Datasets").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Upload", exact=True).first.click()
    chooser.value.set_files(tmp_path / "people-mouse.csv")
    user.keep_reviewed(page)
    expect(page.get_by_role("link", name="people-mouse").first).to_be_visible()

    user.new_experiment(page)
    user.drag_from_palette(page, "people-mouse", 300, 100)
    user.drag_from_palette(page, "Execute Python Script", 300, 300)
    data, script = user.node(page, "people-mouse"), user.node(page, "Execute Python")
    output = data.get_by_role("button", name="Output Dataset (table)")
    user.draw_wire(page, output, script.get_by_role("button", name="Input Dataset1 (table)"))
    expect(user.wires(page)).to_have_count(1)
    script.click()
    user.write_script(page, SCRIPT)
    user.run(page)
    see_what_came_out(page)


def test_by_keyboard_alone(page: Page, server: Server) -> None:
    server.upload("people-keys.csv", CSV)
    page.goto(server.url)
    page.get_by_role("button", name=re.compile("^New experiment")).first.focus()
    page.keyboard.press("Enter")
    expect(user.canvas(page)).to_be_visible()
    page.get_by_label("Search modules and datasets").focus()
    page.keyboard.type("people-keys")
    user.palette(page, "people-keys").focus()
    page.keyboard.press("Enter")
    expect(user.node(page, "people-keys")).to_be_visible()
    page.get_by_label("Search modules and datasets").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("Execute Python")
    user.palette(page, "Execute Python Script").focus()
    page.keyboard.press("Enter")
    script = user.node(page, "Execute Python")
    expect(script).to_be_visible()
    port = script.get_by_role("button", name="Input Dataset1 (table)")
    port.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("people")
    page.keyboard.press("Enter")
    expect(user.wires(page)).to_have_count(1)
    editor = page.get_by_role("textbox", name="Python script")
    editor.focus()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(SCRIPT)
    page.keyboard.press("Control+Enter")
    see_what_came_out(page)


def test_a_file_dropped_anywhere_becomes_a_dataset(page: Page, server: Server) -> None:
    page.goto(server.url)
    page.get_by_role("link", name="Experiments").click()
    drop = """([name, text]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([text], name, {type: 'text/csv'}));
        for (const type of ['dragenter', 'dragover', 'drop'])
            window.dispatchEvent(new DragEvent(type,
                {dataTransfer: transfer, bubbles: true, cancelable: true}));
    }"""
    page.evaluate(drop, ["dropped.csv", "a\n1\n"])
    page.evaluate(drop, ["ragged.csv", "a,b\n1,2\n1,2,3\n"])
    tray = page.get_by_role("region", name="Uploads")
    expect(tray.get_by_text("2 files to review")).to_be_visible()
    tray.get_by_role("button", name="Import all as detected").click()
    expect(tray.get_by_role("link", name="dropped")).to_be_visible()
    expect(tray.get_by_text("Line 3", exact=False).first).to_be_visible()
    page.get_by_role("link", name="Datasets").click()
    expect(page.get_by_role("link", name="dropped").first).to_be_visible()


def test_signed_out_every_page_asks_for_the_token(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(signed_in=False)
    for path in ("/", "/datasets", "/experiments/x"):
        assert (answer := page.goto(f"{server.url}{path}")) is not None
        assert answer.status == 401
        expect(page.get_by_role("textbox", name="Token")).to_be_visible()
