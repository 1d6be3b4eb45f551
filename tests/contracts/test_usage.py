"""What takes the space, and cleaning up, over HTTP."""

from __future__ import annotations

from tests.builders import chain
from tests.server import Server

ADD = "def azureml_main(df):\n    df['x'] = df.x + 1\n    return df,\n"


def test_space_is_told_by_experiment_and_by_dataset(server: Server) -> None:
    dataset = server.upload("heavy.csv", "x\n" + "12345\n" * 5000).json()
    server.upload("heavy.csv", "x\n1\n", new_version_of=dataset["id"])
    run = server.run(chain(ADD, csv="x\n8001\n"))
    told = server.get("usage")
    assert 0 < told["disk"]["free"] <= told["disk"]["total"]
    [mine] = [each for each in told["experiments"] if each["id"] == run.body["experiment"]]
    table = server.get(f"artifacts/{run.output('s1.result_dataset')['artifact']}")
    assert mine["results"] >= 2
    assert mine["bytes"] >= table["bytes"]
    [heavy] = [each for each in told["datasets"] if each["name"] == "heavy"]
    assert heavy["versions"] == 2
    assert heavy["bytes"] >= dataset["bytes"]
    sizes = [each["bytes"] for each in told["datasets"]]
    assert sizes == sorted(sizes, reverse=True)


def test_cleaning_up_drops_what_nothing_holds_after_saying_how_much(server: Server) -> None:
    first = server.run(chain(ADD, csv="x,cleaned\n73911,1\n"))
    id = first.body["experiment"]
    document = server.get(f"experiments/{id}")
    document["nodes"][1]["params"]["script"] = ADD.replace("1", "10")
    server.http.put(
        f"experiments/{id}", json=document, headers={"If-Match": str(document["revision"])}
    ).raise_for_status()
    second = server.run(id)
    old = f"artifacts/{first.output('s1.result_dataset')['artifact']}/rows"
    promised = server.post("usage/clean-up", {"dry_run": True}, status=200)
    assert promised["results"] > 0
    assert promised["freed"] > 0
    assert server.http.get(old).status_code == 200
    done = server.post("usage/clean-up", {}, status=200)
    assert done | {"state": "promised"} == promised
    assert done["state"] == "finished"
    told = server.get("usage/clean-up")
    assert (told["state"], told["freed"]) == ("finished", done["freed"]), "who comes later sees it too"
    assert server.http.get(old).status_code == 410
    assert second.rows("s1.result_dataset") == [[73921, 1]]
    assert server.post("usage/clean-up", {"dry_run": True}, status=200)["results"] == 0
