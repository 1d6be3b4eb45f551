"""From raw tables to a report by mouse, and a cleaning job with rules by keyboard, without a line of code."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.builders import Exp
from tests.e2e import user
from tests.server import Server

RED = """() => [...document.querySelectorAll('.react-flow__edge-path')]
    .filter(path => path.style.stroke.includes("--studio-danger")).length === 3"""
"""The wire into the node that found broken rows, and those from the rows and from the rules."""


def test_a_sales_report_by_mouse(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/samples")
    page.get_by_role("button", name="Open and run: Sales report").click()
    expect(user.canvas(page)).to_be_visible()
    user.expect_run(page, "Finished")
    facts = page.get_by_role("complementary", name="Properties")
    user.node(page, "Group and Aggregate").click()
    line = facts.get_by_role("figure", name="The same in one line")
    expect(line).to_contain_text('select "region", sum("revenue") as "revenue"')
    expect(line.get_by_role("button", name="Copy this line")).to_be_enabled()
    user.node(page, "Join Data").click()
    expect(line).to_contain_text('join t2 on t1."shop" = t2."shop"')
    expect(facts.get_by_role("figure", name="Matching keys")).to_contain_text("have a partner (100 %)")
    user.node(page, "Report").click()
    facts.get_by_role("button", name="report", exact=False).filter(has_text="report").first.click()
    frame = page.frame_locator("iframe[title]")
    expect(frame.get_by_role("heading", name="Sales of the half-year")).to_be_visible()
    expect(frame.get_by_role("img")).to_have_count(2)
    with page.expect_popup() as opened:
        facts.get_by_role("link", name="Link to the report").click()
    alone = opened.value
    expect(alone.frame_locator("iframe").get_by_role("cell", name="South")).to_be_visible()
    with alone.expect_download() as saved:
        alone.get_by_role("link", name="PDF").click()
    assert Path(saved.value.path()).read_bytes().startswith(b"%PDF-")
    alone.close()

    user.node(page, "Group and Aggregate").click()
    facts.get_by_role("region", name="Next steps").get_by_role("button", name="Plot").click()
    expect(user.node(page, "Plot")).to_have_count(3)
    expect(user.wires(page)).to_have_count(13)
    page.keyboard.press("Control+z")

    user.node(page, "Plot").first.click()
    preview = facts.get_by_role("figure", name="Preview")
    expect(preview.get_by_alt_text("Bars: Sum of revenue by city")).to_be_visible(timeout=user.SLOW)
    facts.get_by_label("Chart").click()
    page.get_by_role("option", name="Boxes").click()
    expect(preview.get_by_alt_text("Boxes: revenue by city")).to_be_visible(timeout=user.SLOW)


def test_a_link_of_a_report_opens_a_tab_of_its_own(page: Page, server: Server) -> None:
    text = "# Sales\n\n[who we are](https://studio.example/about) and [below](#by-city)\n\n## By city"
    run = server.run(
        Exp()
        .table("data", "x\n1\n")
        .node("report", "report", text=text)
        .wire("data.dataset", "report.table1")
    )
    page.context.route(
        "https://studio.example/**", lambda route: route.fulfill(body="told", content_type="text/html")
    )
    page.goto(f"{server.url}/experiments/{run.body['experiment']}/reports/report")
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("link", name="below")).to_have_attribute("href", "#by-city")
    with page.expect_popup() as opened:
        frame.get_by_role("link", name="who we are").click()
    expect(opened.value.get_by_text("told")).to_be_visible()
    assert opened.value.evaluate("[opener, document.referrer]") == [None, ""]
    opened.value.close()
    page.context.unroute("https://studio.example/**")


def test_a_cleaning_job_by_keyboard(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/samples")
    page.get_by_role("button", name="Open and run: Cleaning with rules").press("Enter")
    expect(user.canvas(page)).to_be_visible()
    expect(user.nodes(page).first).to_be_visible()
    user.expect_run(page, "Finished")
    page.wait_for_function(RED)
    user.node(page, "Expectations").focus()
    page.keyboard.press("Enter")
    facts = page.get_by_role("complementary", name="Properties")
    facts.get_by_role("button", name="Broken rows").press("Enter")
    expect(page.get_by_role("grid").get_by_text("mia.berg(at)mail.example").first).to_be_visible()


def test_the_example_of_a_help_opens_as_an_experiment(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/modules/filter-rows")
    example = page.get_by_role("region", name="Example")
    into = example.get_by_role("table", name="In: Dataset")
    expect(into.get_by_role("row")).to_have_count(4)
    expect(
        example.get_by_role("table", name="Out: Kept rows").get_by_role("cell", name="Köln")
    ).to_be_visible()
    example.get_by_role("button", name="Open as an experiment").press("Enter")
    expect(user.nodes(page)).to_have_count(2)
    user.node(page, "Filter Rows").click()
    facts = page.get_by_role("complementary", name="Properties")
    facts.get_by_text("Help for Filter Rows").click()
    expect(facts.get_by_role("table", name="Out: Dropped rows").get_by_role("row")).to_have_count(3)


def test_columns_that_no_run_has_made_are_offered_below(page: Page, server: Server) -> None:
    exp = Exp().table("data", "city,n\nBonn,1\n").node("f", "formula-column", name="twice", formula="n * 2")
    exp.node("s", "sort", keys=[{}]).wire("data.dataset", "f.dataset").wire("f.results_dataset", "s.dataset")
    user.open_experiment(page, server.url, server.create(exp)["id"])
    user.node(page, "Sort").click()
    facts = page.get_by_role("complementary", name="Properties")
    facts.get_by_role("combobox", name="Column").click()
    expect(page.get_by_role("option", name="twice")).to_be_visible()
