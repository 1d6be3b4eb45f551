"""Versions of a dataset over HTTP: compared, restored, and who uses them."""

from __future__ import annotations

import io
import zipfile

from tests.builders import Exp
from tests.server import Server


def test_two_versions_are_compared_column_by_column(server: Server) -> None:
    old = server.upload("stock.csv", "id,name,price,code\n1,a,2.5,7\n2,b,3.5,8\n").json()
    new = server.upload(
        "stock.csv", "id,name,code,day\n1,a,007,x\n2,c,8,y\n", new_version_of=old["id"]
    ).json()
    assert server.get(f"datasets/{old['id']}/compare/{new['id']}") == {
        "rows": {"old": 2, "new": 2},
        "added": ["day"],
        "removed": ["price"],
        "retyped": [{"name": "code", "old": "integer", "new": "string"}],
        "changed": ["name"],
        "same": ["id"],
    }


def test_a_bundle_cannot_be_compared(server: Server) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("hello.py", "")
    table = server.upload("flat.csv", "a\n1\n").json()["id"]
    bundle = server.upload("tools.zip", buffer.getvalue()).json()["id"]
    refused = server.http.get(f"datasets/{table}/compare/{bundle}")
    assert refused.status_code == 422
    assert refused.json()["detail"].startswith("tools@1 is not a table that is ready")


def test_an_earlier_version_is_made_the_latest_again(server: Server) -> None:
    first = server.upload("again.csv", "a\n1\n").json()
    second = server.upload("again.csv", "a\n2\n", new_version_of=first["id"]).json()
    third = server.post(f"datasets/{first['id']}/restore", {}, status=201)
    assert (third["name"], third["version"], third["latest"]) == ("again", 3, True)
    assert third["sha256"] == first["sha256"]
    assert server.get(f"datasets/{third['id']}/rows")["rows"] == [[1]]
    assert server.get(f"datasets/{second['id']}")["version"] == 2
    refused = server.http.post(f"datasets/{third['id']}/restore")
    assert refused.status_code == 422
    assert "is the latest already" in refused.json()["detail"]


def test_who_uses_a_dataset_is_told(server: Server) -> None:
    first = server.upload("used.csv", "a\n1\n").json()
    for name, reference in (("Follows", "used"), ("Pinned", "used@1")):
        exp = Exp(name)
        exp.node("n1", "dataset", dataset=reference)
        server.create(exp)
    told = server.get(f"datasets/{first['id']}/uses")["experiments"]
    assert [(each["name"], each["pinned"]) for each in told] == [("Follows", False), ("Pinned", True)]
    second = server.upload("used.csv", "a\n2\n", new_version_of=first["id"]).json()
    names = {
        id: [e["name"] for e in server.get(f"datasets/{id}/uses")["experiments"]]
        for id in (first["id"], second["id"])
    }
    assert names == {first["id"]: ["Pinned"], second["id"]: ["Follows"]}
