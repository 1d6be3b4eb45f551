"""Clients of strangers, written for ML Studio (classic) or for inference servers: only URL and key change."""

from __future__ import annotations

import json
import struct
import urllib.error
import urllib.request

import httpx
import pyarrow as pa
import pytest
import schemathesis
from azureml import services as azureml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.builders import Exp
from tests.server import Server

FEW = {
    "phases": [Phase.generate],
    "deadline": None,
    "database": None,
    "derandomize": True,
    "suppress_health_check": list(HealthCheck),
}
SCORE = """
def azureml_main(df):
    df["Scored Label Mean"] = df["a"] * 1.5
    df["ok"] = df["a"] > 1
    return df[["a", "name", "when", "Scored Label Mean", "ok"]],
"""
DATA = "a,name,when,label\n1,x,2020-01-31T10:00:00,0\n2,,2020-02-01T00:00:00,1\n"


@pytest.fixture(scope="module")
def service(server: Server) -> dict:
    exp = (
        Exp("Clients").table("data", DATA).node("meta", "edit-metadata", column="when", data_type="datetime")
    )
    exp.node("in", "web-service-input").script("s", SCORE).node("out", "web-service-output")
    exp.wire("data.dataset", "meta.dataset").wire("meta.results_dataset", "in.sample")
    exp.wire("in.dataset", "s.dataset1").wire("s.result_dataset", "out.dataset")
    run = server.run(exp)
    assert run.state == "finished", run.body
    made = server.post(f"experiments/{run.body['experiment']}/services", {"name": "Clients"})
    made["classic"] = (
        f"{server.url}/workspaces/0123abcd/services/{made['id']}/execute?api-version=2.0&details=true"
    )
    return made


def test_the_azureml_package_calls_it_as_a_function(service):
    typed = {"a": int, "name": str, "when": str, "label": str}

    @azureml.service(service["classic"], service["key"])
    @azureml.types(**typed)
    @azureml.dataframe_service(**typed)  # without it the package asks inspect for what Python 3.11 has not
    @azureml.returns({"when": str})  # of itself it reads no dates
    def score(a, name, when, label):
        pass

    answer = score(2, "x", "2020-01-31", "0")
    assert answer == {"a": 2, "name": "x", "when": "2020-01-31T00:00:00", "Scored Label Mean": 3, "ok": True}
    assert [row["ok"] for row in score.map([1, 2], ["x", "y"], ["2020-01-31"] * 2, ["0", "0"])] == [
        False,
        True,
    ]

    @azureml.service(service["classic"], "wrong")
    @azureml.types(a=int)
    @azureml.dataframe_service(a=int)
    def refused(a):
        pass

    with pytest.raises(RuntimeError, match="key of this service"):
        refused(1)


def urllib2(service, data):
    """As the sample code on classic's help page, with Python 3's names."""
    body = str.encode(json.dumps(data, indent=2).replace("\n", "\r\n"))
    headers = {"Content-Type": "application/json", "Authorization": "Bearer " + service["key"]}
    request = urllib.request.Request(service["classic"], body, headers)
    return json.loads(urllib.request.urlopen(request, timeout=60).read())


def test_the_code_of_classics_help_page(service):
    data = {
        "Inputs": {"input1": {"ColumnNames": ["a", "name", "when", "label"],
                              "Values": [["1", "value", "2020-01-31", "value"], ["0", "value", "", "0"]]}},
        "GlobalParameters": {},
    }  # fmt: skip
    rows = urllib2(service, data)["Results"]["output1"]["value"]["Values"]
    assert rows == [
        ["1", "value", "2020-01-31T00:00:00", "1.5", "False"],
        ["0", "value", None, "0", "False"],
    ]
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib2(service, {"Inputs": {"input1": {"ColumnNames": ["a"], "Values": [["1"]]}}})
    said = json.loads(refused.value.read())
    assert (refused.value.code, said["error"]["details"][0]["code"]) == (400, "InputParseError")


