"""The world outside, by permission: hosts that a node asks for, and secrets that it is given by name."""

from __future__ import annotations

import http.server
import json
import sqlite3
import threading
from collections.abc import Iterator
from textwrap import dedent

import pytest

from tests.builders import Exp
from tests.server import Server

VALUE = "p4ss-w0rd ‘of’ the day"


class Page(http.server.BaseHTTPRequestHandler):
    """Answers with how often it was asked."""

    times = 0

    def do_GET(self) -> None:
        type(self).times += 1
        body = str(self.times).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture(scope="module")
def page() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture(scope="module")
def studio(page: str) -> Iterator[Server]:
    with Server(STUDIO_NETWORK_ALLOW=f"{page}, *.blob.core.windows.net") as server:
        yield server


@pytest.fixture(scope="module")
def secret(studio: Server) -> str:
    made = studio.http.post("secrets", json={"name": "DB_PASSWORD", "value": VALUE})
    assert made.status_code == 201, made.text
    return made.json()["id"]


def fetch(page: str) -> str:
    return f"""
        import pandas as pd, requests
        def azureml_main():
            return pd.DataFrame({{"v": [int(requests.get("http://{page}/").text)]}})
        """


def test_a_node_with_network_runs_in_every_run_and_says_what_went_through(studio: Server, page: str) -> None:
    exp = Exp().node("n", "execute-python-script", script=dedent(fetch(page)), network=page)
    first = studio.run(exp)
    assert first.rows("n.result_dataset") == [[1]]
    assert f"network: {page}, 1 connection, " in first.log("n")
    again = studio.run(first.body["experiment"])
    assert again.rows("n.result_dataset") == [[2]]
    assert again.node("n")["reason"] == "re-ran: what it finds in the network may have changed"


def test_the_record_says_which_node_reached_which_host_and_no_secret(
    studio: Server, page: str, secret: str
) -> None:
    script = f"""
        import pandas as pd, requests, studio
        def azureml_main():
            requests.get("http://{page}/?path=hidden")
            for host in ("elsewhere.example", studio.secret("HOST_PART") + ".example"):
                try:
                    requests.get(f"http://{{host}}/")
                except Exception:
                    pass
        """
    studio.http.post("secrets", json={"name": "HOST_PART", "value": "Tell-Nobody"})
    exp = Exp().node("n", "execute-python-script", script=dedent(script), network=page, secrets="HOST_PART")
    run = studio.run(exp)
    assert run.state == "finished", run.log("n")
    found = studio.get("network/records")
    mine = [one for one in found["items"] if one["run"] == run.body["id"]]
    assert found["total"] >= len(mine) == 3
    reached = next(one for one in mine if one["host"] == page)
    assert (reached["node"], reached["connections"], reached["refused"]) == ("n", 1, None)
    assert reached["sent"] > 10
    assert reached["received"] > 10
    refused = next(one for one in mine if one["host"] == "elsewhere.example:80")
    assert "is not among the hosts that the administrator allows" in refused["refused"]
    told = studio.http.get("network/records", params={"limit": 1000}).text + run.log("n")
    assert "hidden" not in told
    assert "tell-nobody" not in told.lower()
    asked = studio.get("network/records", search="elsewhere", refused=True)["items"]
    assert {one["host"] for one in asked} == {"elsewhere.example:80"}
    assert studio.get("network")["allowed"][0] == page


def test_its_result_is_kept_where_its_user_says_so(studio: Server, page: str) -> None:
    exp = Exp().node(
        "n", "execute-python-script", script=dedent(fetch(page)), network=page, use_cached_results=True
    )
    first = studio.run(exp)
    again = studio.run(first.body["experiment"])
    assert again.cached("n")
    assert again.rows("n.result_dataset") == first.rows("n.result_dataset")


def test_a_host_that_is_not_allowed_is_a_problem_before_the_run(studio: Server) -> None:
    exp = Exp().node("n", "execute-python-script", network="db.example.org:5432")
    (error,) = studio.http.post("experiments/validate", json=exp.file()).json()["errors"]
    assert (error["node"], error["param"], error["code"]) == ("n", "network", "host-not-allowed")
    assert "may not reach db.example.org:5432: the administrator allows 127.0.0.1:" in error["message"]
    exp = Exp().node("n", "execute-python-script", network="http://x")
    (error,) = studio.http.post("experiments/validate", json=exp.file()).json()["errors"]
    assert error["code"] == "bad-host"


def test_without_being_asked_for_there_is_no_network(studio: Server, page: str) -> None:
    run = studio.run(Exp().node("n", "execute-python-script", script=dedent(fetch(page))))
    assert run.state == "failed"


