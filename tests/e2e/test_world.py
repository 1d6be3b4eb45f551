"""Old scripts, the way out and back, and edits of agents, as a person meets them on the page."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Page, expect

from tests.builders import Exp
from tests.e2e import user
from tests.server import Server

OLD = "def azureml_main(df):\n    print df.ix[0, 'x']\n    return df.sort('x'),\n"
ADD_UP = [
    {"op": "add_node", "id": "t", "module": "apply-sql-transformation", "params": {"sql": "select 1\nas a"}},
    {"op": "add_wire", "from": "data.dataset", "to": "t.t1"},
]
RENAME = {"op": "rename", "node": "data", "name": "Little data"}


def propose(server: Server, experiment: str, *edits: dict[str, Any]) -> None:
    key = server.post("agent-keys", {"name": "Ada's agent"})["key"]
    arguments = {"experiment": experiment, "title": "Add up the rows", "edits": edits or ADD_UP}
    call = {"name": "propose_edit", "arguments": arguments}
    said = httpx.post(
        f"{server.url}/api/v1/mcp",
        json={"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call},
        headers={"Authorization": f"Bearer {key}"},
    )
    assert not said.json()["result"]["isError"], said.text


def test_an_old_script_is_made_current(page: Page, server: Server, axe: Callable[[Page], None]) -> None:
    exp = Exp("Old").table("data", "x\n2\n1\n").node("s", "execute-python-script", script=OLD, api="classic")
    id = server.create(exp.wire("data.dataset", "s.dataset1"))["id"]
    user.open_experiment(page, server.url, id)
    user.node(page, "Execute Python Script").click()
    page.get_by_role("button", name="Make it current…").click()
    dialog = page.get_by_role("dialog", name="Make it current")
    expect(dialog).to_contain_text("2 lines rewritten")
    expect(dialog).to_contain_text("print(df.loc[0, 'x'])")
    axe(page)
    dialog.get_by_role("button", name="Make it current").click()
    expect(page.get_by_role("textbox", name="Script")).to_contain_text("sort_values('x')")
    user.expect_saved(page)
    node = next(node for node in server.get(f"experiments/{id}")["nodes"] if node["id"] == "s")
    assert node["params"]["api"] == "current"
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_role("textbox", name="Script")).to_contain_text("df.sort('x')")
    expect(page.get_by_role("button", name="Make it current…")).to_be_visible()


def test_an_agents_edit_waits_on_the_canvas(page: Page, server: Server, axe: Callable[[Page], None]) -> None:
    exp = (
        Exp("Staged").table("data", "x\n1\n").node("gone", "split-data").wire("data.dataset", "gone.dataset")
    )
    id = server.create(exp)["id"]
    user.open_experiment(page, server.url, id)
    propose(server, id, *ADD_UP, {"op": "remove_node", "node": "gone"}, RENAME)
    bar = page.get_by_role("region", name="Proposed edit")
    expect(bar).to_contain_text("adds 1 node, changes 1, removes 1")
    expect(user.nodes(page)).to_have_count(2)
    ghost = page.get_by_role("button", name="Apply SQL Transformation would be new")
    expect(ghost).to_be_visible()
    expect(page.get_by_role("img", name="By the proposed edit, this would be removed")).to_be_visible()
    expect(page.get_by_role("img", name="By the proposed edit, this would change: its name")).to_be_visible()
    axe(page)
    ghost.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Apply SQL Transformation added")
    axe(page)
    dialog.get_by_role("button", name="Accept").click()
    expect(user.nodes(page)).to_have_count(2)
    expect(bar).to_be_hidden()
    expect(ghost).to_be_hidden()
    user.expect_saved(page)
    file = server.get(f"experiments/{id}")
    assert [wire["to"] for wire in file["wires"]] == ["t.t1"]
    assert file["nodes"][1]["position"]["x"] == file["nodes"][0]["position"]["x"], "below what it takes from"
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_role("group", name="Split Data")).to_be_visible()
    expect(user.nodes(page)).to_have_count(2)
    end = time.monotonic() + 15  # until the undo is saved: an edit is held against what is stored
    while server.get(f"experiments/{id}")["nodes"][1]["id"] != "gone" and time.monotonic() < end:
        page.wait_for_timeout(50)
    propose(server, id)
    expect(bar).to_be_visible()
    page.keyboard.press("Control+K")
    expect(page.get_by_role("dialog", name="Commands")).to_be_visible()
    page.keyboard.type("throw the proposed")
    expect(page.get_by_role("option", name="Throw the proposed edit away")).to_be_visible()
    page.keyboard.press("Enter")
    expect(bar).to_be_hidden()
    expect(ghost).to_be_hidden()
    expect(user.nodes(page)).to_have_count(2)


def test_an_exported_script_is_edited_and_brought_back(
    page: Page, server: Server, axe: Callable[[Page], None], tmp_path: Path
) -> None:
    script = "def azureml_main(df):\n    return df.head(1),\n"
    exp = Exp("Away").table("data", "x\n1\n2\n").script("s", script).wire("data.dataset", "s.dataset1")
    id = server.create(exp)["id"]
    text = server.http.get(f"experiments/{id}/export").text
    cell = "# %% Twice\ndef twice(df):\n    return df * 2,\n\n\nmade = desk.call(twice, s.result_dataset)\n\n"
    edited = text.replace("df.head(1)", "df.tail(1)").replace("# %% Results", f"{cell}# %% Results")
    user.open_experiment(page, server.url, id)

    def bring(name: str, text: str) -> None:
        (tmp_path / name).write_text(text)
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="More actions").click()
            page.get_by_role("menuitem", name="Bring back an exported script…").click()
        chooser.value.set_files(tmp_path / name)

    bring("same.py", text)
    expect(page.get_by_text("“same.py” changes nothing here.")).to_be_visible()
    bring("other.py", "x = 1\n")
    expect(page.get_by_text("other.py was not exported from an experiment")).to_be_visible()
    bring("away.py", edited)
    bar = page.get_by_role("region", name="Proposed edit")
    expect(bar).to_contain_text("Bring back away.py")
    expect(page.get_by_role("button", name="Twice Execute Python Script, would be new")).to_be_visible()
    bar.get_by_role("button", name="What it changes").click()
    dialog = page.get_by_role("dialog", name="Bring back away.py")
    expect(dialog).to_contain_text("df.tail(1)")
    axe(page)
    dialog.get_by_role("button", name="Accept").click()
    expect(user.nodes(page)).to_have_count(3)
    user.expect_saved(page)
    file = server.get(f"experiments/{id}")
    assert [node["id"] for node in file["nodes"]] == ["data", "s", "n1"]
    assert "tail(1)" in file["nodes"][1]["params"]["script"]
    page.get_by_role("button", name="Undo").first.click()
    expect(user.nodes(page)).to_have_count(2)


def test_a_notebook_comes_in_and_a_script_goes_out(
    page: Page, server: Server, axe: Callable[[Page], None], tmp_path: Path
) -> None:
    cells = [
        "import pandas as pd\ncome = pd.read_csv('coming.csv')",
        "come['y'] = come['x'] * 2",
        "y = list(come['y'])",
        "total = sum(y)",
    ]
    book = {"cells": [{"cell_type": "code", "source": cell} for cell in cells], "nbformat": 4}
    (tmp_path / "coming.ipynb").write_text(json.dumps(book))
    page.goto(f"{server.url}/")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Import", exact=True).click()
    chooser.value.set_files(tmp_path / "coming.ipynb")
    told = page.get_by_role("dialog", name="Imported “coming”")
    expect(told).to_contain_text("coming.csv, as the dataset “coming”")
    expect(told).to_contain_text("Cells 3, 4 could not be cut apart")
    axe(page)
    server.wait_for_dataset(server.upload("coming.csv", "x\n1\n").json()["id"])
    told.get_by_role("link", name="Open the experiment").click()
    expect(user.nodes(page)).to_have_count(3)
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Export as script or notebook…").click()
    dialog = page.get_by_role("dialog", name="Export as a script or a notebook")
    axe(page)
    dialog.get_by_label("Notebook").check()
    dialog.get_by_label("With its datasets").uncheck()
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Export").click()
    assert download.value.suggested_filename == "coming.ipynb"
    expect(dialog).to_be_hidden()


def test_agents_are_let_in_and_out_on_a_page(page: Page, server: Server, axe: Callable[[Page], None]) -> None:
    page.goto(f"{server.url}/")
    page.get_by_role("button", name="Account").click()
    page.get_by_role("menuitem", name="Agents").click()
    expect(page.get_by_role("heading", name=re.compile("^Agents( [0-9]+)?$"))).to_be_visible()
    page.get_by_role("button", name="New key").click()
    dialog = page.get_by_role("dialog", name="New key for an agent")
    dialog.get_by_role("textbox", name="Name").fill("Grace's agent")
    dialog.get_by_role("checkbox", name="May see values").check()
    dialog.get_by_role("button", name="Make the key").click()
    key = dialog.get_by_label("The key", exact=True).inner_text()
    axe(page)

    def call(tool: str) -> int:
        asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": tool, "arguments": {}}}
        headers = {"Authorization": f"Bearer {key}"}
        return httpx.post(f"{server.url}/api/v1/mcp", json=asked, headers=headers).status_code

    assert call("list_experiments") == call("no_such_tool") == 200
    dialog.get_by_role("button", name="Done").click()
    page.reload()
    row = page.get_by_role("table", name="Keys of agents").get_by_role("row", name="Grace's agent")
    expect(row.get_by_role("cell", name="sent")).to_be_visible()
    expect(row.get_by_role("cell", name="never")).to_be_hidden()
    log = page.get_by_role("table", name="What agents did")
    expect(log.get_by_role("row", name="no such tool")).to_contain_text("There is no tool 'no_such_tool'")
    expect(log.get_by_role("row", name="list experiments")).to_contain_text("Grace's agent")
    axe(page)
    row.get_by_role("button", name="Take the key Grace's agent back").click()
    page.get_by_role("button", name="Take it back").click()
    expect(row).to_be_hidden()
    assert call("list_experiments") == 401
