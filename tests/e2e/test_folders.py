"""Folders and tags, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.builders import Exp
from tests.e2e import user
from tests.server import Server


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A home of its own, whose lists are known."""
    with Server() as running:
        yield running


def in_table(page: Page, name: str) -> None:
    expect(page.get_by_role("table").get_by_role("link", name=name, exact=True)).to_be_visible()


def test_experiments_are_moved_tagged_and_found_again(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    for name in ("May", "June", "July"):
        server.create(Exp(name))
    page.goto(server.url)
    page.get_by_role("checkbox", name="Select May").check()
    page.get_by_role("checkbox", name="Select June").check()
    chosen = page.get_by_role("toolbar", name="Selected")
    expect(chosen.get_by_text("2 selected")).to_be_visible()
    chosen.get_by_role("button", name="Move to folder").press("Enter")
    page.get_by_role("dialog").get_by_label("Folder").fill("Sales / 2024")
    axe(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    folders = page.get_by_role("list", name="Folders")
    expect(folders.get_by_role("button", name="Sales 2")).to_be_visible()
    expect(page.get_by_role("table").get_by_role("link", name="May", exact=True)).to_have_count(0)
    in_table(page, "July")

    page.get_by_role("row").filter(has_text="July").drag_to(folders.get_by_role("button", name="Sales"))
    expect(folders.get_by_role("button", name="Sales 3")).to_be_visible()
    folders.get_by_role("button", name="Sales").press("Enter")
    in_table(page, "July")
    folders.get_by_role("button", name="2024 2").click()
    in_table(page, "June")
    page.get_by_role("button", name="Actions for June").click()
    page.get_by_role("menuitem", name="Tags").click()
    page.get_by_role("dialog").get_by_role("combobox").fill("due soon")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    axe(page)
    page.go_back()
    page.get_by_role("group", name="Tags").get_by_role("button", name="due soon").click()
    in_table(page, "June")
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(2)
    page.reload()
    in_table(page, "June")

    page.goto(f"{server.url}/?folder=Sales%2F2024")
    page.get_by_role("button", name="Actions for the folder 2024").click()
    page.get_by_role("menuitem", name="Rename or move").click()
    page.get_by_role("dialog").get_by_label("Folder").fill("Sales/Last year")
    page.get_by_role("dialog").get_by_role("button", name="Rename").click()
    expect(page.get_by_role("navigation", name="Folder")).to_contain_text("Last year")
    in_table(page, "June")
    page.get_by_role("button", name="Actions for the folder Last year").click()
    page.get_by_role("menuitem", name="Remove folder").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove folder").click()
    for name in ("May", "June", "July"):
        in_table(page, name)
    page.get_by_role("searchbox", name="Search experiments").fill("sales due")
    in_table(page, "June")
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(2)


def test_a_dataset_is_found_by_its_tag_in_the_palette(page: Page, server: Server) -> None:
    id = server.upload("q7.csv", "a\n1\n").json()["id"]
    server.post("datasets/shelve", {"ids": [id], "folder": "Raw", "add_tags": ["invoices"]}, status=200)
    page.goto(f"{server.url}/datasets")
    page.get_by_role("list", name="Folders").get_by_role("button", name="Raw 1").click()
    in_table(page, "q7")
    user.new_experiment(page)
    page.get_by_role("searchbox", name="Search modules and datasets").fill("invoices")
    expect(user.palette(page, "q7")).to_be_visible()
