"""Several nodes become one: made, looked into, edited, run, kept in the palette, laid open."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.builders import Exp
from tests.e2e import user
from tests.server import Server

ADD = "def azureml_main(df, *, by: int = 1):\n    df['x'] = df.x + by\n    return df,\n"


def test_two_scripts_become_one_node_that_runs_and_goes_to_the_palette(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    exp = Exp("Sums").table("t", "x\n1\n2\n").script("a", ADD).named("a", "First")
    exp.script("b", ADD).named("b", "Second")
    exp.wire("t.dataset", "a.dataset1").wire("a.result_dataset", "b.dataset1")
    id = server.create(exp)["id"]
    user.open_experiment(page, server.url, id)
    user.node(page, "First").click()
    # What the scripts declare comes from the server.
    declared = page.get_by_role("complementary", name="Properties").get_by_text("by", exact=True)
    expect(declared.first).to_be_visible()
    user.node(page, "Second").click(modifiers=["Shift"])
    page.keyboard.press("Shift+M")
    dialog = page.get_by_role("dialog", name="Make one node of these")
    dialog.get_by_role("textbox", name="Name", exact=True).fill("Add twice")
    second = dialog.get_by_role("group", name="Second")
    second.get_by_role("checkbox", name="by", exact=True).check()
    dialog.get_by_role("button", name="Make one node").click()
    expect(user.nodes(page)).to_have_count(2)
    user.run(page)
    user.expect_run(page, "Finished")
    properties = page.get_by_role("complementary", name="Properties")
    expect(properties.get_by_role("button", name="2 rows")).to_be_visible(timeout=user.SLOW)

    user.node(page, "Add twice").dblclick()
    levels = page.get_by_role("navigation", name="Levels")
    expect(levels).to_contain_text("Add twice")
    expect(user.node(page, "First")).to_be_visible()
    axe(page)
    user.node(page, "Second").click()
    page.keyboard.press("Delete")
    expect(user.nodes(page)).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(user.nodes(page)).to_have_count(2)
    levels.get_by_role("button", name="Sums").click()
    expect(levels).to_have_count(0)
    expect(user.nodes(page)).to_have_count(2)

    user.node(page, "Add twice").click(button="right")
    page.get_by_role("menuitem", name="What is inside").hover()
    page.get_by_role("menuitem", name="Save to the palette").click()
    expect(page.get_by_text("is in the palette, as version 1", exact=False)).to_be_visible()
    user.expect_saved(page)
    file = server.get(f"experiments/{id}")
    assert [node["module"] for node in file["nodes"]] == ["enter-data-manually", "own/add-twice@1"]
    assert set(file["modules"]) == {"add-twice@1"}

    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(user.nodes(page)).to_have_count(3)


SUMS = """def azureml_main(df, *, by: int = 1):
    if by > 5:
        raise ValueError("too much")
    df["x"] = df.x + by
    return df,
"""


def test_a_script_becomes_a_module_whose_next_version_is_taken_by_keyboard(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    exp = Exp("Kept").table("t", "x\n1\n2\n").script("a", SUMS).named("a", "Grow")
    id = server.create(exp.wire("t.dataset", "a.dataset1"))["id"]
    user.open_experiment(page, server.url, id)
    user.node(page, "Grow").click()
    expect(page.get_by_role("textbox", name="by", exact=True)).to_be_visible()
    page.keyboard.press("Control+k")
    page.keyboard.insert_text("Save as module")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Save as module")
    expect(dialog.get_by_role("textbox", name="Name", exact=True)).to_be_focused()
    expect(dialog.get_by_role("checkbox", name="by", exact=True)).to_be_checked()
    expect(dialog.get_by_role("textbox", name="Label of dataset1")).to_be_enabled()
    page.keyboard.press("Enter")
    expect(page.get_by_text("“Grow” is in the palette, as version 1.")).to_be_visible()
    expect(user.palette(page, "Grow")).to_be_visible()

    page.keyboard.press("Control+d")
    expect(user.nodes(page)).to_have_count(3)
    page.keyboard.press("Enter")
    levels = page.get_by_role("navigation", name="Levels")
    expect(levels).to_contain_text("An edit changes this node only")
    user.node(page, "Grow").click()
    by = page.get_by_role("textbox", name="by", exact=True)
    by.fill("9")
    by.press("Escape")
    user.expect_saved(page)
    levels.get_by_role("button", name="Back").press("Enter")
    expect(levels).to_have_count(0)
    properties = page.get_by_role("complementary", name="Properties")
    expect(properties.get_by_text("changed here since version 1")).to_be_visible()
    page.keyboard.press("Control+k")
    page.keyboard.insert_text("Save as the next version")
    page.keyboard.press("Enter")
    expect(page.get_by_text("“Grow” is in the palette, as version 2.")).to_be_visible()

    user.node(page, "Grow").first.click()
    properties.get_by_role("button", name="Version 2 is in the palette").press("Enter")
    update = page.get_by_role("dialog", name="Grow: version 2 of the palette")
    expect(update).to_contain_text("by")
    axe(page)
    update.get_by_role("button", name="Take version 2").press("Enter")
    expect(properties.get_by_text("Version 2 of the palette.")).to_be_visible()
    user.expect_saved(page)
    assert set(server.get(f"experiments/{id}")["modules"]) == {"grow@2"}


CUSTOM = """<Module name="Custom Scale"><Description>Multiplies x.</Description>
<Language name="Python" sourceFile="scale.py" entryPoint="scale"/>
<Ports><Input id="rows" name="Rows" type="DataTable"/>
<Output id="out" name="Scaled" type="DataTable"/></Ports>
<Arguments><Arg id="by" name="Factor" type="int"><Properties default="3"/></Arg></Arguments></Module>"""
SCALE = "def scale(rows, by):\n    return rows.assign(x=rows.x * by),\n"


def test_a_custom_module_of_classic_is_installed_and_runs(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    id = server.create(Exp("Old one").table("t", "x\n1\n2\n"))["id"]
    user.open_experiment(page, server.url, id)
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("scale/scale.xml", CUSTOM)
        archive.writestr("scale/scale.py", SCALE)
    user.node(page, "Enter Data Manually").click()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Control+k")
        page.keyboard.insert_text("Install modules")
        page.keyboard.press("Enter")
    package = {"name": "scale.zip", "mimeType": "application/zip", "buffer": zipped.getvalue()}
    chooser.value.set_files(package)
    dialog = page.get_by_role("dialog", name="Install modules")
    expect(dialog.get_by_role("button", name="Install", exact=True)).to_be_disabled()
    expect(dialog).to_contain_text("Python code. New.")
    dialog.get_by_role("checkbox", name="Custom Scale").check()
    axe(page)
    dialog.get_by_role("button", name="Install 1 module").click()
    expect(dialog).to_have_count(0)
    search = page.get_by_role("searchbox", name="Search modules and datasets")
    search.fill("Custom Scale")
    expect(user.palette(page, "Custom Scale")).to_be_visible()
    search.press("Enter")
    expect(user.nodes(page)).to_have_count(2)
    factor = page.get_by_role("textbox", name="Factor")
    expect(factor).to_have_value("3")
    user.run(page)
    user.expect_run(page, "Finished")
    run = server.get(f"experiments/{id}/runs")["items"][0]["id"]
    (inner,) = [one for name, one in server.get(f"runs/{run}")["nodes"].items() if name.endswith(".run")]
    artifact = inner["outputs"]["result_dataset"]["artifact"]
    assert server.get(f"artifacts/{artifact}/rows")["rows"] == [[3], [6]]
