"""Agents over the Model Context Protocol: twenty tasks of classic's tutorials, done by a scripted client."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import httpx
import pytest

from tests.builders import Exp
from tests.server import ROOT, Server

CARS = "make,fuel,doors,hp,price\n" + "".join(
    f"{['audi', 'bmw', 'vw'][i % 3]},{['gas', 'diesel'][i % 2]},{2 + 2 * (i % 2)},{60 + i},{'' if i % 10 == 9 else 5000 + 90 * i}\n"
    for i in range(60)
)
MAKERS = "make,country\naudi,Germany\nbmw,Germany\nvw,Germany\n"


class Agent:
    """A client that speaks the protocol's messages and nothing else."""

    def __init__(self, server: Server, key: str) -> None:
        self.url = f"{server.url}/api/v1/mcp"
        self.http = httpx.Client(headers={"Authorization": f"Bearer {key}"}, timeout=60)
        self.count = 0
        hello = self.ask(
            "initialize", protocolVersion="2025-06-18", capabilities={}, clientInfo={"name": "test"}
        )
        assert hello["protocolVersion"] == "2025-06-18"
        started = self.http.post(self.url, json={"jsonrpc": "2.0", "method": "notifications/initialized"})
        assert (started.status_code, started.content) == (202, b"")

    def ask(self, method: str, **params: Any) -> Any:
        self.count += 1
        answer = self.http.post(
            self.url, json={"jsonrpc": "2.0", "id": self.count, "method": method, "params": params}
        ).json()
        assert answer["id"] == self.count
        return answer.get("result", answer.get("error"))

    def refused(self, tool: str, **arguments: Any) -> str:
        found = self.ask("tools/call", name=tool, arguments=arguments)
        assert found["isError"], found
        return found["content"][0]["text"]

    def __call__(self, tool: str, **arguments: Any) -> Any:
        found = self.ask("tools/call", name=tool, arguments=arguments)
        assert not found.get("isError"), found
        return found["structuredContent"]


def let_in(server: Server, **wish: Any) -> Agent:
    return Agent(server, server.post("agent-keys", {"name": "Scripted", **wish})["key"])


@pytest.fixture(scope="module")
def agent(server: Server) -> Agent:
    for name, text in (("agent cars.csv", CARS), ("agent makers.csv", MAKERS)):
        server.wait_for_dataset(server.upload(name, text).json()["id"])
    return let_in(server, values=True)


def add(id: str, module: str, **params: Any) -> dict[str, Any]:
    return {"op": "add_node", "id": id, "module": module, "params": params}


def wire(source: str, to: str) -> dict[str, Any]:
    return {"op": "add_wire", "from": source, "to": to}


def python(body: str) -> dict[str, Any]:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return add("t", "execute-python-script", script=f"import pandas as pd\ndef azureml_main(df):\n{lines}")


def sql(text: str) -> dict[str, Any]:
    return add("t", "apply-sql-transformation", sql=text)


def r2(value: Any) -> Any:
    return round(value, 2) if isinstance(value, float) else value


