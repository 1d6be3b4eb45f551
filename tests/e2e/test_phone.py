"""The editor on a phone: the canvas first, panels over it one at a time."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.builders import PASS_ON, chain
from tests.e2e import user
from tests.server import Server


def test_the_canvas_has_the_screen_and_each_panel_comes_when_asked(
    new_page: Callable[..., Page], server: Server, axe: Callable[[Page], None]
) -> None:
    page = new_page(has_touch=True, viewport={"width": 390, "height": 800})
    user.open_experiment(page, server.url, server.create(chain(PASS_ON))["id"])
    panels = page.get_by_role("group", name="Panels")
    properties = page.get_by_role("complementary", name="Properties")
    expect(properties).to_be_hidden()
    axe(page)
    panels.get_by_role("button", name="Modules").tap()
    expect(page.get_by_role("searchbox", name="Search modules")).to_be_visible()
    panels.get_by_role("button", name="Properties").tap()
    expect(page.get_by_role("searchbox", name="Search modules")).to_be_hidden()
    expect(properties).to_be_visible()
    panels.get_by_role("button", name="Properties").tap()
    expect(properties).to_be_hidden()
    expect(page.get_by_role("button", name="Run", exact=True)).to_be_in_viewport(ratio=1)
    user.run(page)
    user.expect_run(page, "Finished")
    run = page.get_by_role("button", name="Run", exact=True).bounding_box()
    history = page.get_by_role("button", name="Run history").bounding_box()
    assert run
    assert history
    # Neither covers the other: they stand beside each other, or each in a row of its own.
    beside = run["x"] + run["width"] <= history["x"] or history["x"] + history["width"] <= run["x"]
    assert beside or run["y"] + run["height"] <= history["y"] or history["y"] + history["height"] <= run["y"]


def test_one_drawer_at_a_time_and_back_closes_it(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(viewport={"width": 390, "height": 800})
    id = server.create(chain(PASS_ON))["id"]
    user.open_experiment(page, server.url, id)
    address = page.url
    panels = page.get_by_role("group", name="Panels")
    drawers = {
        "Modules": page.get_by_role("complementary", name="Palette"),
        "Properties": page.get_by_role("complementary", name="Properties"),
        "Results": page.get_by_role("complementary", name="Results"),
    }
    history = page.get_by_role("dialog", name="Run history")

    def expect_open(*names: str) -> None:
        for name, drawer in drawers.items():
            expect(drawer).to_have_count(int(name in names))

    expect_open()
    for name in drawers:
        panels.get_by_role("button", name=name).click()
        expect_open(name)
    page.go_back()
    expect_open()
    expect(page).to_have_url(address)
    panels.get_by_role("button", name="Modules").click()
    expect_open("Modules")
    page.get_by_role("button", name="Run history").click()
    expect(history).to_be_visible()
    expect_open()
    page.go_back()
    expect(history).to_be_hidden()
    expect(page).to_have_url(address)
    panels.get_by_role("button", name="Properties").click()
    expect_open("Properties")
    panels.get_by_role("button", name="Properties").click()
    expect_open()
    page.wait_for_function("() => history.state?.usr?.drawer !== true")
    page.go_back()
    expect(page).not_to_have_url(address)


def test_a_wide_window_has_its_panels_back(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page()
    user.open_experiment(page, server.url, server.create(chain(PASS_ON))["id"])
    palette = page.get_by_role("complementary", name="Palette")
    properties = page.get_by_role("complementary", name="Properties")
    for size, shown in ((1280, True), (390, False), (1280, True)):
        page.set_viewport_size({"width": size, "height": 800})
        expect(palette).to_be_visible(visible=shown)
        expect(properties).to_be_visible(visible=shown)


def test_lists_and_prior_runs_fit_a_phone(new_page: Callable[..., Page], server: Server) -> None:
    exp = chain(PASS_ON)
    exp.name = "A name that is longer than the widest of phones, however it is held"
    run = server.run(exp).body
    page = new_page(has_touch=True, viewport={"width": 390, "height": 844})
    page.goto(server.url)
    expect(page.get_by_role("button", name=f"Actions for {exp.name}")).to_be_in_viewport(ratio=1)
    page.goto(f"{server.url}/experiments/{run['experiment']}/runs/{run['id']}")
    bar = page.get_by_role("region", name="Earlier run")
    for way in (
        bar.get_by_role("button", name="Restore this version"),
        bar.get_by_role("link", name="Compare with the draft"),
        bar.get_by_role("link", name="Back to the draft"),
    ):
        expect(way).to_be_in_viewport(ratio=1)
        assert way.evaluate("e => e.scrollWidth <= e.clientWidth")
    bar.get_by_role("link", name="Compare with the draft").click()
    changes = page.get_by_role("complementary", name="Differences")
    expect(changes).to_be_in_viewport(ratio=1)
    assert changes.evaluate("e => e.clientWidth") == 390
    for path in ("", "datasets", "usage", f"experiments/{run['experiment']}/runs"):
        page.goto(f"{server.url}/{path}")
        expect(page.get_by_role("heading").first).to_be_visible()
        expect(page.get_by_role("status", name="Loading")).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_table_has_the_width_of_a_phone(
    new_page: Callable[..., Page], server: Server, axe: Callable[[Page], None]
) -> None:
    people = "id,age\n" + "".join(f"{n},{20 + n % 50}\n" for n in range(300))
    dataset = server.upload("looked-at-on-a-phone.csv", people).json()
    page = new_page(has_touch=True, viewport={"width": 390, "height": 844})
    page.goto(f"{server.url}/datasets/{dataset['id']}")
    grid = page.get_by_role("grid")
    expect(grid).to_be_visible()
    assert grid.evaluate("e => e.clientWidth") > 370
    page.get_by_role("button", name="Show the column panel").tap()
    panel = page.get_by_role("complementary", name="Columns")
    expect(panel).to_be_in_viewport(ratio=0.99)
    assert panel.evaluate("e => e.clientWidth") == 390
    axe(page)
    page.get_by_role("button", name="Hide the column panel").tap()
    page.get_by_text("Charts", exact=True).tap()
    chart = page.get_by_role("group", name="Picture").get_by_role("img", name="Histogram of id")
    expect(chart).to_be_visible()
    assert chart.evaluate("e => e.clientWidth") > 370
    axe(page)
