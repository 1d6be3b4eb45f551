"""What a node prints, and how far it is: seen while it runs, and as it was when it comes from the cache."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.builders import chain
from tests.e2e import user
from tests.server import Server

BARS = """import sys, time
from tqdm import tqdm
def azureml_main(df):
    print('\x1b[32mgreen\x1b[0m and plain')
    for i in tqdm(range(8), desc='fitting'):
        studio.progress(i / 8)
        print('step', i)
        time.sleep(0.8)
    return df,
"""


def test_bars_colors_and_progress_are_seen_live_and_again(page: Page, server: Server, tmp_path: Path) -> None:
    id = server.create(chain(BARS))["id"]
    user.open_experiment(page, server.url, id)
    user.run(page)
    script = user.node(page, "Execute Python")
    bar = script.get_by_role("progressbar")
    expect(bar).to_have_attribute("aria-valuenow", re.compile(".."))
    script.click()
    script.get_by_role("button", name="Output Result Dataset (table)").click()
    results = page.get_by_role("complementary", name="Results")
    results.get_by_role("tab", name="Log").click()
    log = results.get_by_role("log")
    expect(log).to_contain_text(re.compile(r"fitting: +\d+%\|.*/8 "))
    user.expect_run(page, "Finished")
    expect(bar).to_have_count(0)
    expect_look(log)
    user.run(page)
    expect(script.get_by_role("img", name="Finished, from the cache")).to_be_visible()
    expect_look(log)
    results.get_by_role("searchbox", name="Search the log").fill("STEP")
    expect(results.get_by_text("1 of 8")).to_be_visible()
    results.get_by_role("button", name="Next match").click()
    expect(results.get_by_text("2 of 8")).to_be_visible()
    with page.expect_download() as saved:
        results.get_by_role("button", name="Save the log as a file").click()
    saved.value.save_as(tmp_path / "log.txt")
    assert "step 7\n" in (tmp_path / "log.txt").read_text()


LONG = """def azureml_main(df):
    for i in range(500_000):
        print('line', i)
    return df,
"""


def test_a_very_long_log_does_not_stop_the_page(page: Page, server: Server, tmp_path: Path) -> None:
    run = server.run(chain(LONG)).body
    user.open_experiment(page, server.url, run["experiment"])
    user.node(page, "Execute Python").dblclick()
    opened = page.get_by_role("dialog", name="Execute Python Script, opened")
    opened.get_by_role("tab", name="Log").click()
    log = opened.get_by_role("log")
    expect(log.get_by_text("line 499999", exact=True)).to_be_in_viewport()
    assert log.locator("*").count() < 5_000
    log.evaluate("e => e.scrollTo(0, 0)")
    expect(log.get_by_text("line 0", exact=True)).to_be_in_viewport()
    opened.get_by_role("searchbox", name="Search the log").fill("line 499998")
    expect(opened.get_by_text("1 of 1")).to_be_visible()
    expect(log.get_by_text("line 499998")).to_be_in_viewport()
    with page.expect_download() as saved:
        opened.get_by_role("button", name="Save the log as a file").click()
    saved.value.save_as(tmp_path / "log.txt")
    kept = server.http.get(f"runs/{run['id']}/nodes/s1/log").text
    assert (tmp_path / "log.txt").read_text().strip() == kept.strip()


def expect_look(log: Locator) -> None:
    expect(log).to_contain_text(re.compile(r"fitting: 100%\|█+\| 8/8 "))
    assert log.inner_text().count("fitting") == 1
    assert "\x1b" not in log.inner_text()
    expect(log.get_by_text("green", exact=True)).to_have_css("color", re.compile("rgb"))
