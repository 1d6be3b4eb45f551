"""What is kept: a dataset tells where it came from and who uses it; what takes the space, and cleaning up."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.builders import PASS_ON, Exp, chain
from tests.e2e import user
from tests.server import Server


def test_a_saved_output_links_to_what_made_it_and_back(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    source = server.upload("barley.csv", "a\n51\n").json()
    exp = Exp("Brew").node("d", "dataset", dataset="barley").script("s").wire("d.dataset", "s.dataset1")
    run = server.run(exp)
    user.open_experiment(page, server.url, run.body["experiment"])
    user.node(page, "Execute Python").click()
    page.get_by_role("complementary", name="Properties").get_by_role("button", name="1 row").click()
    page.get_by_role("button", name="Save as dataset").click()
    page.get_by_role("dialog").get_by_role("textbox", name="Name").fill("beer")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved the dataset “beer”", exact=False)).to_be_visible()
    page.goto(f"{server.url}/datasets/{source['id']}")
    page.get_by_role("region", name="Lineage").get_by_role("link", name="beer v1").click()
    expect(page.get_by_role("heading", name="beer")).to_be_visible()
    lineage = page.get_by_role("region", name="Lineage")
    expect(lineage).to_contain_text("Saved from Execute Python Script in run 1 of Brew, made from barley v1")
    axe(page)
    lineage.get_by_role("link", name="run 1 of Brew").click()
    expect(user.canvas(page)).to_be_visible()


def test_an_experiment_stays_at_a_version_or_follows_the_latest(page: Page, server: Server) -> None:
    first = server.upload("malt.csv", "a\n1\n2\n").json()
    server.upload("malt.csv", "a\n1\n", new_version_of=first["id"])
    exp = server.create(Exp("Mash").node("d", "dataset", dataset="malt"))
    user.open_experiment(page, server.url, exp["id"])
    user.node(page, "malt").click()
    properties = page.get_by_role("complementary", name="Properties")
    version = properties.get_by_role("combobox", name="Version")
    expect(version).to_have_value("Latest, now 2")
    version.click()
    page.get_by_role("option", name="Stay at version 1").click()
    expect(version).to_have_value(re.compile("^Stay at version 1"))
    user.run(page)
    expect(properties.get_by_role("button", name="2 rows")).to_be_visible(timeout=user.SLOW)
    assert server.get(f"experiments/{exp['id']}")["nodes"][0]["params"] == {"dataset": "malt@1"}
    version.click()
    page.get_by_role("option", name="Latest, now 2").click()
    user.run(page)
    expect(properties.get_by_role("button", name="1 row")).to_be_visible(timeout=user.SLOW)


def test_who_uses_a_dataset_is_shown_before_it_goes(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    source = server.upload("hops.csv", "a\n52\n").json()
    server.create(Exp("Pale ale").node("d", "dataset", dataset="hops"))
    page.goto(f"{server.url}/datasets/{source['id']}")
    page.get_by_role("button", name="Actions for hops").click()
    page.get_by_role("menuitem", name="Delete").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("1 experiment uses it and will not run without it")
    axe(page)
    dialog.get_by_role("link", name="Pale ale").click()
    expect(user.canvas(page)).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert server.get(f"datasets/{source['id']}")["name"] == "hops"


def test_what_takes_the_space_is_shown_and_cleaned_up(
    page: Page, server: Server, axe_in_both: Callable[[Page], None]
) -> None:
    name = f"Barrel {time.monotonic_ns()}"
    exp = Exp(name).table("t", "bright,cask\n39595,30035\n").script("s").wire("t.dataset", "s.dataset1")
    first = server.run(exp)
    id = first.body["experiment"]
    document = server.get(f"experiments/{id}")
    document["nodes"][0]["params"]["data"] = "bright,cask\n3,4\n"
    server.http.put(f"experiments/{id}", json=document, headers={"If-Match": str(document["revision"])})
    server.run(id)
    page.goto(server.url)
    page.get_by_role("button", name="Account").click()
    page.get_by_role("menuitem", name="Usage and clean-up").click()
    table = page.get_by_role("table", name="Experiments by size")
    expect(table.get_by_role("link", name=name)).to_be_visible()
    expect(page.get_by_text("on this disk are free")).to_be_visible()
    axe_in_both(page)
    page.get_by_role("button", name="Clean up").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("computed again when they are needed", timeout=user.SLOW)
    axe_in_both(page)
    dialog.get_by_role("button", name="Clean up").click()
    expect(page.get_by_text("were freed", exact=False)).to_be_visible(timeout=user.SLOW)
    old = first.output("t.dataset")["artifact"]
    assert server.http.get(f"artifacts/{old}/rows").status_code == 410


def test_a_node_is_pinned_to_what_it_left_and_let_go(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    exp = server.run(chain(PASS_ON, PASS_ON, csv="x\n87\n")).body["experiment"]

    def choose(verb: str) -> None:
        user.node_of(page, "s1").click(button="right")
        page.get_by_role("menuitem", name=verb).click()

    def pinned() -> dict[str, str]:
        user.expect_saved(page)
        return server.get(f"experiments/{exp}")["nodes"][1].get("pinned", {})

    user.open_experiment(page, server.url, exp)
    user.expect_run(page, "Finished")
    choose("Pin this result")
    kept = "Execute Python Script, Result Dataset (pinned)@"
    mark = user.node_of(page, "s1").get_by_role("img", name=f"Pinned: a run takes {kept}")
    expect(mark).to_be_visible()
    axe(page)
    assert pinned()["result_dataset"].startswith(kept)
    user.run(page)
    expect(user.node_of(page, "data").get_by_role("img", name="Skipped")).to_be_visible(timeout=user.SLOW)
    user.node_of(page, "data").get_by_role("img", name="Skipped").hover()
    expect(page.get_by_role("tooltip").filter(has_text="below needs it")).to_be_visible()
    user.expect_run(page, "Finished")
    page.keyboard.press("Control+z")
    expect(mark).to_have_count(0)
    page.keyboard.press("Control+Shift+z")
    expect(mark).to_be_visible()
    choose("Unpin")
    expect(mark).to_have_count(0)
    assert pinned() == {}
