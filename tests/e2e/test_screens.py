"""Each screen, for people who cannot see it as we do; and the lists."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.builders import chain
from tests.e2e import user
from tests.server import Server


def test_every_screen_passes_axe(
    page: Page, new_page: Callable[..., Page], server: Server, axe_in_both: Callable[[Page], None]
) -> None:
    run = server.run(chain("def azureml_main(df):\n    print('hello')\n    return df,\n"))
    dataset = server.get("datasets")["items"][0]["id"]
    page.goto(server.url)
    expect(page.get_by_role("button", name=re.compile("^New experiment")).first).to_be_visible()
    axe_in_both(page)
    page.goto(f"{server.url}/datasets")
    expect(page.get_by_role("button", name="Upload", exact=True).first).to_be_visible()
    axe_in_both(page)
    page.goto(f"{server.url}/datasets/{dataset}")
    expect(page.get_by_role("heading").first).to_be_visible()
    axe_in_both(page)
    user.open_experiment(page, server.url, run.body["experiment"])
    axe_in_both(page)
    user.node(page, "Execute Python").click()
    page.get_by_role("complementary", name="Properties").get_by_role("button", name="3 rows").click()
    expect(page.get_by_role("grid")).to_be_visible()
    axe_in_both(page)
    out = new_page(signed_in=False)
    out.goto(server.url)
    expect(out.get_by_role("textbox", name="Token")).to_be_visible()
    axe_in_both(out)


def test_experiments_are_renamed_duplicated_and_deleted(page: Page, server: Server) -> None:
    server.create({"name": "Old name", "nodes": []})
    page.goto(server.url)
    page.get_by_role("button", name="Actions for Old name").click()
    page.get_by_role("menuitem", name="Rename", exact=False).click()
    expect(page.locator("input:focus")).to_have_value("Old name")
    page.keyboard.press("Control+A")
    page.keyboard.type("New name")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="New name", exact=True)).to_be_visible()
    page.get_by_role("button", name="Actions for New name").click()
    page.get_by_role("menuitem", name="Duplicate", exact=False).click()
    expect(page.get_by_text("New name (copy)").first).to_be_visible()
    page.get_by_role("link", name="Experiments").click()
    page.get_by_role("button", name="Actions for New name (copy)").click()
    page.get_by_role("menuitem", name="Delete", exact=False).click()
    page.get_by_role("dialog").get_by_role("button", name="Delete", exact=False).click()
    expect(page.get_by_role("link", name="New name (copy)")).to_have_count(0)
    names = [e["name"] for e in server.get("experiments", search="New name")["items"]]
    assert names == ["New name"]
