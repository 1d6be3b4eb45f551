"""A script in the debugger and a console on its inputs, by mouse and by keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.builders import Exp
from tests.e2e import user
from tests.server import Server

SCRIPT = """\
def azureml_main(houses):
    total = 0
    for size in houses["Size"]:
        total = total + size
    houses["Total"] = total
    return houses,
"""


@pytest.fixture
def opened(page: Page, server: Server) -> Page:
    """The editor with a script that has run once, and is selected."""
    exp = Exp("Debugged").table("data", "Price,Size\n1,2\n3,4\n").script("s", SCRIPT)
    run = server.run(exp.wire("data.dataset", "s.dataset1"))
    user.open_experiment(page, server.url, run.body["experiment"])
    user.node(page, "Execute Python Script").click()
    return page


def variable(page: Page, name: str) -> Locator:
    return page.get_by_role("list", name="Locals").get_by_role("listitem").filter(has_text=name)


def test_a_script_is_stopped_looked_into_changed_and_goes_on(
    opened: Page, axe: Callable[[Page], None]
) -> None:
    page = opened
    editor = page.get_by_role("textbox", name="Script")
    editor.click()
    for key in ("Control+Home", "ArrowDown", "ArrowDown", "ArrowDown", "Control+F8"):
        page.keyboard.press(key)
    page.get_by_role("button", name="Show the debugger").click()
    condition = page.get_by_role("textbox", name="Condition of script.py, line 4")
    condition.fill("size == 4")
    condition.press("Enter")
    axe(page)
    page.get_by_role("button", name="Debug this script").click()
    state = page.get_by_role("status", name="State of the debugger")
    expect(state).to_have_text("Stopped at a breakpoint", timeout=30_000)
    expect(variable(page, "total")).to_contain_text("2")
    expect(page.get_by_role("list", name="Call stack")).to_contain_text("line 4")
    expect(page.get_by_role("region", name="Results of this node")).to_contain_text("Paused")
    expect(user.canvas(page).get_by_role("img", name="Paused in the debugger")).to_be_visible()
    axe(page)

    watch = page.get_by_role("textbox", name="Expression to watch")
    watch.fill("total * 10")
    watch.press("Enter")
    expect(page.get_by_role("list", name="Watched expressions")).to_contain_text("20")
    page.get_by_role("button", name="Show the rows of houses").click()
    expect(page.get_by_role("region", name="Rows of houses")).to_contain_text("Size")
    axe(page)
    page.get_by_role("button", name="Step over").click()
    expect(state).to_have_text("Stopped after a step")
    expect(page.get_by_role("list", name="Watched expressions")).to_contain_text("60")
    prompt = page.get_by_role("textbox", name="Evaluate in this frame")
    prompt.fill("total = 100")
    prompt.press("Enter")
    expect(variable(page, "total")).to_contain_text("100")
    prompt.press("F8")
    user.expect_run(page, "Finished")
    page.get_by_role("tab", name="Result Dataset").click()
    expect(page.get_by_role("gridcell", name="100").first).to_be_visible()


def test_a_console_shows_tables_plots_and_keeps_lines(opened: Page, axe: Callable[[Page], None]) -> None:
    page = opened
    page.get_by_role("button", name="Show the console").click()
    start = page.get_by_role("button", name="Open a console")
    expect(start).to_be_visible()
    axe(page)
    start.click()
    expect(page.get_by_role("status", name="State of the console")).to_contain_text(
        "dataframe1: 2 × 2", timeout=30_000
    )
    line = page.get_by_role("textbox", name="Console input")
    line.fill('dataframe1["Pr')
    expect(line).to_be_focused()
    line.press("Tab")
    expect(line).to_have_value('dataframe1["Price')
    line.press_sequentially('"] = 7')
    line.press("Enter")
    line.fill("dataframe1")
    line.press("Enter")
    expect(page.get_by_role("region", name="Rows of the result")).to_contain_text("7")
    line.fill("plt.plot([1, 3]); 1 / 0")
    line.press("Enter")
    said = page.get_by_role("list", name="Console")
    expect(said).to_contain_text("ZeroDivisionError: division by zero")
    expect(said.get_by_role("img", name="Figure 1")).to_be_visible()
    line.press("ArrowUp")
    expect(line).to_have_value("plt.plot([1, 3]); 1 / 0")
    axe(page)
    said.get_by_role("button", name="Keep this as script").first.click()
    expect(page.get_by_role("textbox", name="Script")).to_contain_text('dataframe1["Price"] = 7')
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.get_by_role("status", name="State of the console")).to_contain_text("The console has ended")


FAILS = SCRIPT.replace('houses["Total"] = total', 'houses["Total"] = total + missing')


def test_a_script_that_failed_goes_back_and_on_with_mended_code(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    exp = Exp("Mended").table("data", "Price,Size\n1,2\n3,4\n").script("s", FAILS)
    id = server.create(exp.wire("data.dataset", "s.dataset1"))["id"]
    user.open_experiment(page, server.url, id)
    user.node(page, "Execute Python Script").click()
    page.get_by_role("button", name="Show the debugger").click()
    page.get_by_role("button", name="Debug this script").click()
    state = page.get_by_role("status", name="State of the debugger")
    expect(state).to_contain_text("Stopped at the first line", timeout=60_000)
    page.get_by_role("button", name="Continue").click()
    expect(state).to_contain_text("name 'missing' is not defined", timeout=30_000)
    past = page.get_by_role("list", name="Last statements")
    expect(past.get_by_role("button").first).to_have_accessible_name(
        'Go back to houses["Total"] = total + missing line 5'
    )
    axe(page)
    past.get_by_role("button", name="Go back to total = total + size").first.click()
    expect(state).to_have_text("Went back to this statement")
    expect(variable(page, "total")).to_contain_text("2")

    editor = page.get_by_role("textbox", name="Python script")
    editor.click()
    for key in ("Control+Home", *["ArrowDown"] * 4, "End", *["Shift+Control+ArrowLeft"] * 2, "Backspace"):
        page.keyboard.press(key)
    page.keyboard.type("+ 1")
    expect(editor).to_contain_text('houses["Total"] = total + 1')
    use = page.get_by_role("button", name="Use the edited script from here")
    axe(page)
    use.press("Enter")
    expect(state).to_have_text("Goes on with the edited script")
    expect(use).not_to_be_visible()
    page.get_by_role("button", name="Step over").press("Shift+F9")
    expect(state).to_have_text("Went back to this statement")
    expect(use).not_to_be_visible()
    page.get_by_role("button", name="Step over").press("F8")
    user.expect_run(page, "Finished")
    page.get_by_role("tab", name="Result Dataset").click()
    expect(page.get_by_role("gridcell", name="7").first).to_be_visible()


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="there is no R on this machine")
def test_a_console_of_r_does_what_that_of_python_does(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    exp = Exp("In R").node("r", "execute-r-script", script='maml.mapOutputPort("dataset1")')
    exp.table("data", "Price,Size\n1,2\n3,4\n")
    id = server.create(exp.wire("data.dataset", "r.dataset1"))["id"]
    server.run(id, until=["data"])
    user.open_experiment(page, server.url, id)
    user.node(page, "Execute R Script").click()
    expect(page.get_by_role("button", name="Show the debugger")).not_to_be_visible()
    page.get_by_role("button", name="Show the console").click()
    page.get_by_role("button", name="Open a console").click()
    state = page.get_by_role("status", name="State of the console")
    expect(state).to_contain_text("dataset1: 2 × 2", timeout=60_000)
    line = page.get_by_role("textbox", name="Console input")
    line.fill("dataset1$Pr")
    line.press("Tab")
    expect(line).to_have_value("dataset1$Price")
    line.press_sequentially(" <- 7")
    line.press("Enter")
    line.fill("dataset1")
    line.press("Enter")
    expect(page.get_by_role("region", name="Rows of the result")).to_contain_text("7")
    line.fill("plot(1); stop('no good')")
    line.press("Enter")
    said = page.get_by_role("list", name="Console")
    expect(said).to_contain_text("Error: no good")
    expect(said.get_by_role("img", name="Figure 1")).to_be_visible()
    page.get_by_role("button", name="Maximize the results").click()
    axe(page)
    page.get_by_role("button", name="Back to the canvas").click()
    said.get_by_role("button", name="Keep this as script").first.click()
    script = page.get_by_role("textbox", name="R script")
    expect(script).to_contain_text("dataset1$Price <- 7")
    page.get_by_role("button", name="Close", exact=True).click()
    expect(state).to_contain_text("The console has ended")