def test_a_program_in_c_sharp_sends_string_tables(service):
    """A Dictionary<string, StringTable> of string[,], serialized by Json.NET, and read by position."""
    sent = (
        '{"Inputs":{"input1":{"ColumnNames":["a","name","when","label"],'
        '"Values":[["3","x","2020-01-31T00:00:00Z",null],["4","y","2020-01-31T00:00:00Z",null]]}},'
        '"GlobalParameters":{}}'
    )
    headers = {"Authorization": f"Bearer {service['key']}", "Content-Type": "application/json; charset=utf-8"}
    told = httpx.post(service["classic"], content=sent, headers=headers, timeout=60).json()
    value = told["Results"]["output1"]["value"]
    assert value["Values"][1][3] == "6"
    assert value["ColumnNames"].index("Scored Label Mean") == 3
    assert value["ColumnTypes"] == ["Int64", "String", "DateTime", "Double", "Boolean"]


def test_a_strict_decoder_finds_nothing_but_strings(service):
    """An Elm client: Decode.field "Scored Label Mean" Decode.string."""
    sent = {"Inputs": {"input1": [{"a": 2, "name": "x", "when": "2020-01-31", "label": "value"}]}}
    headers = {"Authorization": f"Bearer {service['key']}"}
    told = httpx.post(service["classic"] + "&format=swagger", json=sent, headers=headers, timeout=60).json()
    (row,) = told["Results"]["output1"]
    assert set(map(type, row.values())) == {str}
    assert float(row["Scored Label Mean"]) == 3.0


def test_whether_and_how_the_label_is_sent_makes_no_difference(service):
    row = {"a": 2, "name": "x", "when": "2020-01-31"}
    headers = {"Authorization": f"Bearer {service['key']}"}
    answers = [
        httpx.post(
            service["url"], json={"Inputs": {"input1": [row | more]}}, headers=headers, timeout=60
        ).json()
        for more in ({}, {"label": "value"}, {"label": 1}, {"label": {"x": []}})
    ]
    assert all(answer == answers[0] for answer in answers)
    assert "Results" in answers[0]


def test_a_table_goes_both_ways_as_an_arrow_stream(service):
    table = pa.table({"a": [1, None], "name": ["x", None], "when": pa.array([0, 1], pa.timestamp("ms"))})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    headers = {"Authorization": f"Bearer {service['key']}"}
    headers["Content-Type"] = "application/vnd.apache.arrow.stream"
    told = httpx.post(service["url"], content=sink.getvalue().to_pybytes(), headers=headers, timeout=60)
    assert told.headers["Content-Type"] == "application/vnd.apache.arrow.stream"
    answer = pa.ipc.open_stream(told.content).read_all()
    assert answer["Scored Label Mean"].to_pylist() == [1.5, None]
    assert pa.types.is_integer(answer.schema.field("a").type)


def test_an_inference_client_sends_json_or_bytes(server, service):
    """As `kserve` (JSON) and `tritonclient` (bytes behind the JSON) send a mixed table."""
    url = f"{server.url}/v2/models/{service['slug']}/infer"
    headers = {"Authorization": f"Bearer {service['key']}"}
    when = {"name": "when", "shape": [2], "datatype": "BYTES", "data": ["2020-01-31", None]}
    name = {"name": "name", "shape": [2], "datatype": "BYTES", "data": ["x", "y"]}
    number = {"name": "a", "shape": [2, 1], "datatype": "INT64", "data": [2, None]}
    told = httpx.post(url, json={"inputs": [number, name, when]}, headers=headers, timeout=60).json()
    outputs = {output["name"]: output for output in told["outputs"]}
    assert outputs["Scored Label Mean"]["data"] == [3.0, None]
    assert outputs["a"] == {"name": "a", "shape": [2], "datatype": "INT64", "data": [2, None]}
    del number["data"]
    head = json.dumps({"inputs": [number | {"parameters": {"binary_data_size": 16}}, name, when]}).encode()
    headers["Inference-Header-Content-Length"] = str(len(head))
    told = httpx.post(url, content=head + struct.pack("<qq", 2, 4), headers=headers, timeout=60).json()
    assert {o["name"]: o["data"] for o in told["outputs"]}["Scored Label Mean"] == [3.0, 6.0]


