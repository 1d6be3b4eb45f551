"""Own modules over HTTP: what is inside of one runs, is cached, told of and tried."""

from __future__ import annotations

import io
import shutil
import zipfile
from typing import Any

from tests.builders import Exp, own_module
from tests.server import Server

ADD = "def azureml_main(df, *, by: int = 1):\n    df['x'] = df.x + by\n    return df,\n"


def twice() -> Exp:
    """A table, then an own module that adds twice; the second by a param of its own."""
    inner = Exp().script("a", ADD).script("b", ADD).wire("a.result_dataset", "b.dataset1").file()
    ports = ({"rows": ["a.dataset1"]}, {"out": "b.result_dataset"}, {"more": ("b", "by")})
    exp = Exp("Twice").own("twice", own_module("Add twice", inner, *ports))
    return exp.table("t", "x\n1\n2\n").node("m", "own/twice", more=10).wire("t.dataset", "m.rows")


def test_what_is_inside_runs_and_keeps_its_results_by_itself(server: Server) -> None:
    exp = twice()
    run = server.run(exp)
    assert run.states() == {"t": "finished", "m.a": "finished", "m.b": "finished"}
    rows = server.get(f"artifacts/{run.node('m.b')['outputs']['result_dataset']['artifact']}/rows")["rows"]
    assert rows == [[12], [13]]
    id = run.body["experiment"]
    file = server.get(f"experiments/{id}")
    file["nodes"][1]["params"] = {"more": 20}
    answer = server.http.put(f"experiments/{id}", json=file, headers={"If-Match": '"1"'})
    assert answer.status_code == 200
    again = server.run(id, until=["m"])
    assert {node: again.cached(node) for node in again.states()} == {"t": True, "m.a": True, "m.b": False}
    assert server.http.get(f"runs/{again.body['id']}/nodes/m.b/log").status_code == 200
    assert server.run(id, until=["m"], anew=["m"]).cached("m.a") is False


def test_its_problems_and_tries_are_those_of_the_inside(server: Server) -> None:
    exp = twice()
    exp.nodes[1]["params"] = {"more": "lots"}
    told = server.post("experiments/validate", exp.file(), status=200)
    assert [(one["node"], one["param"]) for one in told["errors"]] == [("m.b", "by")]
    assert set(told["declared"]) == {"m.a", "m.b"}
    tried = server.post(
        f"experiments/{server.create(twice())['id']}/nodes/m.b/sample", {"rows": 1}, status=200
    )
    assert tried["failure"] is None
    loop = own_module("Loop", Exp().node("x", "own/loop").file(), {}, {}, {})
    refused = server.post("experiments", Exp().own("loop", loop).node("n", "own/loop").file(), status=422)
    assert "contains itself" in refused["detail"]


def test_a_package_is_read_before_it_is_kept(server: Server) -> None:
    inner = Exp().script("a", ADD).file()
    own = own_module("Add one", inner, {"rows": ["a.dataset1"]}, {"out": "a.result_dataset"}, {})
    kept = server.post("own-modules", {"definition": own}, status=201)
    answer = server.http.get(f"own-modules/{kept['slug']}/package")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    (found,) = server.post("module-packages/read", {"files": files}, status=200)
    assert {key: found[key] for key in ("name", "slug", "version", "scripts")} == {
        "name": "Add one", "slug": "add-one", "version": 1, "scripts": ["Python"],
    }  # fmt: skip
    body = {"definition": found["definition"], "needs": found["needs"], "slug": found["slug"]}
    assert server.post("own-modules", body, status=201)["version"] == 1
    refused = server.post("module-packages/read", {"files": {"a.xml": "<Module/>"}}, status=422)
    assert "a.xml cannot be read as a module" in refused["detail"]
    assert server.http.get("own-modules/add-one,nobody/package").status_code == 404
    assert server.http.delete(f"own-modules/{kept['slug']}").status_code == 204