PRICED = "price is not null"
# The step under test is the node `t`, which reads the cars; each with the port, and rows of the right table.
TASKS: dict[str, tuple[list[dict[str, Any]], str, list[list[Any]]]] = {
    "choose columns": (
        [add("t", "select-columns-in-dataset", select_columns=["make", "hp"])], "results_dataset", [["audi", 60]]),
    "drop rows without a price": ([sql(f"select count(*) n from t1 where {PRICED}")], "results_dataset", [[54]]),
    "mean price": ([sql("select avg(price) p from t1")], "results_dataset", [[7610.0]]),
    "cars of each make": (
        [sql("select make, count(*) n from t1 group by make order by make")], "results_dataset",
        [["audi", 20], ["bmw", 20], ["vw", 20]]),
    "strongest car": ([sql("select max(hp) from t1")], "results_dataset", [[119]]),
    "first rows": ([python("return df.head(1)[['make', 'hp']]")], "result_dataset", [["audi", 60]]),
    "a new column": (
        [python("df['kw'] = df.hp * 0.75\nreturn df[['kw']].head(2)")], "result_dataset", [[45.0], [45.75]]),
    "missing by column": (
        [python("return df.isna().sum().rename('n').reset_index()")], "result_dataset",
        [["make", 0], ["fuel", 0], ["doors", 0], ["hp", 0], ["price", 6]]),
    "group in a script": (
        [python("return df.groupby('fuel', as_index=False).hp.sum()")], "result_dataset",
        [["diesel", 2700], ["gas", 2670]]),
    "sort": (
        [python("return df.sort_values('hp', ascending=False)[['hp']].head(2)")], "result_dataset", [[119], [118]]),
    "pivot": (
        [python("return df.pivot_table(index='make', columns='doors', values='hp', aggfunc='count').reset_index()")],
        "result_dataset", [["audi", 10, 10], ["bmw", 10, 10], ["vw", 10, 10]]),
    "distinct": ([sql("select distinct fuel from t1 order by fuel")], "results_dataset", [["diesel"], ["gas"]]),
    "text": ([python("return df.make.str.upper().drop_duplicates().to_frame()")], "result_dataset",
             [["AUDI"], ["BMW"], ["VW"]]),
    "window": (
        [add("t", "apply-sql-transformation", engine="duckdb",
             sql="select make, hp from t1 qualify row_number() over (partition by make order by hp desc) = 1 order by make")],
        "results_dataset", [["audi", 117], ["bmw", 118], ["vw", 119]]),
    "correlation": ([python("return pd.DataFrame({'r': [round(df.hp.corr(df.price), 3)]})")], "result_dataset", [[1.0]]),
    "two halves": (
        [add("t", "split-data", fraction=0.5, randomized=False)], "results_dataset1", [["audi", "gas", 2, 60, 5000.0]]),
    "join": (
        [add("m", "dataset", dataset="agent makers"), sql("select count(*) n from t1 join t2 using (make)"),
         wire("m.dataset", "t.t2")], "results_dataset", [[60]]),
    "chain of nodes": (
        [add("f", "apply-sql-transformation", sql="select * from t1 where hp > 100"), wire("d.dataset", "f.t1"),
         add("t", "execute-python-script", script="def azureml_main(a):\n    return a[['hp']].describe().iloc[[0]]\n"),
         wire("f.results_dataset", "t.dataset1")], "result_dataset", [[19.0]]),
    "a regression": (
        [python("from sklearn.linear_model import LinearRegression\ndf = df.dropna()\n"
                "fit = LinearRegression().fit(df[['hp']], df.price)\n"
                "return pd.DataFrame({'slope': [round(float(fit.coef_[0]), 3)]})")], "result_dataset", [[90.0]]),
    "clean missing data": ([add("t", "clean-missing-data", cleaning_mode="remove_row"),
                            add("c", "apply-sql-transformation", sql="select count(*) n from t1"),
                            wire("t.cleaned_dataset", "c.t1")], "c:results_dataset", [[54]]),
}  # fmt: skip


@pytest.mark.parametrize("name", TASKS)
def test_a_task_of_a_tutorial(agent: Agent, name: str) -> None:
    edits, port, rows = TASKS[name]
    node, _, port = port.rpartition(":")
    module = next(edit["module"] for edit in edits if edit.get("id") == "t")
    described = agent("describe_module", slug=module)
    first = described["inputs"][0]["name"]
    given = [add("d", "dataset", dataset="agent cars"), *edits]
    if not any(edit.get("to", "") == f"t.{first}" for edit in edits):
        given.append(wire("d.dataset", f"t.{first}"))
    made = agent("make_experiment", name=f"Agent: {name}", edits=given)
    assert made["errors"] == []
    ran = agent("run", experiment=made["experiment"], wait=30)
    assert ran["state"] == "finished", ran
    found = agent("table_sample", experiment=made["experiment"], node=node or "t", port=port, rows=len(rows))
    assert [[r2(cell) for cell in row] for row in found["rows"]] == rows


def test_twenty_tasks() -> None:
    assert len(TASKS) == 20


def test_an_edit_waits_until_a_person_decides(server: Server, agent: Agent) -> None:
    id = server.create(Exp("Waits").table("d", "x\n1\n2\n"))["id"]
    edits = [sql("select sum(x) s from t1"), wire("d.dataset", "t.t1")]
    made = agent("propose_edit", experiment=id, title="Add up", edits=edits)
    assert made["errors"] == []
    assert len(server.get(f"experiments/{id}")["nodes"]) == 1
    tried = agent("try_node", experiment=id, node="t", proposal=made["proposal"])
    assert tried["outputs"]["results_dataset"]["rows"] == [[3]]
    [waiting] = server.get(f"experiments/{id}/proposals")["items"]
    assert (waiting["title"], waiting["agent"]) == ("Add up", "Scripted")
    saved = server.http.put(f"experiments/{id}", json=waiting["document"], headers={"If-Match": '"1"'})
    assert saved.status_code == 200
    path = f"experiments/{id}/proposals/{waiting['id']}"
    assert server.http.post(path, json={"accepted": True}).status_code == 204
    assert server.http.post(path, json={"accepted": False}).status_code == 409
    assert agent("get_proposal", experiment=id, proposal=waiting["id"])["state"] == "accepted"
    assert agent("run", experiment=id)["state"] == "finished"
    again = agent("propose_edit", experiment=id, title="b", edits=[{"op": "remove_node", "node": "t"}])
    more = agent("propose_edit", experiment=id, title="c", after=again["proposal"],
                 edits=[{"op": "rename", "node": "d", "name": "Typed"}])  # fmt: skip
    [waiting] = server.get(f"experiments/{id}/proposals")["items"]
    assert waiting["id"] == more["proposal"]
    assert [node["id"] for node in waiting["document"]["nodes"]] == ["d"]


