"""Running, failing, reloading, two tabs."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.builders import chain
from tests.e2e import user
from tests.server import Server

GOOD = "def azureml_main(df):\n    return df,\n"
BAD = "def azureml_main(df):\n    print('before')\n    return df.nope\n"
SLOW = (
    "import time\ndef azureml_main(df):\n    print('slowly', flush=True)\n    time.sleep(6)\n    return df,\n"
)


def test_a_failing_script_to_its_traceback_and_back(page: Page, server: Server) -> None:
    id = server.create(chain(BAD))["id"]
    user.open_experiment(page, server.url, id)
    user.run(page)
    user.expect_run(page, "Failed")
    script = user.node(page, "Execute Python")
    expect(script.get_by_text("AttributeError", exact=False)).to_be_visible()
    script.click()
    page.keyboard.press("Control+K")
    expect(page.get_by_role("dialog", name="Commands")).to_be_visible()
    page.keyboard.press("Escape")
    script.get_by_role("button", name="Output Result Dataset (table)").click()
    results = page.get_by_role("complementary", name="Results")
    results.get_by_role("tab", name="Log").click()
    log = results.get_by_role("log")
    expect(log).to_contain_text("before")
    expect(log).to_contain_text("Traceback")
    log.get_by_role("button", name="line 3", exact=False).click()
    expect(page.locator(".cm-wrongLine")).to_contain_text("return df.nope")
    user.write_script(page, GOOD)
    user.run(page)
    user.expect_run(page, "Finished")


def test_a_second_tab_does_not_overwrite_silently(new_page: Callable[..., Page], server: Server) -> None:
    id = server.create(chain(GOOD))["id"]
    first, second = new_page(), new_page()
    for tab in (first, second):
        user.open_experiment(tab, server.url, id)
    second.context.set_offline(True)
    first.get_by_role("textbox", name="Description").fill("from the first tab")
    user.expect_saved(first)
    second.get_by_role("textbox", name="Description").fill("from the second tab")
    expect(second.get_by_text("Not saved", exact=False).first).to_be_visible()
    second.context.set_offline(False)
    expect(second.get_by_role("dialog")).to_be_visible(timeout=user.SLOW)
    assert server.get(f"experiments/{id}")["description"] == "from the first tab"


def test_an_edit_in_one_tab_appears_in_the_other(new_page: Callable[..., Page], server: Server) -> None:
    id = server.create(chain(GOOD))["id"]
    first, second = new_page(), new_page()
    for tab in (first, second):
        user.open_experiment(tab, server.url, id)
    first.get_by_role("textbox", name="Description").fill("seen everywhere")
    expect(second.get_by_role("textbox", name="Description")).to_have_value("seen everywhere")


def test_a_reload_in_the_middle_of_a_run_follows_it_to_its_end(page: Page, server: Server) -> None:
    id = server.create(chain(SLOW))["id"]
    user.open_experiment(page, server.url, id)
    user.run(page)
    user.expect_run(page, "Running")
    page.reload()
    user.expect_run(page, "Finished")
    expect(user.node(page, "Execute Python").get_by_role("img", name="Finished")).to_be_visible()


def test_cancel_and_cached(page: Page, server: Server) -> None:
    id = server.create(chain("import time\ndef azureml_main(df):\n    while True: pass\n"))["id"]
    user.open_experiment(page, server.url, id)
    user.run(page)
    user.expect_run(page, "Running")
    page.get_by_role("button", name="Cancel", exact=False).first.click()
    user.expect_run(page, "Cancelled")
    user.node(page, "Execute Python").click()
    user.write_script(page, GOOD)
    user.run(page)
    user.expect_run(page, "Finished")
    user.run(page)
    cached = user.node(page, "Execute Python").get_by_role("img", name="Finished, from the cache")
    expect(cached).to_be_visible(timeout=user.SLOW)


def test_undo_and_redo(page: Page, server: Server) -> None:
    id = server.create(chain(GOOD))["id"]
    user.open_experiment(page, server.url, id)
    nodes = user.nodes(page)
    user.node(page, "Execute Python").click()
    page.keyboard.press("Delete")
    expect(nodes).to_have_count(1)
    page.get_by_role("button", name="Undo", exact=False).first.click()
    expect(nodes).to_have_count(2)
    expect(user.wires(page)).to_have_count(1)
    page.get_by_role("button", name="Redo", exact=False).first.click()
    expect(nodes).to_have_count(1)
    user.expect_saved(page)
    assert len(server.get(f"experiments/{id}")["nodes"]) == 1


def test_a_prior_run_is_shown_as_it_was(page: Page, server: Server) -> None:
    first = server.run(chain(GOOD))
    id = first.body["experiment"]
    document = server.get(f"experiments/{id}")
    server.http.put(f"experiments/{id}", json={**document, "nodes": document["nodes"][:1], "wires": []},
                    headers={"If-Match": "1"})  # fmt: skip
    page.goto(f"{server.url}/experiments/{id}/runs/{first.body['id']}")
    expect(user.nodes(page)).to_have_count(2)
    expect(page.get_by_role("region", name="Earlier run")).to_contain_text("Run 1")
    page.get_by_role("link", name="Back to the draft").click()
    expect(user.nodes(page)).to_have_count(1)


@pytest.mark.parametrize("name", ["Feature importance", "Scatter matrix", "Hello bundle", "Join and compare"])
def test_each_sample_runs(page: Page, server: Server, name: str) -> None:
    page.goto(server.url)
    page.get_by_role("searchbox", name="Search experiments").fill(name)
    expect(page.get_by_role("heading", name=re.compile("^Experiments 1 of [0-9]+$"))).to_be_visible()
    page.get_by_role("link", name=name, exact=True).click()
    expect(user.nodes(page).first).to_be_visible()
    user.run(page)
    user.expect_run(page, "Finished")
