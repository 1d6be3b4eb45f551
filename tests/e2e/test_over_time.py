"""Runs as they are seen, versions, and two people at one experiment."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.builders import Exp, chain
from tests.e2e import user
from tests.server import TOKEN, Server

ROWS = "x,y\n" + "".join(f"{n},{n}\n" for n in range(20))
SOME = "def azureml_main(df):\n    return df[df.x > 4],\n"
BAD = "def azureml_main(df):\n    print('before')\n    return df.nope\n"
SLOW = "import time\ndef azureml_main(df):\n    time.sleep(60)\n    return df,\n"


KEPT = "text => Object.values(localStorage).some((kept) => kept.includes(text))"


def test_rows_on_wires_and_results_that_go_stale(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    id = server.create(chain(SOME, "def azureml_main(df):\n    return df,\n", csv=ROWS))["id"]
    user.open_experiment(page, server.url, id)
    user.run(page)
    user.expect_run(page, "Finished")
    expect(page.get_by_text("20 × 2", exact=True)).to_be_visible()
    expect(page.get_by_text("15 × 2", exact=True)).to_be_visible()
    expect(page.get_by_text("−5 rows")).to_be_visible()
    user.node_of(page, "s1").click()
    user.write_script(page, SOME.replace("4", "9"))
    stale = page.get_by_role("region", name="Stale results")
    expect(stale).to_contain_text("2 results are stale")
    expect(page.get_by_role("img", name="Finished, stale")).to_have_count(2)
    axe(page)
    stale.get_by_role("button", name="Bring up to date").click()
    expect(page.get_by_text("10 × 2", exact=True)).to_be_visible(timeout=user.SLOW)
    expect(stale).to_have_count(0)


def test_what_failed_leads_to_its_line(page: Page, server: Server, axe: Callable[[Page], None]) -> None:
    id = server.create(chain(BAD, SOME))["id"]
    user.open_experiment(page, server.url, id)
    user.run(page)
    failed = page.get_by_role("region", name="What failed")
    expect(failed).to_contain_text("1 node failed in run 1, 1 node below skipped", timeout=user.SLOW)
    axe(page)
    failed.get_by_role("button", name="AttributeError").click()
    expect(page.locator(".cm-wrongLine")).to_contain_text("return df.nope")
    page.get_by_role("button", name="Close the list of what failed").click()
    expect(failed).to_have_count(0)


def test_what_failed_is_told_apart_and_hides_no_node(page: Page, server: Server) -> None:
    exp = chain(BAD)
    for node, above in (("n2", "data.dataset"), ("n3", "data.dataset")):
        exp.script(node, BAD).wire(above, f"{node}.dataset1")
    file = exp.file()
    for place, node in enumerate(file["nodes"]):
        node["position"] = {"x": 40, "y": 40 + 160 * place}
    file["nodes"][2]["comment"] = "the odd one"
    user.open_experiment(page, server.url, server.create(file)["id"])
    user.run(page)
    failed = page.get_by_role("region", name="What failed")
    expect(failed.get_by_role("listitem")).to_contain_text(
        [
            "Execute Python Script 1st of 2",
            "Execute Python Script the odd one",
            "Execute Python Script 2nd of 2",
        ],
        timeout=user.SLOW,
    )
    user.expect_within(user.node_of(page, "n3"), user.canvas(page))


def test_a_run_under_way_says_how_far_it_is_and_can_be_cancelled(page: Page, server: Server) -> None:
    id = server.create(chain(SLOW, csv=ROWS))["id"]
    user.open_experiment(page, server.url, id)
    user.run(page)
    progress = page.get_by_role("region", name="Run progress")
    expect(progress.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "1", timeout=user.SLOW)
    expect(progress).to_contain_text("1 of 2 nodes")
    page.get_by_role("button", name="Cancel").click()
    user.expect_run(page, "Cancelled")
    expect(progress).to_have_count(0)


def test_a_version_is_named_compared_and_branched(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    first = server.run(chain(SOME, csv=ROWS)).body
    id = first["experiment"]
    document = server.get(f"experiments/{id}")
    document["nodes"][1]["params"]["script"] = SOME.replace("4", "9")
    document["nodes"][0]["position"] = {"x": 300, "y": 40}
    server.http.put(f"experiments/{id}", json=document, headers={"If-Match": "1"})
    page.goto(f"{server.url}/experiments/{id}/runs")
    page.get_by_role("button", name="Actions for run 1").click()
    page.get_by_role("menuitem", name="Save as a version").click()
    page.get_by_role("textbox", name="Name of run 1").fill("Baseline")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Baseline")).to_be_visible()
    page.get_by_role("button", name="Actions for run 1").click()
    page.get_by_role("menuitem", name="Compare with the draft").click()
    changes = page.get_by_role("complementary", name="Differences")
    expect(changes).to_contain_text("1 node differs")
    expect(changes).to_contain_text("1 node only moved")
    script = changes.get_by_label("Python script, line by line")
    expect(script).to_contain_text(re.compile(r"− +return df\[df.x > 4\],"))
    expect(script).to_contain_text(re.compile(r"\+ +return df\[df.x > 9\],"))
    axe(page)
    page.goto(f"{server.url}/experiments/{id}/runs")
    page.get_by_role("button", name="Actions for run 1").click()
    page.get_by_role("menuitem", name="Branch into a new experiment").click()
    expect(page.get_by_role("button", name="(from Baseline), rename")).to_be_visible()


def test_a_restored_run_brings_its_frames_back_and_leaves_the_name(page: Page, server: Server) -> None:
    file = chain(SOME, csv=ROWS).file()
    size = {"width": 260, "height": 200}
    file["frames"] = [
        {"id": "frame1", "title": "Then", "color": "blue", "position": {"x": 260, "y": 0}, "size": size}
    ]
    id = server.create(file)["id"]
    run = server.run(id).body["id"]
    document = {**server.get(f"experiments/{id}"), "name": "Renamed since", "frames": []}
    document["nodes"], document["wires"] = document["nodes"][:1], []
    server.http.put(f"experiments/{id}", json=document, headers={"If-Match": "1"})
    page.goto(f"{server.url}/experiments/{id}/runs/{run}")
    then = page.get_by_role("group", name="Frame: Then, 1 node")
    expect(then).to_be_visible()
    then.get_by_role("button", name="Collapse the frame").click()
    expect(page.get_by_role("group", name="Frame: Then, 1 node, collapsed")).to_be_visible()
    then.get_by_role("button", name="Expand the frame").click()
    page.get_by_role("button", name="Restore this version").click()
    expect(page.get_by_role("button", name="Undo: Restore run 1")).to_be_enabled()
    expect(user.nodes(page)).to_have_count(3)
    user.expect_saved(page)
    restored = server.get(f"experiments/{id}")
    assert (restored["name"], len(restored["nodes"]), len(restored["frames"])) == ("Renamed since", 2, 1)


def test_two_tabs_see_each_other_and_their_edits_are_merged(
    new_page: Callable[..., Page], server: Server
) -> None:
    id = server.create(chain(SOME, csv=ROWS))["id"]
    first, second = new_page(), new_page()
    for tab in (first, second):
        user.open_experiment(tab, server.url, id)
    expect(first.get_by_role("status", name="another tab of yours")).to_be_visible()
    second.context.set_offline(True)
    second.get_by_role("textbox", name="Description").fill("from the second tab")
    expect(second.get_by_text("Your edits are kept here", exact=False).first).to_be_visible()
    user.node_of(first, "s1").click()
    user.write_script(first, SOME.replace("4", "7"))
    user.expect_saved(first)
    second.context.set_offline(False)
    expect(second.get_by_text("Saved", exact=True)).to_be_visible(timeout=user.SLOW)
    expect(first.get_by_role("dialog")).to_have_count(0)
    merged = server.get(f"experiments/{id}")
    assert merged["description"] == "from the second tab"
    assert "> 7" in merged["nodes"][1]["params"]["script"]
    second.context.close()
    expect(first.get_by_role("status", name="another tab of yours")).to_have_count(0)


def test_a_script_open_in_two_tabs_is_saved_once(new_page: Callable[..., Page], server: Server) -> None:
    id = server.create(chain(SOME, csv=ROWS))["id"]
    first, second = new_page(), new_page()
    second.clock.install()
    for tab in (first, second):
        user.open_experiment(tab, server.url, id)
        user.node_of(tab, "s1").click()
    user.write_script(first, SOME.replace("4", "7"))
    expect(second.get_by_role("textbox", name="Python script")).to_contain_text("df.x > 7")
    second.clock.run_for(3000)  # in which the second tab would save what came to it
    user.expect_saved(second)
    assert server.get(f"experiments/{id}")["revision"] == 2


def test_two_edits_of_one_script_are_shown_line_by_line(
    new_page: Callable[..., Page], server: Server, axe: Callable[[Page], None]
) -> None:
    id = server.create(chain(SOME, csv=ROWS))["id"]
    first, second = new_page(), new_page()
    for tab in (first, second):
        user.open_experiment(tab, server.url, id)
        user.node_of(tab, "s1").click()
    second.context.set_offline(True)
    user.write_script(second, SOME.replace("4", "9"))
    user.write_script(first, SOME.replace("4", "7"))
    user.expect_saved(first)
    second.context.set_offline(False)
    dialog = second.get_by_role("dialog", name="Edited here and elsewhere")
    texts = dialog.get_by_label("Python script of Execute Python Script: − theirs, + mine, line by line")
    expect(texts).to_contain_text(re.compile(r"− +return df\[df.x > 7\],"), timeout=user.SLOW)
    expect(texts).to_contain_text(re.compile(r"\+ +return df\[df.x > 9\],"))
    axe(second)
    dialog.get_by_role("button", name="Keep mine for these").click()
    user.expect_saved(second)
    assert "> 9" in server.get(f"experiments/{id}")["nodes"][1]["params"]["script"]


def test_a_session_that_ends_loses_no_edit(page: Page, server: Server, axe: Callable[[Page], None]) -> None:
    id = server.create(chain(SOME, csv=ROWS))["id"]
    user.open_experiment(page, server.url, id)
    user.node_of(page, "s1").click()
    page.get_by_role("textbox", name="Python script").click()
    page.keyboard.press("ControlOrMeta+a")
    page.context.clear_cookies()  # what the editor asks of the server opens the dialog, too
    page.keyboard.insert_text(SOME.replace("4", "8"))
    dialog = page.get_by_role("dialog", name="Sign in again")
    expect(dialog).to_contain_text("Nothing is lost")
    axe(page)
    dialog.get_by_label("Token", exact=True).fill(TOKEN)
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    user.expect_saved(page)
    expect(page.get_by_role("button", name="Undo: Change Python script")).to_be_enabled()
    assert "> 8" in server.get(f"experiments/{id}")["nodes"][1]["params"]["script"]


def test_a_killed_tab_loses_less_than_a_second(new_page: Callable[..., Page], server: Server) -> None:
    id = server.create(Exp("Killed").table("data", ROWS))["id"]
    page = new_page()
    user.open_experiment(page, server.url, id)
    # Nothing is sent any more, not even as the page goes: what comes back was kept by the browser.
    page.route(f"**/experiments/{id}", lambda route: route.abort())
    page.get_by_role("textbox", name="Description").fill("nearly lost")
    page.wait_for_function(KEPT, arg="nearly lost", timeout=1000)
    again = page.context.new_page()
    page.close(run_before_unload=False)
    user.open_experiment(again, server.url, id)
    expect(again.get_by_role("textbox", name="Description")).to_have_value("nearly lost")
