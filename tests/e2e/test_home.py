"""Somebody who has read nothing, on a Studio that nobody has used yet: to a picture, by two ways."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import user
from tests.server import Server

CSV = "city,population\n" + "".join(f"City {n},{1000 + n * 37}\n" for n in range(40))
SCRIPT = """import matplotlib.pyplot as plt
def azureml_main(df):
    df.population.plot.hist()
    return df,
"""
DROP = """([name, text]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], name, {type: 'text/csv'}));
    for (const type of ['dragenter', 'dragover', 'drop'])
        window.dispatchEvent(new DragEvent(type, {dataTransfer: transfer, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def server() -> Iterator[Server]:
    """A home of its own for each: empty, since the other journeys fill theirs."""
    with Server() as running:
        yield running


def see_the_picture(page: Page) -> None:
    user.expect_run(page, "Finished")
    user.node(page, "Execute Python").click()
    facts = page.get_by_role("complementary", name="Properties")
    facts.get_by_role("button", name=re.compile("picture")).click()
    picture = page.get_by_role("complementary", name="Results").get_by_role("img", name="Picture 1 of")
    expect(picture).to_be_visible()
    page.wait_for_function("document.querySelector('img[alt^=\"Picture 1\"]').naturalWidth > 100")


def test_the_empty_home_greets_and_a_card_leads_to_a_picture_and_a_second_click_to_the_same_copy(
    page: Page, server: Server, axe_in_both: Callable[[Page], None]
) -> None:
    page.goto(server.url)
    expect(page.get_by_role("heading", name="Welcome to Studio")).to_be_visible()
    cards = page.get_by_role("region", name="Try a sample").get_by_role("listitem")
    expect(cards).to_have_count(4)
    for place in range(4):
        drawn = cards.nth(place).locator("img")
        expect(drawn).to_be_visible()
        assert drawn.evaluate("async e => { await e.decode(); return e.naturalWidth > 200; }")
    expect(page.get_by_role("table")).to_have_count(0)
    axe_in_both(page)
    page.get_by_role("button", name="Open and run: Scatter matrix").click()
    see_the_picture(page)
    address = page.url
    page.get_by_role("link", name="Experiments").click()
    expect(page.get_by_role("heading", name="Welcome to Studio")).to_be_visible()
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(2)
    page.get_by_role("button", name="Open your copy: Scatter matrix").click()
    expect(page).to_have_url(address)
    assert server.get(f"experiments/{address.rpartition('/')[2]}/runs")["total"] == 1


def test_a_file_of_ones_own_leads_to_a_picture_and_the_samples_stay_near(page: Page, server: Server) -> None:
    page.goto(server.url)
    expect(page.get_by_text("Drop a file here")).to_be_visible()
    page.evaluate(DROP, ["cities.csv", CSV])
    tray = user.keep_reviewed(page)
    tray.get_by_role("button", name="Use in a new experiment").click()
    expect(user.node(page, "cities")).to_be_visible()
    # The new dataset moves the modules below it down by a row, away from the pointer.
    expect(user.palette(page, "cities")).to_be_visible()
    user.drag_from_palette(page, "Execute Python Script", 300, 300)
    output = user.node(page, "cities").get_by_role("button", name="Output Dataset (table)")
    script = user.node(page, "Execute Python")
    user.draw_wire(page, output, script.get_by_role("button", name="Input Dataset1 (table)"))
    script.click()
    user.write_script(page, SCRIPT)
    user.run(page)
    see_the_picture(page)
    page.get_by_role("link", name="Experiments").click()
    expect(page.get_by_role("heading", name="Experiments")).to_be_visible()
    experiments = page.get_by_role("table", name="Experiments")
    expect(experiments.get_by_role("link", name="cities", exact=True)).to_be_visible()
    page.get_by_role("link", name="Samples").click()
    expect(page.get_by_role("heading", name="Samples")).to_be_visible()
    page.get_by_role("button", name="Open and run: Hello bundle").click()
    user.expect_run(page, "Finished")