SHARES_XML = """<Module name="Shares"><Description>Shares of the whole.</Description>
<Language name="R" sourceFile="Shares.R" entryPoint="Shares"/>
<Ports><Input id="rows" name="Rows" type="DataTable"/><Input id="more" type="DataTable" isOptional="true"/>
<Output id="shares" name="Shares" type="DataTable"/><Output id="chart" type="Visualization"/></Ports>
<Arguments><Arg id="times" name="Times" type="double"><Properties default="1" min="0"/></Arg>
<Arg id="keep" name="Keep" type="bool"><Properties default="true"/></Arg>
<Arg id="way" name="Way" type="DropDown"><Properties default="plain"><Item id="plain" name="Plain"/>
<Item id="round" name="Rounded"/></Properties></Arg>
<Arg id="says" name="Says" type="string"><Properties default="it's &quot;so&quot;"/></Arg></Arguments>
</Module>"""
SHARES = """Shares <- function(rows, more, times, keep, way, says) {
  share <- rows$x / sum(rows$x) * times
  if (way == "round") share <- round(share)
  plot(share)
  cat("says", says, "\\n")
  result <- data.frame(share = share, more = is.null(more))
  if (keep) cbind(rows, result) else result
}
"""


def test_a_custom_module_of_classic_in_r_runs_in_r(server: Server) -> None:
    files = {"Shares.xml": SHARES_XML, "Shares.R": SHARES}
    (found,) = server.post("module-packages/read", {"files": files}, status=200)
    assert (found["scripts"], found["left_out"]) == (["R"], [])
    exp = Exp("Shares").own("shares", found["definition"]).table("t", "x\n1\n3\n")
    exp.node("m", "own/shares").wire("t.dataset", "m.rows")
    exp.node("w", "own/shares", times=10, keep=False, way="round").wire("t.dataset", "w.rows")
    run = server.run(exp)
    if not shutil.which("Rscript"):
        assert "apt install r-base-core" in run.node("m.run")["error"]["message"]
        return
    assert run.rows("m.run.result_dataset") == [[1, 0.25, True], [3, 0.75, True]]
    assert run.rows("w.run.result_dataset") == [[2.0, True], [8.0, True]]
    assert 'says it\'s "so"' in run.log("m.run")
    assert run.output("m.run.r_device")["pictures"] == 2, "one as SVG and as PNG"


def test_an_own_module_from_elsewhere_waits_until_it_is_trusted_by_name(server: Server) -> None:
    inner = Exp().own(
        "deep", own_module("Deep", Exp().script("d", ADD).file(), {"r": ["d.dataset1"]}, {}, {})
    )
    inner.script("a", ADD).node("o", "own/deep").wire("a.result_dataset", "o.r")
    own = own_module("Theirs", inner.file(), {"rows": ["a.dataset1"]}, {"out": "a.result_dataset"}, {})
    exp = (
        Exp("Found")
        .own("theirs", own)
        .table("t", "x\n1\n")
        .node("m", "own/theirs")
        .wire("t.dataset", "m.rows")
    )
    exp.modules["deep"] = inner.modules["deep"]
    file = exp.file()

    def arrives(*trust: str) -> dict[str, Any]:
        params = {"from_elsewhere": True, "trust": trust}
        answer = server.http.post("experiments", params=params, json=file)
        assert answer.status_code == 201, answer.text
        return answer.json()

    made = arrives()
    assert {key: one["untrusted"] for key, one in made["modules"].items()} == {"theirs": True, "deep": True}
    refused = server.post(f"experiments/{made['id']}/runs", {}, status=422)
    assert {one["node"]: one["code"] for one in refused["errors"]} == {
        "m.a": "untrusted-module", "m.o.d": "untrusted-module",
    }  # fmt: skip
    assert "'Theirs' came with a file from elsewhere, and runs Python code" in refused["errors"][0]["message"]
    server.post(f"experiments/{made['id']}/nodes/m.a/sample", {"rows": 1}, status=422)
    kept = server.post("own-modules", {"definition": made["modules"]["theirs"]}, status=422)
    assert "Trust it, then keep it" in kept["detail"]
    again = server.post(f"experiments/{made['id']}/duplicate", {}, status=201)
    assert again["modules"]["theirs"]["untrusted"] is True

    only_one = arrives("Theirs")
    assert [key for key, one in only_one["modules"].items() if one.get("untrusted")] == ["deep"]
    for one in made["modules"].values():
        del one["untrusted"]
    saved = server.http.put(f"experiments/{made['id']}", json=made, headers={"If-Match": '"1"'})
    assert saved.status_code == 200
    assert server.run(made["id"]).state == "finished"
    assert "untrusted" not in arrives("Theirs", "Deep")["modules"]["theirs"]

    server.post("own-modules", {"definition": own, "needs": inner.modules}, status=201)
    (mine,) = (one for one in server.get("own-modules")["items"] if one["slug"] == "theirs")
    file = {**file, "modules": {**file["modules"], "theirs": mine["definition"]}}
    assert "untrusted" not in arrives()["modules"]["theirs"], "what I have kept is what I trust"
