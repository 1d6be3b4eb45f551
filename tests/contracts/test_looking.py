"""Looking deeper over HTTP: charts, two tables, search, files of a bundle, a model, all pictures, a pass."""

from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image

from tests.builders import chain
from tests.server import RunView, Server

PEOPLE = "id,age,city\n" + "".join(f"{n},{20 + n % 50},{'Oslo' if n % 3 else 'Rome'}\n" for n in range(300))
SCRIPT = """
import matplotlib.pyplot as plt
from sklearn.linear_model import LinearRegression
def azureml_main(df):
    for _ in range(2):
        plt.figure()
        df.plot.scatter('x', 'y')
    model = LinearRegression(positive=True).fit(df[['x']], df['y'])
    return df, model
"""


@pytest.fixture(scope="module")
def people(server: Server) -> str:
    return server.upload("people-looked-at.csv", PEOPLE).json()["artifact"]


@pytest.fixture(scope="module")
def fitted(server: Server) -> RunView:
    return server.run(chain(SCRIPT, csv="x,y\n1,2\n2,4\n3,6\n"))


def test_a_chart_is_binned_over_all_rows_that_pass(server: Server, people: str) -> None:
    found = server.get(f"artifacts/{people}/chart", kind="histogram", x="age", bins=5)
    assert (found["rows"], found["x"]) == (300, {"name": "age", "type": "integer"})
    assert found["data"]["counts"] == [60] * 5
    rule = '[{"column": "city", "op": "eq", "value": "Rome"}]'
    assert server.get(f"artifacts/{people}/chart", kind="box", x="city", y="age", filter=rule)["rows"] == 100


def test_a_chart_that_cannot_be_is_refused_with_a_sentence(server: Server, people: str) -> None:
    refused = server.http.get(f"artifacts/{people}/chart", params={"kind": "histogram", "x": "city"})
    assert refused.status_code == 422
    assert "needs numbers" in refused.json()["detail"]


def test_rows_are_searched_and_columns_told_in_parts(server: Server, people: str) -> None:
    found = server.get(f"artifacts/{people}/rows", search="rome", first_column=1, columns=2, limit=1)
    assert found["total"] == 100
    assert found["columns"] == [{"name": "age", "type": "integer"}, {"name": "city", "type": "string"}]
    assert found["rows"] == [[20, "Rome"]]
    summed = server.get(f"artifacts/{people}/summary", first_column=2, columns=1)["columns"]
    assert [column["name"] for column in summed] == ["city"]
    assert server.get(f"artifacts/{people}/summary", first_column=2, columns=1)["columns"] == summed


@pytest.mark.parametrize("rows", [300, 60_000])  # of the larger one a reader answers that stays
def test_a_summary_is_of_the_rows_that_are_left(server: Server, rows: int) -> None:
    text = "id,city\n" + "".join(f"{n},{'Oslo' if n % 3 else 'Rome'}\n" for n in range(rows))
    dataset = server.upload(f"left{rows}.csv", text).json()
    for path in (f"datasets/{dataset['id']}", f"artifacts/{dataset['artifact']}"):
        first = [{"column": "id", "op": "lt", "value": 9}]
        id, city = server.get(f"{path}/summary", filter=first)["columns"]
        assert (id["count"], id["mean"], id["max"]) == (9, 4, 8)
        assert sum(id["histogram"]["counts"]) == 9
        assert city["top"] == [{"value": "Oslo", "count": 6}, {"value": "Rome", "count": 3}]
        [city] = server.get(f"{path}/summary", filter=first, search="rome", first_column=1, columns=1)[
            "columns"
        ]
        assert city["top"] == [{"value": "Rome", "count": 3}]
        assert server.get(f"{path}/summary")["columns"][0]["count"] == rows
    assert server.http.get(f"datasets/{dataset['id']}/summary", params={"filter": "["}).status_code == 422


def test_a_long_text_can_be_had_whole(server: Server) -> None:
    long = server.upload("long-cell.csv", f"a,b\n1,{'x' * 50_000}\n").json()["artifact"]
    assert len(server.get(f"artifacts/{long}/rows")["rows"][0][1]) < 11_000
    assert server.get(f"artifacts/{long}/rows", whole=True, limit=5)["rows"] == [[1, "x" * 50_000]]
    assert server.get(f"artifacts/{long}/rows", longest=3)["rows"] == [[1, "xxx… (50,000 characters)"]]


