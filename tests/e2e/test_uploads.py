"""Bringing files in: pieces, breaks, refusals, pasted tables."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.server import Server

ROWS = 1_500_000


def choose(page: Page, *files: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Upload", exact=True).click()
    chooser.value.set_files([str(file) for file in files])


def test_an_upload_is_paused_broken_off_and_goes_on(page: Page, server: Server, tmp_path: Path) -> None:
    file = tmp_path / "wide river.csv"
    file.write_bytes(b"name,n\n" + b"".join(b"row%09d,%d\n" % (row, row) for row in range(ROWS)))
    pieces: list[int] = []
    page.on(
        "request",
        lambda request: request.method == "PATCH" and pieces.append(int(request.headers["upload-offset"])),
    )
    page.get_by_role("link", name="Datasets").click()
    tray = page.get_by_role("region", name="Uploads")
    choose(page, file)
    tray.get_by_role("button", name="Pause upload of wide river.csv").click()
    expect(tray.get_by_text("paused")).to_be_visible()
    page.context.set_offline(True)
    tray.get_by_role("button", name="Go on with upload of wide river.csv").click()
    page.wait_for_timeout(700)
    page.context.set_offline(False)
    expect(tray.get_by_role("link", name="wide river")).to_be_visible(timeout=60_000)
    expect(tray.get_by_text("1,500,000 rows × 2 columns")).to_be_visible()
    sent = len(pieces)

    # Chosen once more it is refused by its name before anything is sent, and becomes a version by one click.
    choose(page, file)
    expect(tray.get_by_text("There is a dataset named 'wide river' already", exact=False)).to_be_visible()
    assert len(pieces) == sent
    tray.get_by_role("button", name="Save as new version").click()
    expect(tray.get_by_text("version 2", exact=False)).to_be_visible(timeout=60_000)


def test_a_mended_refusal_sends_nothing_twice(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "ragged lines.csv"
    file.write_text("a,b\n1,2\n1,2,3\n")
    pieces: list[str] = []
    page.on("request", lambda request: request.method == "PATCH" and pieces.append(request.url))
    page.get_by_role("link", name="Datasets").click()
    tray = page.get_by_role("region", name="Uploads")
    choose(page, file)
    expect(tray.get_by_text("Line 3", exact=False).first).to_be_visible()
    tray.get_by_role("combobox", name="Read it as").click()
    page.get_by_role("option", name="Plain text").click()
    tray.get_by_role("button", name="Try again").click()
    expect(tray.get_by_role("link", name="ragged lines")).to_be_visible()
    assert len(pieces) == 1


def test_a_table_copied_from_a_spreadsheet_is_pasted(page: Page) -> None:
    page.get_by_role("link", name="Datasets").click()
    page.get_by_role("heading", name="Datasets").wait_for()
    page.evaluate("""() => {
        const clipboard = new DataTransfer();
        clipboard.setData('text/plain', 'city\\tpeople\\nUlm\\t128928\\n');
        document.body.dispatchEvent(new ClipboardEvent('paste', {clipboardData: clipboard, bubbles: true}));
    }""")
    tray = page.get_by_role("region", name="Uploads")
    expect(tray.get_by_text("1 row × 2 columns")).to_be_visible()
    expect(tray.get_by_role("link", name="Pasted", exact=False)).to_be_visible()
