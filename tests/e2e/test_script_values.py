"""What one sees of a script after it failed, in the script itself: the error, its variables, the bundle."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.builders import Exp
from tests.e2e import user
from tests.server import Server

PRICES = "def total(frame):\n    key = 'Pirce'\n    return frame[key].sum()\n"
SCRIPT = (
    "import prices\n\ndef azureml_main(houses):\n    sold = houses.dropna()\n    return prices.total(sold),\n"
)


@pytest.fixture(scope="module")
def failed(server: Server) -> str:
    """The id of an experiment whose script failed in its bundle."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("prices.py", PRICES)
        archive.writestr("readme.txt", "About prices.")
    server.wait_for_dataset(server.upload("prices-bundle.zip", buffer.getvalue()).json()["id"])
    exp = Exp("Fails in its bundle").table("data", "Price,Rooms\n1.5,2\n,3\n").script("s", SCRIPT)
    exp.node("zip", "dataset", dataset="prices-bundle").wire("zip.dataset", "s.script_bundle")
    exp.wire("data.dataset", "s.dataset1")
    for node, (x, y) in zip(exp.nodes, [(40, 40), (160, 180), (280, 40)], strict=True):
        node["position"] = {"x": x, "y": y}
    run = server.run(exp)
    assert run.state == "failed"
    return str(run.body["experiment"])


def opened(page: Page, server: Server, id: str) -> Locator:
    user.open_experiment(page, server.url, id)
    user.node(page, "Execute Python Script").click()
    where = page.get_by_role("region", name="Where it failed")
    expect(where).to_be_visible()
    return where


def test_an_error_stands_at_its_line_with_the_variables_of_each_call(
    page: Page, server: Server, failed: str, axe: Callable[[Page], None]
) -> None:
    where = opened(page, server, failed)
    script = page.get_by_role("textbox", name="Python script")
    expect(script.locator(".cm-wrongLine")).to_contain_text("prices.total(sold)")
    expect(script.locator(".cm-errorNote")).to_contain_text("Did you mean 'Price'?")
    expect(script.get_by_role("list", name="Variables at this line")).to_contain_text("sold DataFrame 1 × 2")
    expect(where.get_by_role("list", name="Variables of total at line 3")).to_contain_text("key 'Pirce'")
    axe(page)

    where.get_by_role("button", name="prices.py, line 3").click()
    file = page.get_by_role("textbox", name="prices.py of the script bundle")
    expect(file.locator(".cm-wrongLine")).to_contain_text("frame[key].sum()")
    expect(page.get_by_role("tab", name="prices.py")).to_have_attribute("aria-selected", "true")
    where.get_by_text("frame", exact=True).click()
    rows = where.get_by_role("region", name="First rows of frame")
    expect(rows.get_by_role("row")).to_have_text(["PriceRooms", "1.52"])
    axe(page)

    where.get_by_role("button", name="Line 5, in azureml_main").press("Enter")
    expect(script).to_be_visible()
    expect(where.get_by_role("list", name="Variables of azureml_main at line 5")).to_be_visible()
    page.get_by_role("tab", name="Script", exact=True).press("ArrowRight")
    expect(file).to_be_visible()


def test_the_mark_moves_along_with_what_is_typed(page: Page, server: Server, failed: str) -> None:
    opened(page, server, failed)
    script = page.get_by_role("textbox", name="Python script")
    script.click()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Enter")
    expect(script.locator(".cm-wrongLine")).to_contain_text("prices.total(sold)")


MARGIN = "def azureml_main(df):\n    few = df.dropna()\n    few['Area'] = 3\n    return few,\n"


def written(page: Page, server: Server, name: str, script: str, csv: str) -> Locator:
    """An experiment with this script, which is open; its editor."""
    exp = Exp(name).table("data", csv).script("s", script).wire("data.dataset", "s.dataset1")
    exp.nodes[1]["position"] = {"x": 40, "y": 180}
    user.open_experiment(page, server.url, str(server.create(exp)["id"]))
    user.node(page, "Execute Python Script").click()
    return page.get_by_role("textbox", name="Python script")


def test_each_line_shows_what_it_made_and_opens_its_rows(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    script = written(page, server, "Margin", MARGIN, "Price,Rooms\n1.5,2\n,3\n4,5\n")
    user.run(page)
    user.expect_run(page, "Finished")
    made = script.get_by_role("button", name="Line 2: 2 × 2, −1 row")
    expect(made).to_be_visible()
    expect(script.get_by_role("button", name="Line 3: 2 × 3, 1 new column")).to_be_visible()
    made.click()
    rows = page.get_by_role("region", name="First rows of few").get_by_role("row")
    expect(rows).to_have_text(["PriceRooms", "1.52", "4.05"])
    axe(page)
    page.get_by_role("button", name="Close the rows of this line").click()

    script.press("Control+Home")  # a click may fall on a note
    for key in ("ArrowDown", "ArrowDown", "Alt+Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("region", name="Line 3")).to_contain_text("Area")
    expect(script).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type("0")
    expect(script.get_by_role("button", name="Line 3")).to_have_count(0)
    expect(made).to_be_visible()
    page.get_by_role("button", name="Show what each line made").click()
    expect(made).to_have_count(0)


def test_a_script_is_tried_on_a_sample_as_it_is_typed(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    script = written(page, server, "Tried", MARGIN, "Price,Rooms\n2.5,2\n,3\n4,5\n")
    page.get_by_role("button", name="Open Python script at full height").click()
    pane = page.get_by_role("region", name="Try on a sample")
    pane.get_by_role("button", name="Try it").click()
    rows = pane.get_by_role("region", name="Rows of Result dataset").get_by_role("row")
    expect(rows).to_have_text(["PriceRoomsArea", "2.523", "453"], timeout=user.SLOW)
    expect(script.get_by_role("button", name="Line 2: 2 × 2, −1 row")).to_be_visible()
    axe(page)

    pane.get_by_role("switch", name="As I type").click()
    user.write_script(page, MARGIN.replace("3", "few['Pirce']"))
    expect(pane.get_by_role("alert")).to_contain_text("Did you mean 'Price'?", timeout=user.SLOW)
    expect(script.locator(".cm-wrongLine")).to_contain_text("few['Pirce']")
    axe(page)


def test_a_query_shows_how_the_engine_ran_it(page: Page, server: Server, axe: Callable[[Page], None]) -> None:
    sql = "select Rooms, sum(Price) as Total from t1 where Price > 2 group by Rooms"
    exp = Exp("Explained").table("data", "Price,Rooms\n2.5,2\n1,3\n4,2\n")
    exp.node("q", "apply-sql-transformation", sql=sql, engine="duckdb")
    id = server.create(exp.wire("data.dataset", "q.t1"))["id"]
    user.open_experiment(page, server.url, id)
    user.node(page, "Apply SQL Transformation").click()
    page.get_by_role("button", name="Open SQL query script at full height").click()
    pane = page.get_by_role("region", name="Try on a sample")
    pane.get_by_role("button", name="Try it").press("Enter")
    ran = pane.get_by_role("tab", name="How it ran")
    expect(ran).to_be_visible(timeout=user.SLOW)
    pane.get_by_role("tab", name="Results dataset").press("ArrowRight")
    expect(ran).to_have_attribute("aria-selected", "true")
    steps = pane.get_by_role("list", name="How the engine ran it")
    expect(steps.get_by_role("listitem").first).to_contain_text("1 row")
    expect(steps.get_by_role("listitem").last).to_contain_text("Table scan")
    expect(steps.get_by_role("listitem").last).to_contain_text("3 rows")
    axe(page)