def test_two_tables_are_compared_by_key(server: Server, people: str) -> None:
    changed = PEOPLE.replace("\n7,27,Oslo", "\n7,99,Oslo").replace("299,69,Oslo\n", "") + "900,30,Rome\n"
    other = server.upload("people-later.csv", changed).json()["artifact"]
    found = server.get(f"artifacts/{people}/compare/{other}", key="id")
    assert found["counts"] == {"added": 1, "removed": 1, "changed": 1, "same": 298}
    assert found["page"]["rows"] == [{"old": [7, 27, "Oslo"], "new": [7, 99, "Oslo"], "changed": ["age"]}]
    refused = server.http.get(f"artifacts/{people}/compare/{other}", params={"key": "city"})
    assert refused.status_code == 422
    assert "This is not a key" in refused.json()["detail"]


def test_a_file_of_a_bundle_is_readable(server: Server) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("lib/hello.py", "print('grüße')\n")
        archive.writestr("lib/data.bin", b"\x00\x01")
    bundle = server.upload("looked-into.zip", buffer.getvalue()).json()["artifact"]
    found = server.get(f"artifacts/{bundle}/files", name="lib/hello.py")
    assert found == {"text": "print('grüße')\n", "bytes": 17, "cut": False}
    assert server.get(f"artifacts/{bundle}/files", name="lib/data.bin")["text"] is None
    assert server.http.get(f"artifacts/{bundle}/files", params={"name": "gone"}).status_code == 422


def test_all_files_of_a_large_bundle_are_listed(server: Server) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(1_200):
            archive.writestr(f"part/{number}.txt", "x" * (number % 7))
    bundle = server.upload("many-files.zip", buffer.getvalue()).json()["artifact"]
    facts = server.get(f"artifacts/{bundle}")
    assert (facts["files"], len(facts["entries"])) == (1_200, 1_000)
    for _ in range(2):
        listed = server.get(f"artifacts/{bundle}/entries")["entries"]
        assert (len(listed), listed[-1]) == (1_200, {"name": "part/1199.txt", "bytes": 1199 % 7})


def test_a_model_tells_its_parameters_and_features(server: Server, fitted: RunView) -> None:
    found = server.get(f"artifacts/{fitted.output('s1.result_model')['artifact']}/model")
    assert ["positive", "True"] in found["params"]
    assert found["features"] == [{"name": "x", "weight": None}]
    assert found["weights"] == [{"column": "x", "values": [pytest.approx(2)]}]


def test_a_picture_can_be_had_small(server: Server, fitted: RunView) -> None:
    device = fitted.output("s1.python_device")["artifact"]
    small = server.http.get(f"artifacts/{device}/pictures/0/thumbnail")
    assert (small.status_code, small.headers["content-type"]) == (200, "image/webp")
    assert "immutable" in small.headers["cache-control"]
    assert Image.open(io.BytesIO(small.content)).size == (480, 360)
    assert server.http.get(f"artifacts/{device}/pictures/0/thumbnail").content == small.content
    assert server.http.get(f"artifacts/{device}/pictures/9/thumbnail").status_code == 404
    table = fitted.output("s1.result_dataset")["artifact"]
    assert server.http.get(f"artifacts/{table}/pictures/0/thumbnail").status_code == 404


def test_of_drawings_only_small_ones_are_their_own_thumbnails(server: Server) -> None:
    script = """
def azureml_main():
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    open("1.svg", "w").write(head + "</svg>")
    open("2.svg", "w").write(head + "<!--" + "x" * 100_000 + "--></svg>")
"""
    device = server.run(chain(script)).output("s1.python_device")["artifact"]
    drawing = server.http.get(f"artifacts/{device}/pictures/0/thumbnail")
    assert drawing.headers["content-type"] == "image/svg+xml"
    refused = server.http.get(f"artifacts/{device}/pictures/1/thumbnail")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "no-thumbnail")
    assert "2.svg is a large drawing" in refused.json()["detail"]


