"""Looking at results: one click on a port, pictures on the canvas, the panel that comes and goes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.builders import Exp, chain
from tests.e2e import user
from tests.server import Server

TWO_PLOTS = """
import matplotlib.pyplot as plt
def azureml_main(df):
    for _ in range(2):
        plt.figure()
        plt.plot(df["x"])
    return df,
"""
TABLE = "x,price of the whole house\n1,3\n2,1\n3,2\n"


@pytest.fixture
def plotted(server: Server) -> str:
    id: str = server.run(chain(TWO_PLOTS, csv=TABLE)).body["experiment"]
    return id


def results(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Results")


def view(page: Page) -> dict[str, float]:
    """Where the view is, told by where a node is drawn, once it rests."""
    user.expect_still(page)
    box = user.nodes(page).first.bounding_box()
    assert box
    return dict(box)


def test_one_click_on_an_output_shows_its_result(page: Page, server: Server, plotted: str) -> None:
    user.open_experiment(page, server.url, plotted)
    script = user.node(page, "Execute Python")
    script.get_by_role("button", name="Output Result Dataset (table)").click()
    expect(results(page).get_by_role("grid")).to_be_visible()
    outputs = page.get_by_role("region", name="Results of this node")
    expect(outputs.get_by_role("button", name="Result Dataset 3 rows × 2 columns")).to_be_visible()
    parameters = page.get_by_role("region", name="Parameters")
    above, below = outputs.bounding_box(), parameters.bounding_box()
    assert above
    assert below
    assert above["y"] < below["y"]
    expect(page.get_by_text("Where the time went")).to_be_hidden()


def test_a_finished_script_shows_its_first_picture(page: Page, server: Server, plotted: str) -> None:
    full: list[str] = []
    page.on(
        "request", lambda request: full.append(request.url) if request.url.endswith("/pictures/0") else None
    )
    user.open_experiment(page, server.url, plotted)
    peek = user.node(page, "Execute Python").get_by_role("button", name="Show 2 pictures")
    expect(peek.locator("img")).to_have_js_property("complete", True)
    assert peek.locator("img").evaluate("img => img.naturalWidth") == 480
    assert full == []
    peek.click()
    expect(results(page).get_by_role("img", name="Picture 1 of 2")).to_be_visible()
    page.keyboard.press("Control+K")
    page.get_by_role("combobox", name="Commands").fill("pictures beside")
    page.keyboard.press("Enter")
    expect(peek.locator("img")).to_have_count(0)


def test_fit_counts_pictures_and_tidy_leaves_room_for_them(page: Page, server: Server) -> None:
    exp = Exp("Plots").table("data", TABLE)
    for name in ("a", "b", "c"):
        exp.script(name, TWO_PLOTS).wire("data.dataset", f"{name}.dataset1")
        exp.node(f"{name}2", "remove-duplicate-rows").wire(f"{name}.result_dataset", f"{name}2.dataset")
    for place, node in enumerate(exp.nodes):
        node["position"] = {"x": 230 * place, "y": 60}
    user.open_experiment(page, server.url, server.run(exp).body["experiment"])
    peeks = page.locator("[data-peek]")
    expect(peeks).to_have_count(3)
    user.expect_still(page)
    # In one row there is no room.
    assert page.locator("[data-peek][data-side=right]").count() == 0
    user.canvas(page).click(position={"x": 20, "y": 20})
    page.keyboard.press("t")
    expect(page.get_by_role("button", name="Undo: Tidy up 7 nodes")).to_be_enabled()
    expect(page.locator("[data-peek][data-side=right]")).to_have_count(3)
    user.expect_still(page)
    # Below what feeds them, as without pictures.
    for name in ("a", "b", "c"):
        above, below = (user.node_of(page, id).bounding_box() for id in (name, f"{name}2"))
        assert above
        assert below
        assert abs(above["x"] - below["x"]) < 2
    frame = user.canvas(page).bounding_box()
    floating = [one.bounding_box() for one in page.locator("[data-floating]").all()]
    assert frame
    for box in (one.bounding_box() for one in peeks.all()):
        assert box
        assert frame["x"] <= box["x"]
        assert box["x"] + box["width"] <= frame["x"] + frame["width"]
        assert all(one and box["y"] + box["height"] <= one["y"] for one in floating)


def test_a_picture_stays_until_its_node_has_run_again(page: Page, server: Server) -> None:
    slow = TWO_PLOTS.replace("import matplotlib", "import time\nimport matplotlib", 1).replace(
        "    for _", "    time.sleep(3)\n    for _"
    )
    exp = chain(slow, csv=TABLE)
    user.open_experiment(page, server.url, server.run(exp).body["experiment"])
    peek = page.locator("[data-peek]")
    expect(peek).to_have_attribute("data-old", "false")
    page.keyboard.press("Control+K")
    page.get_by_role("combobox", name="Commands").fill("Run all, ignore")
    page.keyboard.press("Enter")
    expect(peek).to_have_attribute("data-old", "true")
    expect(peek.locator("img")).to_be_visible()
    user.expect_run(page, "Finished")
    expect(peek).to_have_attribute("data-old", "false")


def test_the_results_come_back_after_a_prior_run(page: Page, server: Server, plotted: str) -> None:
    server.run(plotted)
    user.open_experiment(page, server.url, plotted)
    user.node(page, "Execute Python").get_by_role("button", name="Output Result Dataset (table)").click()
    expect(results(page).get_by_role("grid")).to_be_visible()
    prior = server.get(f"experiments/{plotted}/runs")["items"][1]["id"]
    page.goto(f"{server.url}/experiments/{plotted}/runs/{prior}")
    expect(page.get_by_role("region", name="Earlier run")).to_be_visible()
    page.get_by_role("link", name="Back to the draft").click()
    expect(results(page).get_by_role("grid")).to_be_visible()


def test_the_panel_is_remembered_for_each_experiment(page: Page, server: Server, plotted: str) -> None:
    other: str = server.create(Exp("Other").table("t", TABLE))["id"]
    user.open_experiment(page, server.url, plotted)
    expect(results(page)).to_have_count(0)
    user.node(page, "Execute Python").get_by_role("button", name="Output Python Device").click()
    expect(results(page).get_by_role("tab", name="Python Device", selected=True)).to_be_visible()
    user.open_experiment(page, server.url, other)
    expect(results(page)).to_have_count(0)
    user.open_experiment(page, server.url, plotted)
    expect(results(page).get_by_role("tab", name="Python Device", selected=True)).to_be_visible()
    # Nothing is selected any more: what is looked at stays.
    page.get_by_role("button", name="Close the results").click()
    page.reload()
    expect(user.nodes(page).first).to_be_visible()
    expect(results(page)).to_have_count(0)


def test_the_panel_gives_the_canvas_back_as_it_was(page: Page, server: Server, plotted: str) -> None:
    user.open_experiment(page, server.url, plotted)
    script = user.node(page, "Execute Python")
    script.click()
    before = view(page)
    page.keyboard.press("v")
    expect(results(page).get_by_role("grid")).to_be_visible()
    user.expect_still(page)
    page.keyboard.press("F9")
    box = results(page).get_by_role("grid").bounding_box()
    assert box
    assert box["height"] > 400
    covered = page.locator("[inert]").get_by_role("toolbar", name="View")
    expect(covered).to_have_count(1)
    page.keyboard.press("Escape")
    expect(covered).to_have_count(0)
    page.get_by_role("button", name="Close the results").click()
    assert view(page) == before
    expect(user.selected(page)).to_have_count(1)


def test_a_head_selects_its_arrow_sorts_and_charts_begin_there(
    page: Page, server: Server, plotted: str
) -> None:
    user.open_experiment(page, server.url, plotted)
    user.node(page, "Enter Data").get_by_role("button", name="Output Dataset").click()
    head = page.get_by_role("columnheader", name="price of the whole house, integer")
    head.click()
    expect(head).to_have_attribute("aria-sort", "none")
    expect(page.get_by_role("complementary", name="Column price of the whole house")).to_be_visible()
    arrow = head.get_by_role("button", name="Sort by price of the whole house")
    ground = arrow.evaluate("one => getComputedStyle(one.parentElement).backgroundColor")
    assert ground != "rgba(0, 0, 0, 0)", "the arrow and the name are read through one another"
    arrow.click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(page.get_by_role("gridcell").nth(1)).to_have_text("1")
    name = head.get_by_text("price of the whole house", exact=True)
    assert name.evaluate("one => one.scrollWidth <= one.clientWidth"), "the sorted column's name is cut off"
    page.get_by_role("grid").press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    page.get_by_text("Charts", exact=True).click()
    expect(page.get_by_role("heading", name="Histogram of price of the whole house")).to_be_visible()


def test_a_second_tap_on_an_output_shows_its_result(
    new_page: Callable[..., Page], server: Server, plotted: str
) -> None:
    phone = new_page(has_touch=True, viewport={"width": 900, "height": 700})
    user.open_experiment(phone, server.url, plotted)
    output = user.node(phone, "Execute Python").get_by_role("button", name="Output Result Dataset (table)")
    output.tap()
    expect(phone.get_by_text("or this output again to see its result", exact=False)).to_be_visible()
    expect(results(phone)).to_have_count(0)
    output.tap()
    expect(results(phone).get_by_role("grid")).to_be_visible()
