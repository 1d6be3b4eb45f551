"""Secrets and the network, as a person meets them on the page."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.builders import Exp
from tests.e2e import user
from tests.server import Server

SCRIPT = """import os, socket
import pandas as pd
def azureml_main():
    try:
        socket.create_connection(("elsewhere.example", 443))
    except OSError as error:
        print(error)
    return pd.DataFrame({"long": [len(os.environ.get("DOOR_KEY", ""))]})
"""


def open_account(page: Page, item: str) -> None:
    page.get_by_role("button", name="Account").click()
    page.get_by_role("menuitem", name=item).click()


def test_a_secret_is_made_given_to_a_node_and_taken_back(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    id = server.create(Exp("Door").node("s", "execute-python-script", script=SCRIPT, secrets="DOOR_KEY"))[
        "id"
    ]
    page.goto(f"{server.url}/secrets")
    page.get_by_role("button", name="New secret").first.click()
    dialog = page.get_by_role("dialog", name="New secret")
    dialog.get_by_label("Name").fill("DOOR_KEY")
    dialog.get_by_label("Value").fill("open sesame")
    axe(page)
    dialog.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("table", name="Secrets")).to_contain_text("DOOR_KEY")
    axe(page)

    user.open_experiment(page, server.url, id)
    expect(page.get_by_role("img", name="Is given the secret DOOR_KEY")).to_be_visible()
    run = server.run(id)
    assert run.rows("s.result_dataset") == [[len("open sesame")]]

    page.goto(f"{server.url}/secrets")
    page.get_by_role("button", name="Delete DOOR_KEY").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("No secrets yet")).to_be_visible()
    refused = server.post(f"experiments/{id}/runs", {}, status=422)
    assert "There is no secret 'DOOR_KEY'" in refused["detail"]


def test_the_record_of_the_network_is_a_page(page: Page, server: Server, axe: Callable[[Page], None]) -> None:
    page.goto(server.url)
    open_account(page, "Network")
    expect(page.get_by_role("heading", name="Network", exact=True)).to_be_visible()
    expect(page.get_by_text("No host is allowed")).to_be_visible()
    expect(page.get_by_text("Nothing has gone through the network")).to_be_visible()
    axe(page)
    page.get_by_label("Search hosts and nodes").fill("nobody")
    expect(page.get_by_text("Nothing in the record is like that.")).to_be_visible()
