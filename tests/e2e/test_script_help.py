"""While a script is written: columns of the connected table, names of libraries, and what will go wrong."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.builders import Exp
from tests.e2e import user
from tests.server import Server

SCRIPT = "import numpy as np\n\ndef azureml_main(df):\n    return df,\n"


def test_columns_and_names_are_offered_and_a_wrong_column_is_mended(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    exp = Exp("Help").table("data", "Price,Size\n1,2\n").script("s", SCRIPT)
    run = server.run(exp.wire("data.dataset", "s.dataset1"))
    user.open_experiment(page, server.url, run.body["experiment"])
    user.node(page, "Execute Python Script").click()
    page.get_by_role("textbox", name="Script").click()
    offered = page.get_by_role("listbox", name="Completions").get_by_role("option")

    page.keyboard.press("Control+Home")
    for key in ("ArrowDown", "ArrowDown", "End", "Enter"):
        page.keyboard.press(key)
    page.keyboard.type('x = df["')
    expect(offered.filter(has_text="Price")).to_contain_text("integer")
    axe(page)
    page.keyboard.press("Escape")
    page.keyboard.type('Pirce"]')
    page.keyboard.press("Enter")
    page.keyboard.type("np.zer")
    expect(offered.filter(has_text="zeros_like")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.type("os(3)")

    warning = page.get_by_role("button", name="Write 'Price'")
    warning.first.click()
    expect(page.get_by_role("textbox", name="Script")).to_contain_text('df["Price"]')


def test_a_file_of_the_zip_is_changed_and_a_name_is_renamed_in_both(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("util.py", "def clean(df):\n    return df.dropna()\n")
    server.upload("changed-helpers.zip", buffer.getvalue())
    exp = Exp("Zip").table("data", "x\n1\n").node("zip", "dataset", dataset="changed-helpers@1")
    exp.script("s", "import util\n\ndef azureml_main(df):\n    return util.clean(df),\n")
    exp.wire("data.dataset", "s.dataset1").wire("zip.dataset", "s.script_bundle")
    user.open_experiment(page, server.url, server.create(exp)["id"])
    user.node(page, "Execute Python Script").click()
    script = page.get_by_role("textbox", name="Python script")
    file = page.get_by_role("textbox", name="util.py of the script bundle")
    page.get_by_role("tab", name="util.py").click()
    expect(page.get_by_text("What you change here becomes a new version of changed-helpers.")).to_be_visible()
    file.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("RATE = 2")
    page.get_by_role("tab", name="Script", exact=True).click()
    page.get_by_role("tab", name="util.py").click()
    expect(file).to_contain_text("RATE = 2")
    expect(page.get_by_text("Changed: util.py")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Save as new version").click()
    expect(page.get_by_text("changed-helpers is version 2 now.")).to_be_visible()
    expect(file).to_contain_text("RATE = 2")
    expect(page.get_by_text("Changed: util.py")).to_be_hidden()

    page.get_by_role("tab", name="Script", exact=True).click()
    script.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("End")
    for _ in range(6):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("F2")
    field = page.get_by_role("textbox", name="Rename clean to")
    field.fill("tidy")
    field.press("Enter")
    expect(page.get_by_text("Renamed in the script and in util.py")).to_be_visible()
    expect(script).to_contain_text("return util.tidy(df),")
    page.get_by_role("tab", name="util.py").click()
    expect(file).to_contain_text("def tidy(df):")
    expect(file).to_contain_text("RATE = 2")


def test_a_name_is_renamed_and_vims_keys_are_a_choice(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    script = "def azureml_main(df, *, share=0.5):\n    return df * share,\n"
    exp = Exp("Names").table("data", "x\n1\n").node("s", "execute-python-script", script=script, share=0.7)
    id = server.create(exp.wire("data.dataset", "s.dataset1"))["id"]
    user.open_experiment(page, server.url, id)
    user.node(page, "Execute Python Script").click()
    text = page.get_by_role("textbox", name="Script")
    expect(page.get_by_role("textbox", name="share")).to_have_value("0.7")
    signature = page.get_by_label("Signature of this node")
    expect(signature).to_have_text("azureml_main(df ← dataset1) → result_dataset")
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("F2")
    field = page.get_by_role("textbox", name="Rename share to")
    expect(field).to_be_focused()
    axe(page)
    field.fill("part")
    field.press("Enter")
    expect(text).to_contain_text("return df * part,")
    expect(text).to_contain_text("*, part=0.5")
    expect(page.get_by_role("textbox", name="part")).to_have_value("0.7")
    page.get_by_role("button", name="Vim keys").click()
    status = page.locator(".cm-vim-panel")
    expect(status).to_be_visible()
    text.click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("ddi")
    expect(status).to_contain_text("INSERT")
    page.keyboard.type("# typed")
    page.keyboard.press("Escape")
    expect(text).to_have_text(re.compile(r"^\s*# typed\s*return df"))
    page.get_by_role("button", name="Vim keys").click()
    expect(status).to_be_hidden()


def test_a_missing_package_is_added_by_one_click(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    exp = Exp("Missing").script("s", "import herd\ndef azureml_main():\n    print(herd.COWS)\n")
    id = server.run(exp).body["experiment"]
    user.open_experiment(page, server.url, id)
    user.node(page, "Execute Python Script").click()
    page.get_by_role("button", name="Add herd to the environment").click()
    expect(page.get_by_role("status").filter(has_text="herd is there")).to_be_visible(timeout=60_000)
    axe(page)
    user.expect_saved(page)
    assert server.get(f"experiments/{id}")["nodes"][0]["params"]["environment"] == "herd"
    assert server.run(id).log("s") == "3\n"
