"""The workers that are up, and pausing them from the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.builders import chain
from tests.server import Server

pytestmark = pytest.mark.e2e


@pytest.fixture(autouse=True)
def working(server: Server) -> Iterator[None]:
    yield
    server.post("workers/orders", {"what": "resume"}, 200)


def test_all_are_paused_and_go_on(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page()
    page.goto(server.url)
    page.get_by_role("button", name="Account").click()
    page.get_by_role("menuitem", name="Workers").click()
    table = page.get_by_role("table", name="Workers")
    expect(table.get_by_text("Working")).to_be_visible()
    page.get_by_role("button", name="Pause all").click()
    expect(table.get_by_text("Paused")).to_be_visible()
    expect(page.get_by_text("Runs wait until somebody lets them go on")).to_be_visible()
    run = server.start(server.create(chain("def azureml_main(f):\n    return f,"))["id"])["id"]
    page.get_by_role("button", name="Resume all").click()
    expect(table.get_by_text("Working")).to_be_visible()
    assert server.wait(run).state == "finished"
    expect(page.get_by_text("Runs wait until somebody lets them go on")).to_be_hidden()


def test_one_is_drained_and_goes_on(new_page: Callable[..., Page], server: Server) -> None:
    host = server.get("workers")["items"][0]["host"]
    page = new_page()
    page.goto(f"{server.url}/workers")
    page.get_by_role("button", name=f"Drain {host}").click()
    expect(page.get_by_role("cell", name="Drained")).to_be_visible()
    page.get_by_role("button", name=f"Resume {host}").click()
    expect(page.get_by_role("cell", name="Working")).to_be_visible()