def test_a_secret_is_given_by_name_and_told_nowhere(studio: Server, secret: str) -> None:
    script = """
        import os, sys, pandas as pd, studio
        def azureml_main():
            it = studio.secret("DB_PASSWORD")
            print("whole:", it)
            print("as JSON:", __import__("json").dumps(it))
            sys.stdout.write(it[:5]); sys.stdout.flush(); print(it[5:])
            os.system('echo "shell: $DB_PASSWORD"')
            return pd.DataFrame({"same": [it == os.environ["DB_PASSWORD"]], "long": [len(it)]})
        """
    exp = Exp().node("n", "execute-python-script", script=dedent(script), secrets="DB_PASSWORD")
    run = studio.run(exp)
    assert run.rows("n.result_dataset") == [[True, len(VALUE)]]
    log = run.log("n")
    assert "whole: ••••••" in log
    assert "shell: ••••••" in log
    device = studio.get(f"artifacts/{run.output('n.python_device')['artifact']}")
    told = [log, json.dumps(device), json.dumps(run.body), studio.http.get("secrets").text]
    told.append(studio.http.get(f"experiments/{run.body['experiment']}").text)
    for text in told:
        assert VALUE not in text
        assert VALUE[:9] not in text
        assert VALUE[-9:] not in text
    mine = studio.get(f"secrets/{secret}")
    assert "value" not in mine
    assert mine["used"]
    assert mine["used_for"].startswith("Execute Python Script in run")
    assert mine["made_by"]


def test_a_failure_does_not_tell_it_either(studio: Server, secret: str) -> None:
    script = """
        def azureml_main():
            import studio
            it = studio.secret("DB_PASSWORD")
            raise ValueError(f"no database takes {it}")
        """
    run = studio.run(Exp().node("n", "execute-python-script", script=dedent(script), secrets="DB_PASSWORD"))
    text = json.dumps(run.body, ensure_ascii=False) + run.log("n")
    assert "no database takes ••••••" in text
    assert VALUE not in text
    script = script.replace('studio.secret("DB_PASSWORD")', 'studio.secret("OTHER")')
    run = studio.run(Exp().node("n", "execute-python-script", script=dedent(script), secrets="DB_PASSWORD"))
    assert (
        "this node was not given the secret 'OTHER' (it has DB_PASSWORD)" in run.node("n")["error"]["message"]
    )


def test_another_value_makes_the_node_run_again(studio: Server) -> None:
    made = studio.http.post("secrets", json={"name": "TURN", "value": "first value"}).json()
    script = """
        import pandas as pd, studio
        def azureml_main():
            return pd.DataFrame({"v": [studio.secret("TURN")[::-1]]})
        """
    first = studio.run(Exp().node("n", "execute-python-script", script=dedent(script), secrets="TURN"))
    assert studio.run(first.body["experiment"]).cached("n")
    assert studio.http.put(f"secrets/{made['id']}", json={"value": "second value"}).status_code == 200
    again = studio.run(first.body["experiment"])
    assert again.rows("n.result_dataset") == [["eulav dnoces"]]
    assert studio.http.delete(f"secrets/{made['id']}").status_code == 204
    (error,) = studio.http.post("experiments/validate", json=first.body["graph"]).json()["errors"]
    assert (error["param"], error["code"]) == ("secrets", "unknown-secret")


def test_it_is_kept_encrypted(studio: Server, secret: str) -> None:
    with sqlite3.connect(studio.home / "studio.sqlite3") as database:
        (sealed,) = database.execute("select sealed from secrets_secret where id = ?", (secret,)).fetchone()
    assert VALUE not in sealed
    assert len(sealed) > len(VALUE)
    raw = b"".join(path.read_bytes() for path in studio.home.rglob("*.sqlite3*"))
    assert VALUE.encode() not in raw


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PATH", "v"),
        ("ld_preload", "v"),
        ("https_proxy", "v"),
        ("1x", "v"),
        ("a b", "v"),
        ("OK", ""),
        ("OK", "\0"),
    ],
)
def test_what_cannot_be_a_secret(studio: Server, name: str, value: str) -> None:
    assert studio.http.post("secrets", json={"name": name, "value": value}).status_code == 422


def test_a_name_is_taken_once(studio: Server, secret: str) -> None:
    assert studio.http.post("secrets", json={"name": "DB_PASSWORD", "value": "v"}).status_code == 409


def test_a_node_that_asks_for_the_world_is_no_part_of_a_service(studio: Server, secret: str) -> None:
    script = "def azureml_main(frame):\n    return frame\n"
    exp = (
        Exp()
        .table("d", "a\n1\n")
        .node("in", "web-service-input")
        .node("n", "execute-python-script", script=dedent(script), secrets="DB_PASSWORD")
        .node("out", "web-service-output")
        .wire("d.dataset", "in.sample")
        .wire("in.dataset", "n.dataset1")
        .wire("n.result_dataset", "out.dataset")
    )
    run = studio.run(exp)
    refused = studio.http.post(f"experiments/{run.body['experiment']}/services", json={})
    assert refused.status_code == 422
    assert "asks for network or for secrets" in refused.text
