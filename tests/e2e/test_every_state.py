"""Every screen, dialog and menu, for people who cannot see it as we do."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.builders import Exp, chain
from tests.e2e import user
from tests.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]  # each looks at many states
Axe = Callable[[Page], None]

GOOD = "def azureml_main(df):\n    return df,\n"
SLOW = "import time\ndef azureml_main(df):\n    time.sleep(60)\n    return df,\n"


def test_the_lists_and_pages(page: Page, server: Server, axe_in_both: Axe) -> None:
    first = server.run(chain(GOOD)).body
    experiment = first["experiment"]
    server.run(experiment, force=True)
    waiting = server.start(server.create(chain(SLOW))["id"])
    page.goto(server.url)
    expect(page.get_by_role("region", name="Running and waiting")).to_be_visible()
    axe_in_both(page)
    server.post(f"runs/{waiting['id']}/cancel", status=202)
    page.get_by_role("button", name="Account").click()
    expect(page.get_by_role("menuitem", name="Module reference")).to_be_visible()
    axe_in_both(page)
    for path, shown in {
        "usage": "Usage",
        "workers": "Workers",
        "modules/split-data": "Module reference",
        f"experiments/{experiment}/runs": "Run 1",
        f"experiments/{experiment}/compare/{first['id']}/draft": "Compare",
        f"experiments/{experiment}/runs/{first['id']}": "Run 1",
        "no-such-page": "page",
    }.items():
        page.goto(f"{server.url}/{path}")
        expect(page.get_by_text(re.compile(shown)).first).to_be_visible()
        axe_in_both(page)


def test_what_opens_over_the_canvas(page: Page, server: Server, axe_in_both: Axe) -> None:
    exp = Exp("Open").table("d", "alpha,beta\n1,2\n").node("c", "select-columns-in-dataset")
    run = server.run(exp.wire("d.dataset", "c.dataset"))
    opened: list[tuple[str, Literal["dialog", "tabpanel"], str | re.Pattern[str]]] = [
        ("Control+K", "dialog", "Commands"),
        ("?", "dialog", "Keyboard shortcuts"),
        ("/", "dialog", re.compile("Add|Search")),
        ("H", "dialog", re.compile("Run history|History")),
        ("O", "tabpanel", "Outline"),
        ("Shift+H", "tabpanel", "Edits"),
    ]
    for keys, role, name in opened:
        user.open_experiment(page, server.url, run.body["experiment"])
        user.graph(page).click(position={"x": 10, "y": 10})
        page.keyboard.press(keys)
        expect(page.get_by_role(role, name=name).first).to_be_visible()
        axe_in_both(page)


def test_params_menus_and_a_node_opened(page: Page, server: Server, axe_in_both: Axe) -> None:
    exp = Exp("Menus").table("d", "alpha,beta\n1,2\n").node("c", "select-columns-in-dataset")
    run = server.run(exp.wire("d.dataset", "c.dataset"))
    user.open_experiment(page, server.url, run.body["experiment"])
    user.node(page, "Select Columns").click()
    properties = page.get_by_role("complementary", name="Properties")
    properties.get_by_role("option", name="alpha").click()
    properties.get_by_role("button", name="Rules:", exact=False).click()
    properties.get_by_text("Help for Select Columns").click()
    axe_in_both(page)
    port = page.get_by_role("button", name=re.compile("^(Input|Output) "))
    for place in (user.nodes(page), port, user.wires(page)):
        place.first.click(button="right", force=True)
        expect(page.get_by_role("menu")).to_be_visible()
        axe_in_both(page)
        page.keyboard.press("Escape")
    user.graph(page).click(button="right", position={"x": 10, "y": 10})
    expect(page.get_by_role("menu")).to_be_visible()
    axe_in_both(page)
    page.keyboard.press("Escape")
    user.node(page, "Select Columns").dblclick()
    expect(page.get_by_role("dialog")).to_be_visible()
    axe_in_both(page)


def test_what_runs_in_all_experiments_is_seen_and_cancelled_from_the_list(page: Page, server: Server) -> None:
    exp = chain(SLOW)
    exp.name = "Takes its time"
    started = server.start(server.create(exp)["id"])
    page.goto(server.url)
    under_way = page.get_by_role("region", name="Running and waiting")
    expect(under_way.get_by_role("link", name="Takes its time")).to_be_visible()
    under_way.get_by_role("button", name="Cancel run 1 of Takes its time").click()
    expect(under_way.get_by_role("link", name="Takes its time")).to_have_count(0)
    assert server.wait(started["id"]).state == "cancelled"


def test_the_last_two_runs_are_compared_from_the_palette(page: Page, server: Server) -> None:
    run = server.run(chain(GOOD))
    server.run(run.body["experiment"])
    user.open_experiment(page, server.url, run.body["experiment"])
    expect(page.get_by_text("Run 2").first).to_be_visible()
    page.keyboard.press("Control+K")
    page.keyboard.type("compare runs")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Compare")).to_be_visible()
    expect(page.get_by_role("combobox", name="Before")).to_have_value(re.compile("Run 1"))
    expect(page.get_by_role("combobox", name="After")).to_have_value(re.compile("Run 2"))
