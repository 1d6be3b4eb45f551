"""Bringing files in: pieces, breaks, the review, refusals, pasted tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from tests.e2e import user
from tests.server import Server

ROWS = 1_500_000


@pytest.fixture
def page(page: Page, server: Server) -> Page:
    """At the list that files come into."""
    page.goto(f"{server.url}/datasets")
    return page


def choose(page: Page, *files: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Upload", exact=True).click()
    chooser.value.set_files([str(file) for file in files])


def offset(request: Request) -> list[int]:
    """Where the piece of a file begins that this request brings; empty for any other request."""
    return [int(request.headers["upload-offset"])] if request.method == "PATCH" else []


def keep_as_guessed(page: Page) -> None:
    """Asks for the review, as it may or may not open by itself: that hangs on how long the upload took."""
    ask = page.get_by_role("region", name="Uploads").get_by_role("button", name="Review", exact=True)
    ask.dispatch_event("click")  # it may lie below the review by now
    user.keep_reviewed(page)


def test_an_upload_is_paused_broken_off_and_goes_on(page: Page, server: Server, tmp_path: Path) -> None:
    file = tmp_path / "wide river.csv"
    file.write_bytes(b"name,n\n" + b"".join(b"row%09d,%d\n" % (row, row) for row in range(ROWS)))
    pieces: list[int] = []
    page.on("request", lambda request: pieces.extend(offset(request)))
    tray = page.get_by_role("region", name="Uploads")
    choose(page, file)
    tray.get_by_role("button", name="Pause upload of wide river.csv").click()
    expect(tray.get_by_text("paused")).to_be_visible()
    page.context.set_offline(True)
    tray.get_by_role("button", name="Resume upload of wide river.csv").click()
    expect(tray.get_by_text("connection lost, trying again", exact=False)).to_be_visible()
    page.context.set_offline(False)
    expect(tray.get_by_text("not imported yet")).to_be_visible(timeout=60_000)
    keep_as_guessed(page)
    expect(tray.get_by_role("link", name="wide river")).to_be_visible(timeout=60_000)
    expect(tray.get_by_text("1,500,000 rows × 2 columns")).to_be_visible()
    sent = len(pieces)

    # Chosen once more it is refused by its name before anything is sent, and becomes a version by one click.
    choose(page, file)
    expect(tray.get_by_text("There is a dataset named 'wide river' already", exact=False)).to_be_visible()
    assert len(pieces) == sent
    tray.get_by_role("button", name="Save as new version").click()
    expect(tray.get_by_text("not imported yet")).to_be_visible(timeout=60_000)
    keep_as_guessed(page)
    expect(tray.get_by_text("version 2", exact=False)).to_be_visible(timeout=60_000)


def test_lines_above_the_header_are_skipped_by_a_click(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "titled.csv"
    file.write_text("Extract of May\n\na,b\n1,2\n3,4\n")
    choose(page, file)
    review = page.get_by_role("dialog", name="Review “titled.csv”")
    review.get_by_role("button", name="Skip 2 lines").click()
    expect(review.get_by_role("region", name="First rows").get_by_role("row", name="3 4")).to_be_visible()
    expect(review.get_by_label("Lines to skip")).to_have_value("2")
    expect(review.get_by_role("button", name="Import", exact=True)).to_be_enabled()


RAGGED = "id;age;weight\n007;30;70,5\n008;x;71,5\n009;31\n010;32;72,5\n"


def test_a_file_is_looked_at_changed_and_kept_without_its_bad_rows(
    page: Page, tmp_path: Path, axe: Callable[[Page], None]
) -> None:
    file = tmp_path / "ragged lines.csv"
    file.write_text(RAGGED)
    pieces: list[int] = []
    page.on("request", lambda request: pieces.extend(offset(request)))
    choose(page, file)
    review = page.get_by_role("dialog", name="Review “ragged lines.csv”")
    rows = review.get_by_role("region", name="First rows")
    expect(rows.get_by_role("row", name="007 30 70,5")).to_be_visible()
    faults = review.get_by_role("region", name="Rows that break a rule")
    expect(faults.get_by_role("row", name="4 it has 2 values, but the first line has 3")).to_be_visible()
    expect(review.get_by_role("button", name="Import (1 row in the way)")).to_be_disabled()

    review.get_by_label("Type of column age").select_option("Integer")
    review.get_by_role("button", name="Read as number like 1.234,5: column weight").click()
    review.get_by_label("Name of column age").fill("years")
    expect(rows.get_by_role("row", name="007 30 70.5")).to_be_visible()
    expect(faults.get_by_role("row", name="3 years is 'x', which is not an integer")).to_be_visible()
    review.get_by_text("Set them aside, import the rest").click()
    axe(page)
    tray = user.keep_reviewed(page)
    expect(tray.get_by_text("2 rows set aside as “ragged lines rejects”.")).to_be_visible()
    assert len(pieces) == 1
    tray.get_by_role("link", name="ragged lines").click()
    expect(page.get_by_text("2 rows of the file broke a rule and were set aside")).to_be_visible()
    page.get_by_role("link", name="show them").click()
    expect(page.get_by_role("heading", name="ragged lines rejects")).to_be_visible()


def test_na_is_kept_as_a_word_where_a_person_says_so(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "countries.csv"
    file.write_text("country,iso,id\nNamibia,NA,1234567890123456789\nGermany,DE,2\n")
    choose(page, file)
    rows = page.get_by_role("dialog", name="Review “countries.csv”").get_by_role("region", name="First rows")
    expect(rows.get_by_role("row", name="Namibia missing 1234567890123456789")).to_be_visible()
    page.get_by_role("button", name="Missing values of iso").click()
    page.get_by_role("checkbox", name="Treat NA, null and the like as values").check()
    expect(rows.get_by_role("row", name="Namibia NA 1234567890123456789")).to_be_visible()


def test_what_cannot_be_read_is_read_otherwise_or_discarded(
    page: Page, server: Server, tmp_path: Path
) -> None:
    file = tmp_path / "open quote.csv"
    file.write_text('a,b\n1,"2\n')
    choose(page, file)
    review = page.get_by_role("dialog", name="Review “open quote.csv”")
    expect(review.get_by_role("alert")).to_contain_text("is never closed")
    expect(
        review.get_by_role("combobox", name="Separator")
    ).to_be_visible()  # it may be read otherwise as CSV too
    review.get_by_role("combobox", name="Format").click()
    page.get_by_role("option", name="Plain text").click()
    expect(review.get_by_text("2 rows × 1 column")).to_be_visible()
    review.get_by_role("button", name="Discard").click()
    expect(review).to_be_hidden()
    assert "open quote" not in {dataset["name"] for dataset in server.get("datasets")["items"]}


def test_who_does_not_want_to_look_first_says_so_once(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "trusted.csv"
    file.write_text("a\n1\n")
    choose(page, file)
    page.get_by_role("dialog", name="Review “trusted.csv”").get_by_role("button", name="Later").click()
    tray = page.get_by_role("region", name="Uploads")
    tray.get_by_role("checkbox", name="Review files before the import").uncheck()
    tray.get_by_role("button", name="Import as detected").click()
    expect(tray.get_by_role("link", name="trusted")).to_be_visible()
    page.reload()
    other = tmp_path / "trusted too.csv"
    other.write_text("a\n1\n")
    choose(page, other)
    expect(tray.get_by_role("link", name="trusted too")).to_be_visible()


def test_a_table_copied_from_a_spreadsheet_is_pasted(page: Page) -> None:
    page.get_by_role("heading", name="Datasets").wait_for()
    page.evaluate("""() => {
        const clipboard = new DataTransfer();
        clipboard.setData('text/plain', 'city\\tpeople\\nUlm\\t128928\\n');
        document.body.dispatchEvent(new ClipboardEvent('paste', {clipboardData: clipboard, bubbles: true}));
    }""")
    tray = user.keep_reviewed(page)
    expect(tray.get_by_text("1 row × 2 columns")).to_be_visible()
    expect(tray.get_by_role("link", name="Pasted", exact=False)).to_be_visible()


def test_nothing_is_sent_twice_after_the_tab_was_closed_in_a_review(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "sent once.csv"
    file.write_text("a\n1\n")
    pieces: list[int] = []
    page.on("request", lambda request: pieces.extend(offset(request)))
    page.on("dialog", lambda dialog: dialog.accept())
    for _ in range(2):
        page.get_by_role("link", name="Datasets").click()
        choose(page, file)
        expect(page.get_by_role("dialog", name="Review “sent once.csv”")).to_be_visible()
        page.reload()
    assert len(pieces) == 1


def test_a_dataset_is_used_in_a_new_experiment_from_its_page(page: Page, server: Server) -> None:
    dataset = server.upload("apples.csv", "a,b\n1,2\n3,4\n").json()
    server.wait_for_dataset(dataset["id"])
    page.goto(f"{server.url}/datasets/{dataset['id']}")
    page.get_by_role("button", name="Use in a new experiment").click()
    expect(user.canvas(page)).to_be_visible()
    expect(user.nodes(page)).to_have_count(1)
    expect(user.node(page, "apples")).to_be_visible()
    experiment = server.get(f"experiments/{page.url.rpartition('/')[2]}")
    assert [node["params"]["dataset"] for node in experiment["nodes"]] == ["apples"]
    user.run(page)
    user.expect_run(page, "Finished")
    page.go_back()
    expect(page.get_by_role("heading", name="apples")).to_be_visible()