def test_an_agent_does_not_run_what_asks_for_the_world(server: Server, agent: Agent) -> None:
    server.post("secrets", {"name": "AGENTS_NEVER", "value": "told to nobody"})
    asks = add("t", "execute-python-script", secrets="AGENTS_NEVER")
    made = agent("make_experiment", name="Asks", edits=[asks])["experiment"]
    assert "a person must run it" in agent.refused("run", experiment=made)
    assert "a person must run it" in agent.refused("try_node", experiment=made, node="t")


def test_no_value_is_sent_unless_the_key_allows_it(server: Server) -> None:
    secret = "Rumpelstilzchen"
    plain = let_in(server)
    broken = "def azureml_main(df):\n    print(df)\n    return df.n.astype(int)\n"
    exp = Exp("Secret").table("d", f"n\n{secret}\n").script("s", broken).wire("d.dataset", "s.dataset1")
    id = server.run(exp).body["experiment"]
    told = [
        plain("get_experiment", experiment=id),
        plain("table_schema", experiment=id, node="d", port="dataset"),
        plain("node_failure", experiment=id, node="s"),
        plain("why_it_ran", experiment=id, node="s"),
        plain("try_node", experiment=id, node="s"),
        plain("try_node", experiment=id, node="d"),
        plain("run", experiment=id),
        plain("validate", experiment=id),
        plain.refused("table_sample", experiment=id, node="d", port="dataset"),
    ]
    assert secret not in json.dumps(told)
    assert told[1]["columns"] == [{"name": "n", "type": "string"}]
    assert told[2]["error"]["line"] == 3
    assert secret in json.dumps(let_in(server, values=True)("node_failure", experiment=id, node="s"))
    # What was withheld is not lost by an edit.
    made = plain("propose_edit", experiment=id, title="x", edits=[{"op": "rename", "node": "s", "name": "S"}])
    assert made["errors"] == []
    [waiting] = server.get(f"experiments/{id}/proposals")["items"]
    assert secret in waiting["document"]["nodes"][0]["params"]["data"]


def test_every_call_is_written_down_and_a_key_can_be_taken_back(server: Server) -> None:
    made = server.post("agent-keys", {"name": "Short"})
    short = Agent(server, made["key"])
    short("list_experiments")
    assert "no tool" in short.refused("format_the_disk")
    assert "no experiment" in short.refused("get_experiment", experiment="nowhere").lower()
    assert "rows" in short.refused("table_sample", rows=10**9)
    calls = [call for call in server.get("agent-calls", limit=10)["items"] if call["agent"] == "Short"]
    assert [call["tool"] for call in calls] == [
        "table_sample", "get_experiment", "format_the_disk", "list_experiments"]  # fmt: skip
    assert calls[1]["about"] == "nowhere"
    assert calls[1]["refused"]
    assert "key" not in server.get("agent-keys")["items"][0]
    assert server.http.delete(f"agent-keys/{made['id']}").status_code == 204
    assert short.http.post(short.url, json={"jsonrpc": "2.0", "id": 1, "method": "ping"}).status_code == 401


@pytest.mark.parametrize(
    ("body", "code"),
    [(b"{", -32700), (b"[]", -32600), (b'{"jsonrpc": "2.0", "id": 1, "method": "x"}', -32601),
     (b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": 3}}', -32602)],
)  # fmt: skip
def test_odd_messages(server: Server, agent: Agent, body: bytes, code: int) -> None:
    answer = agent.http.post(agent.url, content=body)
    assert answer.json()["error"]["code"] == code


def test_no_page_of_another_site_and_no_session_speaks_here(server: Server, agent: Agent) -> None:
    ping = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    assert (
        agent.http.post(agent.url, json=ping, headers={"Origin": "https://evil.example"}).status_code == 403
    )
    assert agent.http.post(agent.url, json=ping, headers={"Origin": server.url}).status_code == 200
    with httpx.Client() as browser:
        browser.get(f"{server.url}/?token=test-token")
        assert browser.post(agent.url, json=ping).status_code == 401


def test_an_agent_on_this_machine_speaks_over_its_standard_streams(server: Server) -> None:
    asked = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "1999-01-01"}},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/list"},
        {"jsonrpc": "2.0", "id": 3, "method": "tools/call",
         "params": {"name": "make_experiment", "arguments": {"name": "By pipe", "edits": [
             add("d", "enter-data-manually", data="x\n1\n")]}}},
    ]  # fmt: skip
    done = subprocess.run(
        [sys.executable, "manage.py", "mcp"],
        cwd=ROOT,
        env=server.environment,
        input="".join(json.dumps(each) + "\n" for each in asked),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    hello, tools, made = map(json.loads, done.stdout.splitlines())
    assert hello["result"]["protocolVersion"] == "2025-11-25"
    assert len(tools["result"]["tools"]) == 17
    assert server.get(f"experiments/{made['result']['structuredContent']['experiment']}")["name"] == "By pipe"
