"""While a script is written: columns of the connected table, names of libraries, and what will go wrong."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.builders import Exp
from tests.e2e import user
from tests.server import Server

SCRIPT = "import numpy as np\n\ndef azureml_main(df):\n    return df,\n"


def test_columns_and_names_are_offered_and_a_wrong_column_is_mended(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    exp = Exp("Help").table("data", "Price,Size\n1,2\n").script("s", SCRIPT)
    run = server.run(exp.wire("data.dataset", "s.dataset1"))
    user.open_experiment(page, server.url, run.body["experiment"])
    user.node(page, "Execute Python Script").click()
    page.get_by_role("textbox", name="Script").click()
    offered = page.get_by_role("listbox", name="Completions").get_by_role("option")

    page.keyboard.press("Control+Home")
    for key in ("ArrowDown", "ArrowDown", "End", "Enter"):
        page.keyboard.press(key)
    page.keyboard.type('x = df["')
    expect(offered.filter(has_text="Price")).to_contain_text("integer")
    axe(page)
    page.keyboard.press("Escape")
    page.keyboard.type('Pirce"]')
    page.keyboard.press("Enter")
    page.keyboard.type("np.zer")
    expect(offered.filter(has_text="zeros_like")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.type("os(3)")

    warning = page.get_by_role("button", name="Write 'Price'")
    warning.first.click()
    expect(page.get_by_role("textbox", name="Script")).to_contain_text('df["Price"]')
