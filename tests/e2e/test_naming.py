"""Nodes with names of their own: given on the canvas, by the menu and in the properties; read everywhere."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.builders import chain
from tests.e2e import user
from tests.server import Server

BROKEN = "def azureml_main(df):\n    return df.nope\n"


@pytest.fixture
def experiment(page: Page, server: Server) -> str:
    exp = chain("def azureml_main(df):\n    return df,\n", BROKEN, csv="named\n1\n")
    for place, node in enumerate(exp.nodes):
        node["position"] = {"x": 100, "y": 20 + 160 * place}
    id: str = server.create(exp.file())["id"]
    user.open_experiment(page, server.url, id)
    return id


def test_a_node_is_named_and_goes_by_its_name_everywhere(page: Page, server: Server, experiment: str) -> None:
    user.node_of(page, "s1").click()
    page.keyboard.press("F2")
    page.keyboard.type("Clean prices")
    page.keyboard.press("Enter")
    named = user.node(page, "Clean prices")
    expect(named).to_contain_text("Execute Python Script")
    expect(named).to_be_focused()
    user.expect_saved(page)
    expect(
        page.get_by_role("button", name="Undo: Rename Execute Python Script to “Clean prices”")
    ).to_be_visible()
    # In the properties, by its pencil; Escape leaves the name as it is.
    properties = page.get_by_role("complementary", name="Properties")
    expect(properties.get_by_role("heading", name="Clean prices")).to_be_visible()
    user.node_of(page, "s2").click(position={"x": 60, "y": 24})
    properties.get_by_role("button", name="Rename the node").click()
    field = properties.get_by_role("textbox", name="Name of the node")
    field.fill("Never")
    field.press("Escape")
    expect(page.get_by_text("Never")).to_have_count(0)
    properties.get_by_role("button", name="Rename the node").click()
    field.fill("Score prices")
    field.press("Enter")
    expect(user.node(page, "Score prices")).to_be_visible()
    # It is found, and it fails, by its name.
    page.keyboard.press("Control+f")
    page.get_by_role("searchbox", name="Find in the experiment").fill("score")
    expect(page.get_by_role("list", name="Found").get_by_role("button")).to_have_count(1)
    user.run(page)
    user.expect_run(page, "Failed")
    expect(page.get_by_role("button", name=re.compile("Score prices.*AttributeError"))).to_be_visible()
    nodes = {node["id"]: node.get("name") for node in server.get(f"experiments/{experiment}")["nodes"]}
    assert nodes == {"data": None, "s1": "Clean prices", "s2": "Score prices"}
    # An empty name gives the module's back; undo brings the name.
    user.node(page, "Clean prices").click()
    page.keyboard.press("F2")
    page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    expect(user.node(page, "Clean prices")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(user.node(page, "Clean prices")).to_be_visible()


def test_f2_renames_the_experiment_where_nothing_is_selected(page: Page, experiment: str) -> None:
    user.canvas(page).click(position={"x": 20, "y": 300})
    page.keyboard.press("F2")
    expect(page.get_by_role("textbox", name="Experiment name")).to_be_focused()
