"""A person looks at data: shapes, charts, two versions, and takes it elsewhere."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.builders import chain
from tests.e2e import user
from tests.server import Server

PEOPLE = "id,age,city\n" + "".join(f"{n},{20 + n % 50},{'Oslo' if n % 3 else 'Rome'}\n" for n in range(300))


def open_dataset(page: Page, server: Server, name: str, text: str, **fields: str) -> dict:
    dataset = server.upload(f"{name}.csv", text, **fields).json()
    page.goto(f"{server.url}/datasets/{dataset['id']}")
    expect(page.get_by_role("grid")).to_be_visible()
    return dataset


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("form", name="Chart").get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()


def drawn(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name="Picture").get_by_role("img", name=name)


def test_columns_are_pinned_hidden_moved_and_searched(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    open_dataset(page, server, "arranged", PEOPLE)
    heads = page.get_by_role("grid").get_by_role("columnheader")
    expect(heads.nth(3)).to_contain_text("2 unique")
    axe(page)
    page.get_by_role("columnheader", name="city, text").click(button="right")
    page.get_by_role("menuitem", name="Pin to the left").click()
    expect(heads.nth(1)).to_have_accessible_name("city, text, pinned")
    page.get_by_role("columnheader", name="id, integer").click(button="right")
    page.get_by_role("menuitem", name="Hide").click()
    expect(page.get_by_role("columnheader", name="id, integer")).to_have_count(0)
    page.get_by_role("searchbox", name="Search the rows").fill("rome")
    expect(page.get_by_text("100 of 300 rows × 3 columns")).to_be_visible()
    page.get_by_role("button", name="Use this view").click()
    axe(page)


def test_cells_are_copied_for_a_spreadsheet(new_page: Callable[..., Page], server: Server) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    open_dataset(page, server, "copied", PEOPLE)
    page.get_by_role("gridcell", name="20", exact=True).first.click()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Control+c")
    expect(page.get_by_text("Copied 2 rows × 2 columns.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "20\tRome\n21\tOslo"


def test_charts_are_drawn_compared_and_saved(page: Page, server: Server, axe: Callable[[Page], None]) -> None:
    open_dataset(page, server, "charted", PEOPLE)
    page.get_by_role("columnheader", name="age, integer").click(button="right")
    page.get_by_role("menuitem", name="Draw a chart").click()
    expect(drawn(page, "Histogram of age")).to_be_visible()
    axe(page)
    choose(page, "Compare to", "city")
    expect(drawn(page, "Box of age and city")).to_be_visible()
    choose(page, "Compare to", "id")
    expect(drawn(page, "Scatter of age and id")).to_be_visible()
    for format, start in (("PNG", b"\x89PNG"), ("SVG", b"<svg")):
        page.get_by_role("button", name="Save the chart").click()
        with page.expect_download() as download:
            page.get_by_role("menuitem", name=f"As {format}").click()
        content = Path(download.value.path()).read_bytes()
        assert content.startswith(start)
        assert b"var(--" not in content
    page.get_by_role("switch", name="Correlation of all columns").check()
    expect(drawn(page, "Correlation of all columns")).to_be_visible()


def test_ids_keep_every_digit_and_long_texts_are_copied_whole(
    new_page: Callable[..., Page], server: Server
) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    rows = "".join(f"{2**53 + n},{'x' * 20_000}{n}\n" for n in range(60))
    open_dataset(page, server, "exact", f"id,note\n{rows}")
    grid = page.get_by_role("grid")
    heads = grid.get_by_role("columnheader")
    expect(heads.nth(2)).to_contain_text("60 unique")
    page.get_by_role("columnheader", name="id, integer").click(button="right")
    page.get_by_role("menuitem", name="Filter…").click()
    page.get_by_role("textbox", name="Value").fill(str(2**53 + 7))
    page.get_by_role("button", name="Add filter").click()
    expect(page.get_by_text("1 of 60 rows × 2 columns")).to_be_visible()
    cell = grid.get_by_role("gridcell", name=str(2**53 + 7), exact=True)
    cell.click()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Control+C")
    expect(page.get_by_text("Copied 1 row × 2 columns.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{2**53 + 7}\t{'x' * 20_000}7"
    cell.click()
    facts = page.get_by_role("complementary", name="Column id")
    expect(facts.get_by_text("Of 1 of 60 rows")).to_be_visible()
    expect(facts.get_by_text(str(2**53 + 7), exact=True).first).to_be_visible()


def test_a_table_in_a_narrow_pane_has_its_tools_in_two_rows(page: Page, server: Server) -> None:
    made = server.run(chain("def azureml_main(df):\n    return df,\n"))
    user.open_experiment(page, server.url, made.body["experiment"])
    user.node(page, "Execute Python").dblclick()
    table = page.get_by_role("region", name="Result Dataset")
    bar = table.locator("header")
    expect(bar.get_by_role("button", name="Download")).to_be_visible()
    assert bar.evaluate("e => e.clientHeight") < 80
    bar.get_by_role("button", name="Save as dataset").click()
    expect(page.get_by_role("dialog", name="Save as dataset")).to_be_visible()


def test_every_file_of_a_large_bundle_can_be_read(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(1_200):
            archive.writestr(f"part/file {number}.txt", f"number {number}\n")
    bundle = server.upload("thousand.zip", buffer.getvalue()).json()
    page.goto(f"{server.url}/datasets/{bundle['id']}")
    files = page.get_by_role("region", name="Files")
    expect(files.get_by_text("1,200 files")).to_be_visible()
    files.get_by_role("button", name="part").click()
    axe(page)
    expect(files.get_by_role("button", name="file 2.txt", exact=True)).to_be_visible()
    files.evaluate("e => e.scrollTo(0, e.scrollHeight)")
    files.get_by_role("button", name="file 1199.txt").click()
    expect(page.get_by_role("region", name="Text of part/file 1199.txt")).to_have_text("number 1199\n")


def test_two_versions_lie_side_by_side(page: Page, server: Server, axe: Callable[[Page], None]) -> None:
    first = server.upload("told-apart.csv", PEOPLE).json()
    later = PEOPLE.replace("\n7,27,Oslo", "\n7,99,Oslo") + "900,30,Rome\n"
    open_dataset(page, server, "told-apart", later, new_version_of=first["id"])
    page.get_by_role("button", name="Version 2").click()
    page.get_by_role("menuitem", name="Compare with version 1").click()
    expect(page.get_by_role("heading", name="told-apart, version 1 → told-apart, version 2")).to_be_visible()
    page.get_by_role("combobox", name="Match rows by these columns").click()
    page.get_by_role("option", name="id", exact=True).click()
    page.keyboard.press("Escape")
    expect(page.get_by_text("299 rows the same")).to_be_visible()
    axe(page)
    page.get_by_text("1 changed").click()
    expect(page.get_by_role("cell", name="27 99")).to_be_visible()
    axe(page)


def test_a_view_becomes_a_node_that_runs(page: Page, server: Server) -> None:
    made = server.run(chain("def azureml_main(df):\n    return df,\n"))
    user.open_experiment(page, server.url, made.body["experiment"])
    user.node(page, "Execute Python").click()
    page.get_by_role("complementary", name="Properties").get_by_role("button", name="3 rows").click()
    page.get_by_role("searchbox", name="Search the rows").fill("2")
    expect(page.get_by_text("1 of 3 rows × 1 column")).to_be_visible()
    page.get_by_role("button", name="Use this view").click()
    page.get_by_role("menuitem", name="Add as module").click()
    expect(user.node(page, "Apply SQL")).to_be_visible()
    user.expect_saved(page)
    experiment = server.get(f"experiments/{made.body['experiment']}")
    [sql] = [node for node in experiment["nodes"] if node["module"] == "apply-sql-transformation"]
    run = server.run(made.body["experiment"])
    assert run.rows(f"{sql['id']}.results_dataset") == [[2]]


def test_the_code_for_a_notebook_runs_as_printed(page: Page, server: Server) -> None:
    open_dataset(page, server, "taken-along", PEOPLE)
    page.get_by_role("button", name="Download", exact=True).click()
    page.get_by_role("menuitem", name="Open in a notebook").click()
    code = page.get_by_role("region", name="Python code").inner_text()
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.stdout.strip() == "(300, 3)", ran.stderr  # a library's threads may abort at the very end
    page.get_by_role("tab", name="R", exact=True).click()
    code = page.get_by_role("region", name="R code").inner_text()
    if shutil.which("Rscript"):
        ran = subprocess.run(["Rscript", "-e", code], capture_output=True, text=True, timeout=60, check=False)
        assert ran.stdout.startswith("[1] 300   3\n"), ran.stderr
    page.get_by_role("button", name="Revoke tokens").click()
    tokens = page.get_by_role("table", name="Notebook tokens")
    mine = tokens.get_by_role("row").filter(has_text="taken-along")
    expect(mine).to_be_visible()
    mine.get_by_role("button", name="Revoke the token").click()
    expect(mine).to_have_count(0)


def test_days_have_no_midnights_and_a_mean_day_is_a_day(page: Page, server: Server) -> None:
    rows = "".join(f"2023-12-{1 + n % 20:02},2023-12-01 0{n % 9}:30,{'ab'[n % 2]}\n" for n in range(40))
    open_dataset(page, server, "days", "day,moment,k\n" + rows)
    expect(page.get_by_role("gridcell", name="2023-12-01", exact=True).first).to_be_visible()
    expect(page.get_by_role("gridcell", name="2023-12-01 00:30:00", exact=True).first).to_be_visible()
    page.get_by_role("gridcell", name="2023-12-01", exact=True).first.click()
    expect(page.get_by_text("2023-12-20", exact=True).first).to_be_visible()
    expect(page.get_by_text("00:00:00")).to_have_count(0)
    page.get_by_role("columnheader", name="k, text").click(button="right")
    page.get_by_role("menuitem", name="Draw a chart").click()
    choose(page, "Compare to", "day")
    choose(page, "Drawn as", "Bars")
    choose(page, "Bars show", "Mean")
    said = page.get_by_role("group", name="Picture").locator("title", has_text="a: 2023-12-10")
    expect(said).to_be_attached()
