"""What is on the screen is true: results of an older dataset, a run of the past, what is being saved."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.builders import PASS_ON, Exp, chain
from tests.e2e import user
from tests.server import Server

ONE, TWO = "a\n1\n", "a,b\n1,2\n3,4\n5,6\n"


def upload(server: Server, csv: str) -> dict[str, Any]:
    """A dataset of a name that no other test has, nor this one when it is run again."""
    return dict(server.upload(f"orders {uuid.uuid4().hex[:8]}.csv", csv).json())


def follow(server: Server, name: str) -> str:
    exp = Exp(f"Follow {name}").node("d", "dataset", dataset=name).script("s", PASS_ON)
    return str(server.create(exp.wire("d.dataset", "s.dataset1"))["id"])


def test_a_new_version_makes_results_stale_at_once_in_all_tabs(page: Page, server: Server) -> None:
    first = upload(server, ONE)
    name = first["name"]
    id = follow(server, name)
    server.run(id)
    other = page.context.new_page()
    for tab in (page, other):
        user.open_experiment(tab, server.url, id)
        user.expect_run(tab, "Finished")
        expect(tab.get_by_role("img", name="Finished, stale")).to_have_count(0)
    user.node_of(page, "d").click()
    panel = page.get_by_role("complementary", name="Properties")
    expect(panel.get_by_text("1 row × 1 column").first).to_be_visible()
    second = server.upload(f"{name}.csv", TWO, new_version_of=first["id"]).json()
    for tab in (page, other):
        expect(tab.get_by_role("region", name="Stale results")).to_contain_text(
            "2 results are stale", timeout=user.SLOW
        )
        expect(tab.get_by_role("region", name="Stale results")).to_contain_text(f"{name} 1 → 2")
        expect(tab.get_by_role("img", name="stale")).to_have_count(2)
    expect(panel.get_by_text("version 1, 1 row × 1 column")).to_be_visible()
    expect(panel.get_by_text("3 rows × 2 columns")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("region", name="Stale results")).to_contain_text(f"{name} 1 → 2")
    page.get_by_role("button", name="Bring up to date").click()
    for tab in (page, other):
        expect(tab.get_by_role("img", name="stale")).to_have_count(0, timeout=user.SLOW)
        expect(tab.get_by_text("3 × 2")).to_have_count(1)
    server.http.delete(f"datasets/{second['id']}")
    expect(page.get_by_role("region", name="Stale results")).to_contain_text(f"{name} 2 → 1")


def test_comparing_with_the_draft_lists_the_new_version(page: Page, server: Server) -> None:
    first = upload(server, ONE)
    name = first["name"]
    id = follow(server, name)
    run = server.run(id).body["id"]
    page.goto(f"{server.url}/experiments/{id}/compare/{run}/draft")
    expect(page.get_by_text("Both compute the same")).to_be_visible()
    server.upload(f"{name}.csv", TWO, new_version_of=first["id"])
    page.reload()
    expect(page.get_by_role("complementary", name="Differences")).to_contain_text(f"Version of {name}1 → 2")
    expect(page.get_by_text("Both compute the same")).to_have_count(0)


def test_a_prior_run_is_shown_under_its_own_number_state_and_counts(page: Page, server: Server) -> None:
    id = server.create(chain("def azureml_main(df):\n    return df.nope\n"))["id"]
    failed = server.run(id).body["id"]
    document = server.get(f"experiments/{id}")
    document["nodes"] = document["nodes"][:1]
    document["wires"] = []
    server.http.put(
        f"experiments/{id}", json=document, headers={"If-Match": str(document["revision"])}
    ).raise_for_status()
    server.run(id)
    user.open_experiment(page, server.url, id)
    user.expect_run(page, "Finished")
    page.goto(f"{server.url}/experiments/{id}/runs/{failed}")
    state = page.get_by_role("status", name="Run state")
    expect(state).to_contain_text("Run 1")
    expect(state).to_contain_text("Failed")
    panel = page.get_by_role("complementary", name="Properties")
    expect(panel).to_contain_text("2 nodes, 1 wire")
    expect(panel.get_by_text("Failed")).to_be_visible()
    expect(page.get_by_role("region", name="What failed")).to_contain_text("1 node failed in run 1")
    expect(page).to_have_title(re.compile("^Run 1 of "))
    page.get_by_role("link", name="Back to the draft").click()
    expect(state).to_contain_text("Run 2")
    expect(state).to_contain_text("Finished")
    expect(panel).to_contain_text("1 node, 0 wires")


def test_saving_ends_where_a_duplicate_is_taken_back_at_once(
    new_page: Callable[..., Page], server: Server
) -> None:
    page = new_page(own=True)  # its clock stands still
    page.clock.install()
    user.open_experiment(page, server.url, server.create(chain(PASS_ON))["id"])
    user.node_of(page, "s1").click()
    page.keyboard.press("Control+D")
    expect(user.nodes(page)).to_have_count(3)
    page.keyboard.press("Control+Z")
    expect(user.nodes(page)).to_have_count(2)
    user.expect_saved(page)
    page.clock.run_for(3000)
    user.expect_saved(page)


def test_the_count_of_what_uses_a_dataset_opens_the_list(page: Page, server: Server) -> None:
    source = upload(server, ONE)
    name = source["name"]
    id = follow(server, name)
    page.goto(f"{server.url}/datasets/{source['id']}")
    page.get_by_role("button", name="Used by 1 experiment").click()
    page.get_by_role("link", name=f"Follow {name}").click()
    expect(page).to_have_url(re.compile(id))
    user.node_of(page, "d").click()
    panel = page.get_by_role("complementary", name="Properties")
    panel.get_by_role("button", name="Used by 1 experiment").click()
    expect(page.get_by_role("link", name=f"Follow {name}")).to_be_visible()


def test_the_times_of_a_node_add_up(page: Page, server: Server) -> None:
    script = f"# computed here, not taken from another journey's: {uuid.uuid4().hex}\n{PASS_ON}"
    id = server.create(chain(script))["id"]
    server.run(id)
    user.open_experiment(page, server.url, id)
    user.node_of(page, "s1").click()
    panel = page.get_by_role("complementary", name="Properties")
    panel.get_by_text("In the run:").click()
    expect(panel.get_by_role("list", name="Where the time went")).to_be_visible()
    parts = panel.get_by_role("list", name="Where the time went").get_by_role("listitem").all_inner_texts()
    took = panel.locator("dt", has_text="Took").locator("xpath=following-sibling::dd[1]").inner_text()
    if whole := re.match(r"(\d+) ms", took):
        shares = [int(share) for part in parts for share in re.findall(r"(\d+) ms", part)]
        assert len(shares) == len(parts)
        assert sum(shares) == int(whole[1]), (took, parts)
    else:  # a slow machine says "1.2 s", whose parts add up but for the rounding
        assert re.match(r"\d+\.\d s|\d+ s", took), took
        assert parts


def test_figures_are_of_the_rows_that_a_filter_leaves_and_say_so(page: Page, server: Server) -> None:
    text = "x,kind\n" + "".join(f"{n},{'a' if n < 290 else 'b'}\n" for n in range(300))
    dataset = server.upload(f"wine {uuid.uuid4().hex[:8]}.csv", text).json()
    page.goto(f"{server.url}/datasets/{dataset['id']}")
    page.get_by_role("columnheader", name="x, integer").click()
    panel = page.get_by_role("complementary", name="Column x")
    expect(panel.locator("dt", has_text="Mean").locator("xpath=following-sibling::dd[1]")).to_have_text(
        "149.5"
    )
    expect(panel.get_by_text("of 300 rows")).to_have_count(0)
    page.get_by_role("searchbox", name="Search the rows").fill("b")
    expect(panel.get_by_text("Of 10 of 300 rows")).to_be_visible()
    expect(panel.locator("dt", has_text="Mean").locator("xpath=following-sibling::dd[1]")).to_have_text(
        "294.5"
    )
    expect(panel.locator("dt", has_text="Values").locator("xpath=following-sibling::dd[1]")).to_have_text(
        "10"
    )
    page.get_by_role("button", name="Download", exact=True).click()
    expect(page.get_by_text("All 300 rows, also those")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_text("Charts", exact=True).click()
    expect(page.get_by_text("of 10 of 300 rows").first).to_be_visible()


METRICS = """import pandas as pd
import matplotlib.pyplot as plt
def azureml_main(df):
    print("mean", df.x.mean())
    plt.plot(df.x)
    return pd.DataFrame({"Accuracy": [df.x.mean() / 100], "Rows": [len(df)]}),