def test_all_pictures_come_as_one_zip(server: Server, fitted: RunView) -> None:
    device = fitted.output("s1.python_device")["artifact"]
    answer = server.http.get(f"artifacts/{device}/pictures.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        assert len(names) == fitted.output("s1.python_device")["pictures"]
        assert archive.read(names[0]) == server.http.get(f"artifacts/{device}/pictures/0").content


def test_a_large_table_is_sent_while_it_is_written_and_as_a_file_from_then_on(server: Server) -> None:
    rows = range(600_000)
    text = "n,t\n" + "".join(f"{n},text {n}\n" for n in rows)
    dataset = server.wait_for_dataset(server.upload("sent.csv", text).json()["id"])
    # JSON Lines take seconds; a CSV of this size may be whole before anybody looks.
    path = f"artifacts/{dataset['artifact']}/download?format=jsonl"
    with server.http.stream("GET", path) as answer:
        sent = answer.read()
        assert "content-length" not in answer.headers
        assert "table.jsonl" in answer.headers["content-disposition"]
    again = server.http.get(path)
    assert again.headers["content-length"] == str(len(sent))
    assert again.content == sent == "".join(f'{{"n": {n}, "t": "text {n}"}}\n' for n in rows).encode()


def test_a_table_that_no_sheet_takes_is_refused_with_a_sentence(server: Server) -> None:
    rows = "x\n" + "1\n" * 1_048_576
    dataset = server.wait_for_dataset(server.upload("too-long.csv", rows).json()["id"])
    refused = server.http.get(f"artifacts/{dataset['artifact']}/download?format=xlsx")
    assert refused.status_code == 422
    assert "an Excel sheet takes 1,048,575" in refused.json()["detail"]


def test_a_pass_opens_one_artifact_and_nothing_else(server: Server, people: str, fitted: RunView) -> None:
    token = server.post(f"artifacts/{people}/pass")["token"]
    headers = {"Authorization": f"Bearer {token}"}
    allowed = server.http.get(f"artifacts/{people}/download", headers=headers)
    assert allowed.text.startswith("id,age,city\n")
    other = fitted.output("s1.result_dataset")["artifact"]
    for path in (f"artifacts/{other}/download", f"artifacts/{people}/rows", "datasets"):
        assert server.http.get(path, headers=headers).status_code == 401
    assert (
        server.http.get(f"artifacts/{people}/download", headers={"Authorization": "Bearer no"}).status_code
        == 401
    )


def test_a_pass_is_listed_with_its_last_use_and_taken_back(server: Server, fitted: RunView) -> None:
    table = fitted.output("s1.result_dataset")["artifact"]
    made = server.post(f"artifacts/{table}/pass", {"what": "Fitted rows"})
    again = server.post(f"artifacts/{table}/pass")
    assert again["id"] == made["id"], "there is one an artifact"
    [listed] = [one for one in server.get("passes")["items"] if one["artifact"] == table]
    assert (listed["what"], listed["used"]) == ("Fitted rows", None)
    headers = {"Authorization": f"Bearer {made['token']}"}
    assert server.http.get(f"artifacts/{table}/download", headers=headers).status_code == 200
    assert [one["used"] for one in server.get("passes")["items"] if one["id"] == made["id"]] != [None]
    assert server.http.delete(f"passes/{made['id']}").status_code == 204
    for token in (made["token"], again["token"]):
        headers = {"Authorization": f"Bearer {token}"}
        assert server.http.get(f"artifacts/{table}/download", headers=headers).status_code == 401
    assert server.http.delete(f"passes/{made['id']}").status_code == 404


def test_the_latest_report_is_at_one_address_and_harmless(server: Server) -> None:
    exp = chain(csv="city,sales\nBonn,2\nUlm,3\n").node("plot", "plot", x="city", y="sales", figure="sum")
    exp.node("report", "report", text="# Sales <script>alert(1)</script>\n\n{{table1}}\n\n{{chart1}}")
    exp.wire("data.dataset", "plot.dataset").wire("plot.data", "report.table1").wire(
        "plot.chart", "report.chart1"
    )
    run = server.run(exp)
    entry = run.node("report")["outputs"]["report"]
    assert (entry["type"], entry["documents"]) == ("device", 2)
    told = server.get(f"artifacts/{entry['artifact']}")
    assert [one["name"] for one in told["documents"]] == ["report.html", "report.pdf"]
    latest = f"experiments/{run.body['experiment']}/nodes/report/report"
    page = server.http.get(latest)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    policy = page.headers["content-security-policy"].split("; ")
    assert policy[:2] == ["sandbox allow-popups allow-popups-to-escape-sandbox", "default-src 'none'"]
    assert page.headers["cache-control"] == "no-cache"
    assert page.headers["x-frame-options"] == "SAMEORIGIN"
    assert "&lt;script&gt;" in page.text
    assert "<script" not in page.text
    paper = server.http.get(latest, params={"format": "pdf"})
    assert paper.content.startswith(b"%PDF-")
    assert paper.headers["content-disposition"].startswith("attachment")
    assert server.http.get(f"artifacts/{entry['artifact']}/documents/1").content == paper.content
    assert server.http.get(f"artifacts/{entry['artifact']}/documents/2").status_code == 404
    missing = server.http.get(f"experiments/{run.body['experiment']}/nodes/plot/report")
    assert (missing.status_code, "has left no report yet" in missing.json()["detail"]) == (404, True)
