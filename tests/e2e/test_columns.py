"""Choosing columns: of those that are really there, before a run and after."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.builders import Exp
from tests.e2e import user
from tests.server import Server

ADDS = "def azureml_main(df):\n    df['extra'] = 'a'\n    return df,\n"


def properties(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Properties")


def params_of(server: Server, experiment: str, node: str) -> dict[str, object]:
    nodes = server.get(f"experiments/{experiment}")["nodes"]
    return next(one["params"] for one in nodes if one["id"] == node)


def test_columns_are_ticked_before_any_run_as_the_dataset_has_them(page: Page, server: Server) -> None:
    exp = Exp("Columns").node("d", "dataset", dataset="Iris").node("s", "split-data")
    exp.node("c", "select-columns-in-dataset")
    exp.wire("d.dataset", "s.dataset").wire("s.results_dataset2", "c.dataset")
    id = server.create(exp)["id"]
    names = [c["name"] for c in server.get("datasets", search="Iris")["items"][0]["columns"]]
    user.open_experiment(page, server.url, id)
    user.node(page, "Select Columns").click()
    panel = properties(page)
    expect(panel.get_by_text("passed on by Split Data", exact=False)).to_be_visible()
    box = panel.get_by_role("listbox", name="Columns for Select columns")
    expect(box.get_by_role("option")).to_have_count(len(names))
    box.get_by_role("option", name=names[0]).click()
    expect(panel.get_by_text(f"{len(names) - 1} of {len(names)} columns")).to_be_visible()
    box.get_by_role("option", name=names[1]).hover()
    expect(page.get_by_role("tooltip")).to_contain_text("First:")
    box.focus()
    page.keyboard.press("End")
    page.keyboard.press("Space")
    expect(box.get_by_role("option", name=names[-1])).to_have_attribute("aria-selected", "false")
    user.expect_saved(page)
    assert params_of(server, id, "c")["select_columns"] == {
        "begin": "all",
        "rules": [{"by": "names", "values": [names[0], names[-1]], "exclude": True}],
        "ordered": False,
    }
    user.run(page)
    user.expect_run(page, "Finished")
    last = server.get(f"experiments/{id}/nodes/c/outputs")["outputs"]["results_dataset"]
    assert last["columns"] == len(names) - 2


def test_a_name_that_is_not_there_is_told_with_the_nearest(page: Page, server: Server) -> None:
    exp = Exp("Columns").table("d", "alpha,beta\n1,2\n").script("s", ADDS)
    exp.node("c", "select-columns-in-dataset", select_columns=["alpha", "extr"])
    exp.wire("d.dataset", "s.dataset1").wire("s.result_dataset", "c.dataset")
    id = server.create(exp)["id"]
    user.open_experiment(page, server.url, id)
    user.node(page, "Select Columns").click()
    panel = properties(page)
    expect(panel.get_by_text("once Execute Python Script has run")).to_be_visible()
    panel.get_by_role("button", name="Run to Execute Python Script").click()
    expect(panel.get_by_role("option", name="extra")).to_be_visible(timeout=user.SLOW)
    expect(panel.get_by_text("There is no column “extr”.")).to_be_visible()
    panel.get_by_role("button", name="Take “extra”").click()
    expect(panel.get_by_role("option", name="extra")).to_have_attribute("aria-selected", "true")
    expect(panel.get_by_text("2 of 3 columns")).to_be_visible()


def test_rules_take_columns_in_by_type_and_pattern(page: Page, server: Server) -> None:
    exp = Exp("Columns").node("d", "dataset", dataset="Iris")
    exp.node("c", "select-columns-in-dataset", select_columns={"begin": "none", "rules": []})
    id = server.create(exp.wire("d.dataset", "c.dataset"))["id"]
    user.open_experiment(page, server.url, id)
    user.node(page, "Select Columns").click()
    panel = properties(page)
    panel.get_by_role("button", name="Rules: No columns, for Select columns").click()
    panel.get_by_role("button", name="Add a rule").click()
    panel.get_by_label("Select columns: rule 1: types", exact=True).click()
    page.get_by_role("option", name="any number", exact=True).click()
    page.keyboard.press("Escape")
    expect(panel.get_by_text("4 of 5 columns")).to_be_visible()
    panel.get_by_role("button", name="Add a rule").click()
    panel.get_by_label("Select columns: rule 2: by what", exact=True).click()
    page.get_by_role("option", name="by pattern").click()
    panel.get_by_label("Select columns: rule 2: include or exclude", exact=True).click()
    page.get_by_role("option", name="Exclude").click()
    panel.get_by_label("Select columns: rule 2: pattern", exact=True).fill("^petal")
    page.keyboard.press("Enter")
    expect(panel.get_by_text("2 of 5 columns")).to_be_visible()