TRITON = (
    b'{"inputs":[{"name":"a","shape":[2],"datatype":"INT64","parameters":{"binary_data_size":16}},'
    b'{"name":"name","shape":[2],"datatype":"BYTES","parameters":{"binary_data_size":12}},'
    b'{"name":"when","shape":[2],"datatype":"BYTES","data":["2020-01-31","2020-02-01"]}],'
)
TRITON_DATA = (
    b"\x02\x00\x00\x00\x00\x00\x00\x00\x04\x00\x00\x00\x00\x00\x00\x00"
    b"\x01\x00\x00\x00x\x03\x00\x00\x00y\xc3\xbc"
)


@pytest.mark.parametrize(
    "wish",
    [
        b'"outputs":[{"name":"Scored Label Mean","parameters":{"binary_data":true}}]}',
        b'"parameters":{"binary_data_output":true}}',
    ],
)
def test_what_tritonclient_sends(server, service, wish):
    """What `tritonclient` 2.73 sent to a socket: its package wants another gevent and greenlet
    than the browser of our journeys, so that it cannot be installed beside. It reads JSON as well."""
    head = TRITON + wish
    headers = {
        "Authorization": f"Bearer {service['key']}",
        "User-Agent": "python/gevent-http-client-2.6.1",
        "Inference-Header-Content-Length": str(len(head)),
    }
    url = f"{server.url}/v2/models/{service['slug']}/infer"
    told = httpx.post(url, content=head + TRITON_DATA, headers=headers, timeout=60)
    assert told.status_code == 200, told.text
    assert "inference-header-content-length" not in told.headers
    outputs = {output["name"]: output["data"] for output in told.json()["outputs"]}
    assert outputs["Scored Label Mean"] == [3.0, 6.0]
    assert outputs.get("name", ["x", "yü"]) == ["x", "yü"]


def test_what_kserves_client_sends(server, service):
    """`kserve` 0.21's InferenceRESTClient fails on Python 3.11 before it sends; this is what its InferRequest
    makes of a mixed table (`to_rest`)."""
    sent = {
        "id": "4be58e5f-1b4b-4a34-b8a0-0a5ed4b7a5fb",
        "model_name": service["slug"],
        "inputs": [
            {"name": "a", "shape": [2], "datatype": "INT64", "data": [2, None]},
            {"name": "name", "shape": [2], "datatype": "BYTES", "data": ["x", "y"]},
            {"name": "when", "shape": [2], "datatype": "BYTES", "data": ["2020-01-31", None]},
        ],
    }
    url = f"{server.url}/v2/models/{service['slug']}/infer"
    told = httpx.post(
        url, json=sent, headers={"Authorization": f"Bearer {service['key']}"}, timeout=60
    ).json()
    assert (told["id"], told["model_name"]) == (sent["id"], service["slug"])
    assert {o["name"]: o["data"] for o in told["outputs"]}["Scored Label Mean"] == [3.0, None]


@pytest.mark.parametrize("document", ["openapi.json", "swagger.json"])
def test_what_its_documents_allow_leads_to_no_server_error(server, service, document):
    """Calls made of the document, right ones and wrong ones: an answer, or a refusal with its reason."""
    headers = {"Authorization": f"Bearer {service['key']}"}
    address = f"{server.url}/workspaces/any/services/{service['id']}/swagger.json"
    if document == "openapi.json":
        address = f"{server.url}/api/v1/services/{service['id']}/openapi.json"
    schema = schemathesis.openapi.from_dict(httpx.get(address, headers=headers).json())
    (operation,) = (found.ok() for found in schema.get_all_operations())
    statuses = set()

    @settings(**FEW, max_examples=15)
    @given(operation.as_strategy(), st.booleans())
    def call(case, breaks):
        if breaks and isinstance(case.body, dict):
            case.body = {**case.body, "Inputs": case.body.get("GlobalParameters")}
        told = case.call(base_url=server.url + (schema.raw_schema.get("basePath") or ""), headers=headers)
        statuses.add(told.status_code)
        if told.status_code >= 400:
            assert told.status_code in (400, 401, 405, 415), told.content
            assert {"code", "message", "details"} == set(told.json()["error"])

    call()
    assert {200, 400} <= statuses
