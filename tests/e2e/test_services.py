"""An experiment becomes a service by mouse: published, called, keyed, published anew, switched and back."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import httpx
from playwright.sync_api import Page, expect

from tests.builders import Exp
from tests.contracts.test_jobs import Service
from tests.contracts.test_retraining import THREEFOLD, learner
from tests.e2e import user
from tests.server import Server

DATA = "id,size\n1,4\n2,6\n"
DOUBLE = "def azureml_main(df, *, factor: int = 2):\n    df['out'] = df['size'] * factor\n    return df,\n"


def doubling(name: str) -> Exp:
    exp = Exp(name).table("data", DATA).node("in", "web-service-input").script("s", DOUBLE)
    exp.node("out", "web-service-output").wire("data.dataset", "in.sample").wire("in.dataset", "s.dataset1")
    return exp.wire("s.result_dataset", "out.dataset")


def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("STUDIO_SHOTS"):
        page.screenshot(path=Path(folder) / f"services-{name}.png")


def test_from_a_finished_experiment_to_a_called_service(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    run = server.run(doubling("Doubling"))
    user.open_experiment(page, server.url, run.body["experiment"])
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Set up web service").click()
    panel = page.get_by_role("complementary", name="Set up web service")
    expect(panel).to_contain_text("Taken from run 1")
    expect(panel.get_by_role("region", name="Input input1")).to_contain_text("id" + "integer, not needed")
    axe(page)
    picture(page, "set-up")
    panel.get_by_role("textbox", name="Name of the service").fill("Twice")
    panel.get_by_role("button", name="Publish").click()
    key = panel.get_by_label("The key", exact=True).inner_text()
    assert key.startswith("sk_")
    picture(page, "published")
    panel.get_by_role("link", name="Open the service").click()

    expect(page.get_by_role("heading", name="Twice")).to_be_visible()
    expect(page.get_by_role("textbox", name="size integer")).to_have_value("4")
    page.get_by_role("textbox", name="size integer").fill("21")
    page.get_by_role("button", name="Call the service").click()
    answer = page.get_by_role("region", name="Answer")
    expect(answer.get_by_role("table", name="output1")).to_contain_text("42")
    axe(page)
    picture(page, "called")
    page.get_by_role("textbox", name="size integer").fill("many")
    page.keyboard.press("Control+Enter")
    expect(answer).to_contain_text("The call was refused")
    expect(answer.get_by_role("alert")).to_contain_text("size")
    picture(page, "refused")

    page.get_by_role("tab", name="Code").click()
    expect(page.get_by_label("Code in curl")).to_contain_text("/execute")
    axe(page)
    picture(page, "code")

    url = page.get_by_title(server.url).inner_text().removeprefix("POST ")
    bearer = {"Authorization": f"Bearer {key}"}
    body = {"Inputs": {"input1": {"ColumnNames": ["size"], "Values": [["5"]]}}}
    assert "10" in httpx.post(url, json=body, headers=bearer).text
    page.get_by_role("tab", name="Keys").click()
    page.get_by_role("button", name="Revoke").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("There is no key")).to_be_visible()
    assert httpx.post(url, json=body, headers=bearer).status_code == 401
    page.get_by_role("button", name="New key").click()
    page.get_by_role("textbox", name="Name").fill("Night job")
    page.get_by_role("button", name="Make the key").click()
    expect(page.get_by_label("The key", exact=True)).to_contain_text("sk_")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("table", name="Keys")).to_contain_text("Night job")
    picture(page, "keys")

    page.get_by_role("link", name="Services").first.click()
    expect(page.get_by_role("table", name="Services")).to_contain_text("Twice")
    axe(page)
    picture(page, "list")


TWO = "def azureml_main(df, more):\n    return df.head(len(more)), more\n"


def test_ends_and_parameters_are_named_on_the_page_and_the_rest_is_dimmed(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    exp = Exp("Two ends").table("data", DATA).table("more", "k\n1\n").script("s", TWO)
    exp.node("part", "split-data", fraction=0.5, randomized=False).node("look", "summarize-data")
    exp.wire("data.dataset", "s.dataset1").wire("more.dataset", "s.dataset2").wire(
        "data.dataset", "look.dataset"
    )
    run = server.run(exp.wire("s.result_dataset", "part.dataset"))
    id = run.body["experiment"]
    file = server.get(f"experiments/{id}")
    box = {"position": {"x": 1000, "y": 0}, "size": {"width": 200, "height": 120}, "color": "blue"}
    file["notes"] = [{"id": "note1", "text": "Aside", **box}]
    file["frames"] = [{"id": "frame1", "title": "Empty", **box | {"position": {"x": 1000, "y": 300}}}]
    server.http.put(f"experiments/{id}", json=file, headers={"If-Match": f'"{file["revision"]}"'})
    user.open_experiment(page, server.url, id)
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Set up web service").click()
    panel = page.get_by_role("complementary", name="Set up web service")

    first = panel.get_by_role("group", name="Place of output 1")
    first.get_by_role("combobox", name="The answer leaves at").click()
    page.get_by_role("option", name="Split Data (Results dataset1)").click()
    panel.get_by_role("button", name="Add an output").click()
    second = panel.get_by_role("group", name="Place of output 2")
    second.get_by_role("textbox", name="Name").fill("output1")
    expect(second).to_contain_text("Another one has this name.")
    second.get_by_role("textbox", name="Name").fill("keys")
    second.get_by_role("combobox", name="The answer leaves at").click()
    page.get_by_role("option", name="Execute Python Script (Result dataset2)").click()
    into = panel.get_by_role("group", name="Place of input 1")
    into.get_by_role("textbox", name="Name").fill("people")
    into.get_by_role("combobox", name="The caller's rows enter at").click()
    page.get_by_role("option", name="Enter Data Manually").first.click()
    panel.get_by_role("button", name="Let the caller's rows pass it by").click()
    expect(panel.get_by_role("region", name="Input people")).to_contain_text("size")
    expect(panel.get_by_role("region", name="Output keys")).to_contain_text("k")

    dimmed = page.locator('[data-service="off"]')
    expect(dimmed).to_have_count(3)  # what nobody calls, the note, the frame
    axe(page)
    picture(page, "ends")
    page.get_by_role("radiogroup", name="Show the canvas as").get_by_text("Experiment").click()
    expect(dimmed).to_have_count(0)
    page.get_by_role("radiogroup", name="Show the canvas as").get_by_text("Service").click()
    expect(into.get_by_role("textbox", name="Name")).to_have_value("people")
    expect(dimmed).to_have_count(3)


def test_a_param_is_marked_renamed_and_set_by_a_call(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    exp = doubling("Marked").node("part", "split-data", fraction=0.5, randomized=False)
    exp.wires.pop()
    exp.wire("s.result_dataset", "part.dataset").wire("part.results_dataset1", "out.dataset")
    run = server.run(exp)
    user.open_experiment(page, server.url, run.body["experiment"])
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Set up web service").click()
    panel = page.get_by_role("complementary", name="Set up web service")
    parameters = panel.get_by_role("region", name="Parameters")
    factor = parameters.get_by_role("textbox", name="factor of Execute Python Script")
    expect(factor).to_have_value("factor")
    factor.fill("times")
    factor.press("Enter")
    parameters.get_by_role("combobox", name="Mark a param as a parameter of the service").fill("fraction")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    share = parameters.get_by_role(
        "textbox", name="Fraction of rows in the first output dataset of Split Data"
    )
    expect(share).to_have_value("fraction")
    share.fill("share")
    share.blur()
    expect(parameters).to_contain_text("float, 0.5 where a call says nothing")
    expect(panel.get_by_role("region", name="What stands in the way")).to_have_count(0)
    axe(page)
    picture(page, "parameters")
    panel.get_by_role("button", name="Publish").click()
    panel.get_by_role("link", name="Open the service").click()
    page.get_by_role("textbox", name="share").fill("1")
    page.get_by_role("textbox", name="times").fill("3")
    page.get_by_role("button", name="Call the service").click()
    expect(page.get_by_role("table", name="output1")).to_contain_text("12")
    file = server.get(f"experiments/{run.body['experiment']}")
    marks = {node["id"]: node.get("service_parameters") for node in file["nodes"]}
    assert (marks["s"], marks["part"]) == ({"factor": "times"}, {"fraction": "share"})


def test_a_version_is_switched_to_and_rolled_back(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    id = server.run(doubling("Versions")).body["experiment"]
    service = server.post(f"experiments/{id}/services", {"name": "In versions"})
    file = server.get(f"experiments/{id}")
    file["nodes"][2]["params"]["script"] = DOUBLE.replace("'out'", "'result'")
    server.http.put(f"experiments/{id}", json=file, headers={"If-Match": f'"{file["revision"]}"'})
    assert server.run(id).state == "finished"

    page.goto(f"{server.url}/services/{service['id']}/versions")
    page.get_by_role("button", name="Publish the latest run").click()
    page.get_by_role("button", name="Switch to version 2").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("result")
    picture(page, "switch")
    dialog.get_by_role("button", name="Switch").click()
    back = page.get_by_role("button", name="Back to version 1")
    expect(back).to_be_visible()
    axe(page)
    picture(page, "versions")
    back.click()
    page.get_by_role("dialog").get_by_role("button", name="Switch").click()
    expect(page.get_by_role("button", name="Switch to version 2")).to_be_visible()
    page.get_by_role("tab", name="Limits").click()
    page.get_by_role("textbox", name="Longest call, in seconds").fill("30")
    page.get_by_role("button", name="Save the limits").click()
    expect(page.get_by_role("button", name="Save the limits")).to_be_enabled()
    axe(page)
    assert server.get(f"services/{service['id']}")["timeout_s"] == 30


def test_an_experiment_that_trains_is_published_without_being_redrawn(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    rows = "age,income,buys\n" + "".join(
        f"{n},{n * 7 % 50},{'yes' if n > 40 else 'no'}\n" for n in range(20, 70)
    )
    exp = Exp("Who buys").table("data", rows).node("scale", "normalize-data", columns_to_transform=["income"])
    exp.node("split", "split-data").node("learner", "two-class-logistic-regression")
    exp.node("train", "train-model", label_column=["buys"]).node("score", "score-model")
    exp.node("look", "evaluate-model").wire("score.scored_dataset", "look.scored_dataset")
    exp.wire("data.dataset", "scale.dataset").wire("scale.transformed_dataset", "split.dataset")
    exp.wire("learner.untrained_model", "train.untrained_model")
    exp.wire("split.results_dataset1", "train.dataset").wire("split.results_dataset2", "score.dataset")
    run = server.run(exp.wire("train.trained_model", "score.trained_model"))
    user.open_experiment(page, server.url, run.body["experiment"])
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Set up web service").click()
    panel = page.get_by_role("complementary", name="Set up web service")
    leaves = panel.get_by_role("combobox", name="The answer leaves at")
    expect(leaves).to_have_value("Score Model (Scored dataset)")
    panel.get_by_role("button", name="Use what it learned in the run").click()
    panel.get_by_role("button", name="Let the caller's rows pass it by").click()
    expect(panel.get_by_role("region", name="What stands in the way")).to_have_count(0)
    expect(panel).to_contain_text("buys is what the model predicts")
    axe(page)
    picture(page, "mended")
    panel.get_by_role("button", name="Publish").click()
    panel.get_by_role("link", name="Open the service").click()
    page.get_by_role("textbox", name="age integer").fill("69")
    page.get_by_role("button", name="Call the service").click()
    expect(page.get_by_role("table", name="output1")).to_contain_text("yes")


def test_calls_are_seen_recorded_and_tried_on_a_version(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    id = server.run(doubling("Watched")).body["experiment"]
    service = server.post(f"experiments/{id}/services", {"name": "Watched"})
    page.goto(f"{server.url}/services/{service['id']}/calls")
    expect(page.get_by_text("Nobody has called it in this time.")).to_be_visible()
    picture(page, "no-calls")
    page.get_by_role("combobox", name="Record").click()
    page.get_by_role("option", name="The newest 20 calls").click()
    expect(page.get_by_role("combobox", name="Record")).to_have_value("The newest 20 calls")
    expect(page.get_by_role("combobox", name="Record")).to_be_enabled()

    bearer = {"Authorization": f"Bearer {service['key']}"}
    for size in ("4", "5", "many"):
        body = {"Inputs": {"input1": {"ColumnNames": ["size"], "Values": [[size]]}}}
        answer = httpx.post(service["url"] + "?details=true", json=body, headers=bearer, timeout=60)
    expect(page.get_by_role("img", name="3 calls, 1 error among them")).to_be_visible()
    errors = page.get_by_role("region", name="Errors")
    errors.get_by_text("size").first.click()
    expect(errors).to_contain_text(answer.headers["X-Request-ID"])
    expect(page.get_by_role("region", name="Recorded calls")).to_contain_text("3 calls kept")
    axe(page)
    picture(page, "calls")
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("document.documentElement.scrollWidth <= 390")
    picture(page, "calls-390")
    page.set_viewport_size({"width": 1280, "height": 800})

    file = server.get(f"experiments/{id}")
    file["nodes"][2]["params"]["script"] = DOUBLE.replace("int = 2", "int = 3")
    server.http.put(f"experiments/{id}", json=file, headers={"If-Match": f'"{file["revision"]}"'})
    assert server.run(id).state == "finished"
    page.get_by_role("tab", name="Versions").click()
    page.get_by_role("button", name="Publish the latest run").click()
    page.get_by_role("button", name="Try version 2", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("3 calls tried: 2 answers would change.")
    expect(dialog).to_contain_text("output1, row 1, out: 8 → 12")
    axe(page)
    picture(page, "tried")
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Calls").click()
    page.get_by_role("button", name="Delete them").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("None is kept.")).to_be_visible()


def test_a_scoring_service_takes_a_retrained_model_from_its_page(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    run = server.run(learner("Trains anew").wire("in.dataset", "train.dataset"))
    wish = {"name": "Trains anew", "outputs": {"model": "train.trained_model"}}
    trainer = Service(server, server.post(f"experiments/{run.body['experiment']}/services", wish))
    exp = learner("Scores").node("score", "score-model").node("out", "web-service-output")
    exp.wire("data.dataset", "train.dataset").wire("train.trained_model", "score.trained_model")
    exp.wire("in.dataset", "score.dataset").wire("score.scored_dataset", "out.dataset")
    run = server.run(exp)
    scorer = server.post(f"experiments/{run.body['experiment']}/services", {"name": "Scores so"})
    assert trainer.wait(trainer.begin({"Inputs": {"input1": THREEFOLD}}))["state"] == "finished"

    page.goto(f"{server.url}/services/{scorer['id']}/versions")
    page.get_by_role("button", name="Use a retrained model…").click()
    dialog = page.get_by_role("dialog", name="Use a retrained model")
    expect(dialog.get_by_role("combobox", name="Model")).to_have_value(re.compile("Trains anew, model"))
    axe(page)
    picture(page, "retrained")
    page.keyboard.press("Tab")
    dialog.get_by_role("button", name="Make the version").press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.get_by_text("The number of rows of the model is 8; it was 5.")).to_be_visible()
    expect(page.get_by_role("button", name="Switch to version 2")).to_be_visible()
    page.get_by_role("tab", name="Try it").click()
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    page.get_by_role("textbox", name="x integer").fill("10")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("table", name="output1")).to_contain_text("20")
    page.wait_for_function("document.documentElement.scrollWidth <= 390")
    axe(page)
    picture(page, "try-390-dark")


def test_a_dataset_goes_through_as_a_job(page: Page, server: Server, axe: Callable[[Page], None]) -> None:
    script = DOUBLE.replace(
        "    df['out']", "    if factor == 13:\n        raise ValueError('unlucky')\n    df['out']"
    )
    exp = Exp("Jobs by mouse").table("data", DATA).node("in", "web-service-input")
    exp.node("s", "execute-python-script", script=script, row_by_row=True).node("out", "web-service-output")
    exp.wire("data.dataset", "in.sample").wire("in.dataset", "s.dataset1").wire(
        "s.result_dataset", "out.dataset"
    )
    run = server.run(exp)
    made = server.post(f"experiments/{run.body['experiment']}/services", {"name": "Jobs by mouse"})
    rows = server.upload("rows to send.csv", "size\n5\n6\n7\n").json()
    server.wait_for_dataset(rows["id"])
    page.goto(f"{server.url}/services/{made['id']}/jobs")
    form, jobs = page.get_by_role("form", name="New job"), page.get_by_role("region", name="Jobs")
    expect(jobs).to_contain_text("None yet.")
    expect(form).to_contain_text("goes through in pieces")
    form.get_by_role("button", name="Send the job").click()
    expect(form).to_contain_text("Choose the table whose rows to send")
    form.get_by_role("combobox", name="Dataset").fill("rows to")
    page.get_by_role("option", name="rows to send").click()
    form.get_by_role("button", name="Send the job").click()
    first = jobs.get_by_role("listitem").last
    expect(first).to_contain_text("Finished")
    expect(first).to_contain_text("3 rows")
    axe(page)
    first.get_by_role("button", name="Download output1").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="CSV").click()
    assert Path(download.value.path()).read_text().split() == ["size,out", "5,10", "6,12", "7,14"]
    form.get_by_role("textbox", name="factor").fill("13")
    form.get_by_role("button", name="Send the job").click()
    expect(jobs.get_by_role("listitem").first).to_contain_text("unlucky")
    picture(page, "jobs")
