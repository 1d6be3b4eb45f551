"""Batch jobs of services: begun, followed, downloaded and cancelled with a service's key."""

from __future__ import annotations

import time
from typing import Any

import httpx
import pyarrow as pa
import pytest

from tests.builders import Exp
from tests.server import Server

DATA = "id,size,city\n1,4,Bonn\n2,,Ulm\n3,6,\n"
SCRIPT = (
    "import time\ndef azureml_main(df, *, factor: int = 2):\n    if factor == 99:\n        time.sleep(60)\n"
    "    df['out'] = df['size'] * factor\n    return df[['size', 'out']],\n"
)
ROWS = {"ColumnNames": ["size"], "Values": [["1"], ["2"]]}
ENDED = ("finished", "failed", "cancelled")


class Service:
    def __init__(self, server: Server, made: dict[str, Any]) -> None:
        self.path = f"/api/v1/services/{made['id']}"
        self.id = made["id"]
        base = str(server.http.base_url).split("/api")[0]
        self.http = httpx.Client(
            base_url=base, headers={"authorization": f"Bearer {made['key']}"}, timeout=120
        )

    def begin(self, body: Any, status: int = 202) -> Any:
        answer = self.http.post(f"{self.path}/jobs", json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    def wait(self, job: dict[str, Any], seconds: float = 60) -> dict[str, Any]:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found: dict[str, Any] = self.http.get(f"{self.path}/jobs/{job['id']}").json()
            if found["state"] in ENDED:
                return found
            time.sleep(0.05)
        raise AssertionError(f"the job did not end: {found}")


ROW_BY_ROW = (
    "import time\nseen = []\ndef azureml_main(df, *, pause: float = 0.0):\n    seen.append(len(df))\n"
    "    time.sleep(pause)\n    df['y'] = df['x'] * 2\n    df['rows'] = len(df)\n    return df,\n"
)
MANY = 450_000


@pytest.fixture(scope="module")
def in_pieces(server: Server) -> Service:
    """A service whose script works row by row, and says so; the dataset of that name has rows enough."""
    exp = Exp("Pieces").table("data", "x\n1\n2\n").node("in", "web-service-input")
    exp.node("s", "execute-python-script", script=ROW_BY_ROW, row_by_row=True).node(
        "out", "web-service-output"
    )
    exp.wire("data.dataset", "in.sample").wire("in.dataset", "s.dataset1").wire(
        "s.result_dataset", "out.dataset"
    )
    run = server.run(exp)
    dataset = server.upload("row by row.csv", "x\n" + "\n".join(map(str, range(MANY))) + "\n").json()
    server.wait_for_dataset(dataset["id"])
    return Service(server, server.post(f"experiments/{run.body['experiment']}/services", {"name": "Pieces"}))


@pytest.fixture(scope="module")
def service(server: Server) -> Service:
    exp = Exp("Jobs").table("data", DATA).node("in", "web-service-input").script("s", SCRIPT)
    exp.node("out", "web-service-output").wire("data.dataset", "in.sample").wire("in.dataset", "s.dataset1")
    run = server.run(exp.wire("s.result_dataset", "out.dataset"))
    return Service(server, server.post(f"experiments/{run.body['experiment']}/services", {"name": "Jobs"}))


def test_a_job_runs_its_rows_and_gives_a_table(service: Service, server: Server) -> None:
    begun = service.begin({"Inputs": {"input1": ROWS}, "GlobalParameters": {"factor": "3"}})
    done = service.wait(begun)
    assert (done["state"], done["version"]) == ("finished", 1)
    output = done["outputs"]["output1"]
    assert (output["rows"], len(output["artifact"])) == (2, 64)
    sent = service.http.get(output["url"], params={"format": "csv"})
    cells = [[float(cell) for cell in line.split(",")] for line in sent.text.split()[1:]]
    assert cells == [[1, 3], [2, 6]]
    assert service.http.get(output["url"], params={"format": "jsonl"}).status_code == 200
    assert server.get(f"artifacts/{output['artifact']}")["rows"] == 2  # the owner sees it as any other
    listed = [run for run in server.get("runs")["items"] if run["purpose"] == "service job"]
    assert listed[0]["experiment_name"] == "Jobs, version 1"
    assert service.http.get(f"{service.path}/jobs").json()["items"][0]["id"] == begun["id"]


def test_a_job_takes_a_dataset_by_its_name(service: Service, server: Server) -> None:
    dataset = server.upload("batch.csv", "extra,size\nx,10\ny,20\n").json()
    server.wait_for_dataset(dataset["id"])
    done = service.wait(service.begin({"Inputs": {"input1": {"dataset": dataset["name"]}}}))
    assert done["state"] == "finished"
    sent = service.http.get(done["outputs"]["output1"]["url"], params={"format": "csv"})
    assert [float(line.split(",")[0]) for line in sent.text.split()[1:]] == [10, 20]
    for name, said in (("nobody", "no dataset 'nobody'"), (None, "must be the name of a dataset")):
        refused = service.begin({"Inputs": {"input1": {"dataset": name}}}, status=400)
        assert said in refused["error"]["message"]
    other = server.upload("other.csv", "weight\n1\n").json()
    server.wait_for_dataset(other["id"])
    refused = service.begin({"Inputs": {"input1": {"dataset": other["name"]}}}, status=400)
    assert "has no column 'size'" in refused["error"]["message"]


def test_what_does_not_fit_is_refused_before_anything_runs(service: Service) -> None:
    wrong = {"ColumnNames": ["size"], "Values": [["much"]]}
    refused = service.begin({"Inputs": {"input1": wrong}}, status=400)
    assert refused["error"]["details"][0]["code"] == "InputParseError"
    assert service.begin({"Inputs": {}}, status=400)["error"]["code"] == "BadArgument"


def test_no_rows_give_no_rows(service: Service) -> None:
    done = service.begin({"Inputs": {"input1": {"ColumnNames": ["size"], "Values": []}}})
    assert (done["state"], done["outputs"]["output1"]["rows"]) == ("finished", 0)


def test_a_cancelled_job_stays_readable(service: Service) -> None:
    begun = service.begin({"Inputs": {"input1": ROWS}, "GlobalParameters": {"factor": 99}})
    assert service.http.delete(f"{service.path}/jobs/{begun['id']}").status_code == 200
    assert service.wait(begun, 10)["state"] == "cancelled"


def test_only_a_key_of_the_service_opens_its_jobs(service: Service, server: Server) -> None:
    done = service.wait(service.begin({"Inputs": {"input1": ROWS}}))
    url = done["outputs"]["output1"]["url"]
    other = Service(server, {"id": service.id, "key": "sk_wrong"})
    assert other.http.get(f"{service.path}/jobs/{done['id']}").status_code == 401
    assert other.http.get(url).status_code == 401
    assert service.http.get(f"{service.path}/jobs/nothere").status_code == 404
    assert service.http.get(f"{service.path}/jobs/{done['id']}/outputs/nothere").status_code == 404
    assert service.http.get("/api/v1/experiments").status_code == 401
    assert server.get(f"services/{service.id}/jobs/{done['id']}")["state"] == "finished"


ALL = {"Inputs": {"input1": {"dataset": "row by row"}}}


def test_a_large_dataset_goes_through_in_pieces(in_pieces: Service, service: Service, server: Server) -> None:
    assert server.get(f"services/{in_pieces.id}")["as_one"] == []
    assert server.get(f"services/{service.id}")["as_one"] == ["Execute Python Script"]
    done = in_pieces.wait(in_pieces.begin(ALL))
    assert (done["state"], done["progress"]) == ("finished", 1.0), done
    output = done["outputs"]["output1"]
    assert output["rows"] == MANY
    sent = in_pieces.http.get(output["url"], params={"format": "arrow"}).content
    table = (
        pa.ipc.open_file(sent).read_all() if sent[:6] == b"ARROW1" else pa.ipc.open_stream(sent).read_all()
    )
    assert table["x"].to_pylist() == list(range(MANY))
    assert table["y"].to_pylist() == list(range(0, 2 * MANY, 2))
    assert set(table["rows"].to_pylist()) == {200_000, 50_000}
    few = in_pieces.wait(in_pieces.begin({"Inputs": {"input1": {"ColumnNames": ["x"], "Values": [[7]]}}}))
    assert few["outputs"]["output1"]["rows"] == 1


def test_a_job_in_pieces_tells_how_far_it_is_and_is_cancelled_between(in_pieces: Service) -> None:
    begun = in_pieces.begin({**ALL, "GlobalParameters": {"pause": 5}})
    end, seen = time.monotonic() + 60, 0.0
    while time.monotonic() < end and not 0 < seen < 1:
        seen = in_pieces.http.get(f"{in_pieces.path}/jobs/{begun['id']}").json()["progress"]
        time.sleep(0.05)
    assert seen == pytest.approx(200_000 / MANY, abs=0.001)
    in_pieces.http.delete(f"{in_pieces.path}/jobs/{begun['id']}")
    cancelled = in_pieces.wait(begun, 10)
    assert (cancelled["state"], cancelled["progress"]) == ("cancelled", None)