"""


def test_two_runs_are_compared_with_what_they_left(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    more = "def azureml_main(df):\n    return df[df.x > 1],\n"
    exp = chain(more, METRICS, csv="x\n" + "".join(f"{n}\n" for n in range(10)))
    exp.script("other").wire("data.dataset", "other.dataset1")
    id = server.create(exp)["id"]
    first = server.run(id).body["id"]
    document = server.get(f"experiments/{id}")
    document["nodes"][1]["params"]["script"] = more.replace("> 1", "> 4")
    document["nodes"][3]["position"]["x"] += 60
    server.http.put(
        f"experiments/{id}", json=document, headers={"If-Match": str(document["revision"])}
    ).raise_for_status()
    second = server.run(id).body["id"]
    page.goto(f"{server.url}/experiments/{id}/compare/{first}/{second}")
    differences = page.get_by_role("complementary", name="Differences")
    expect(differences).to_contain_text("1 node differs, 1 node only moved")
    expect(differences).to_contain_text("2 nodes came to another result")
    canvas = page.get_by_role("region", name="Both versions")
    expect(user.wires(canvas)).to_have_count(3)
    expect(canvas.locator('[data-dim="true"]')).to_have_count(2)
    user.node_of(canvas, "s1").click()
    results = page.get_by_role("region", name="Results of Execute Python Script")
    expect(results).to_contain_text("8 rows × 1 column → 5 rows × 1 column")
    expect(results.get_by_text("3 removed")).to_be_visible(timeout=user.SLOW)
    differences.get_by_role("button", name="another result").click()
    accuracy = results.get_by_role("row", name="Accuracy")
    expect(accuracy).to_contain_text("0.055")
    expect(accuracy).to_contain_text("+0.015")
    expect(results.get_by_role("row", name="Rows")).to_contain_text("−3")
    axe(page)
    results.get_by_role("tab", name="Python Device").click()
    for run in ("run 1", "run 2"):
        expect(results.get_by_role("region", name=run).locator("img").first).to_be_visible()
    results.get_by_role("tab", name="Log").click()
    expect(results.get_by_text("mean 5.5")).to_be_visible()
    expect(results.get_by_text("mean 7.0")).to_be_visible()
