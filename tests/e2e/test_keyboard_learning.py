"""From a CSV to a ROC curve without a pointer: only the file itself is given to the browser's file dialog."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from tests.e2e import user
from tests.e2e.test_models import ROWS
from tests.server import Server

FAR = 60
"""No control that the journey needs lies farther than so many stops of the Tab key."""


def tab_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Presses Tab until the control has the focus, as somebody without a mouse does."""
    expect(wanted).to_be_visible(timeout=user.SLOW)
    passed: list[str] = []
    for _ in range(FAR):
        if wanted.evaluate("one => one === document.activeElement"):
            expect(wanted).to_be_in_viewport()
            return
        page.keyboard.press(key)
        passed.append(page.evaluate("document.activeElement.ariaLabel || document.activeElement.innerText"))
    raise AssertionError(f"{key} never came to {wanted}, but to {passed}")


def next_part(page: Page, name: str) -> None:
    """To the next part of the screen, which is this panel."""
    page.keyboard.press("F6")
    page.wait_for_function(f"() => document.activeElement.closest('[data-panel={name}]')")


def wait_for_node(page: Page, name: str) -> None:
    """The node has the focus: the next key is about it."""
    expect(page.locator(f"{user.NODE}:focus")).to_have_accessible_name(
        re.compile(rf"^(.*: )?{re.escape(name)}")
    )


def add(page: Page, name: str) -> None:
    """A node below the focused one, wired to it if a port fits."""
    page.keyboard.press("/")
    expect(page.get_by_role("dialog", name="Add a module")).to_be_visible()
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    wait_for_node(page, name)


def feed(page: Page, input: str, output: str) -> None:
    """A wire into this port of the focused node."""
    at = page.locator(f"{user.NODE}:focus")
    name, id = at.get_attribute("aria-label") or "", at.get_attribute("data-id") or ""
    tab_to(page, user.node_of(page, id).get_by_role("button", name=re.compile(f"^Input {input}")))
    page.keyboard.press("Enter")
    chooser = page.get_by_role("dialog", name="Connect from which output?")
    expect(chooser).to_be_visible()
    page.keyboard.type(output)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("^Undo: Connect"))).to_be_enabled()
    page.keyboard.press("Escape")
    wait_for_node(page, name)


def upload(page: Page, file: Path) -> None:
    tab_to(page, page.get_by_role("link", name="Datasets", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Datasets", level=1)).to_be_visible()
    expect(page.get_by_role("table", name="Datasets")).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Upload", exact=True))
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(str(file))
    tray = page.get_by_role("region", name="Uploads")
    review = page.get_by_role("dialog", name="Review")
    keep = review.get_by_role("button", name="Import", exact=True)
    ask = tray.get_by_role("button", name="Review", exact=True)
    expect(keep.or_(ask).first).to_be_visible(timeout=user.SLOW)
    try:  # it opens by itself, unless the upload took long
        keep.wait_for(timeout=5000)
    except PlaywrightTimeoutError:
        tab_to(page, ask)
        page.keyboard.press("Enter")
    expect(keep).to_be_enabled(timeout=user.SLOW)
    expect(review.locator(":focus")).to_have_count(1)
    tab_to(page, keep)
    page.keyboard.press("Enter")
    expect(tray.get_by_role("link", name=file.stem)).to_be_visible(timeout=user.SLOW)


def test_from_a_csv_to_a_roc_curve_by_keys_alone(page: Page, server: Server, tmp_path: Path) -> None:
    file = tmp_path / "keyed.csv"
    file.write_text(ROWS)
    page.goto(server.url)
    upload(page, file)
    tab_to(page, page.get_by_role("link", name="Experiments", exact=True))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name=re.compile("^New experiment")).first)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Start with data")).to_be_visible()

    add(page, "keyed")
    add(page, "Split Data")
    page.keyboard.press("Control+Shift+Space")
    add(page, "Two-Class Boosted Decision Tree")
    add(page, "Train Model")
    feed(page, "Dataset", "Split Data results dataset1")
    next_part(page, "properties")
    label = page.get_by_role("combobox", name=re.compile("^Label column"))
    tab_to(page, label)
    page.keyboard.type("y")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(label).to_have_value("y")
    page.keyboard.press("Control+Shift+Space")
    wait_for_node(page, "Train Model")
    add(page, "Score Model")
    feed(page, "Dataset", "Split Data results dataset2")
    add(page, "Evaluate Model")
    user.expect_saved(page)
    page.keyboard.press("Control+Enter")
    user.expect_run(page, "Finished")

    page.keyboard.press("V")
    evaluation = page.get_by_role("group", name="Evaluation")
    expect(evaluation.get_by_role("img", name="ROC curve")).to_be_visible()
    next_part(page, "properties")
    next_part(page, "results")
    threshold = evaluation.get_by_role("textbox", name="Threshold as a number")
    tab_to(page, threshold)
    page.keyboard.press("Control+A")
    page.keyboard.type("0.9")
    expect(evaluation.get_by_role("table", name="Confusion matrix at threshold 0.9")).to_be_visible()
    use = evaluation.get_by_role("button", name="Use this threshold")
    tab_to(page, use, "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Threshold 0.9 is set in Train Model")).to_be_visible()
    page.keyboard.press("Control+Shift+Space")
    wait_for_node(page, "Evaluate Model")
