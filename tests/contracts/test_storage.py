"""Import Data, Export Data and scripts with a storage client, against real servers: a web server, an S3
server, Azurite, PostgreSQL and MariaDB."""

from __future__ import annotations

import http.server
import io
import threading
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import boto3
import psycopg
import pytest
from moto.server import ThreadedMotoServer

from tests.azurite import ACCOUNT, KEY, Azurite, old_client
from tests.builders import Exp
from tests.mariadb import MariaDB
from tests.postgresql import PostgreSQL
from tests.server import Server

CARS = "make,doors\nvw,3\nbmw,5\n"


@dataclass
class Web:
    """A web server with files; `asked`: what was asked of it."""

    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    tagged: bool = True
    port: int = 0

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.port}/{name}"


class Pages(http.server.BaseHTTPRequestHandler):
    web: Web

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        self.web.asked.append(f"{self.command} {self.path}")
        body = self.web.files.get(self.path.strip("/"))
        allowed = "private" not in self.path or self.headers["Authorization"] == "Bearer open sesame"
        self.send_response(404 if body is None else 200 if allowed else 403)
        if self.web.tagged and body is not None:
            self.send_header("ETag", f'"{hash(body)}"')
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None: ...


@dataclass
class Places:
    studio: Server
    web: Web
    bucket: str
    database: PostgreSQL
    mysql: MariaDB
    azure: Azurite

    def rows(self, query: str) -> Any:
        with psycopg.connect(
            host="127.0.0.1", port=self.database.port, user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            found = connection.execute(query)
            return found.fetchall() if found.description else None

    @property
    def mysql_url(self) -> str:
        return f"mysql://{self.mysql.user}@127.0.0.1:{self.mysql.port}/{self.mysql.database}"

    @property
    def database_url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.database.port}/postgres"


@pytest.fixture(scope="module")
def places() -> Iterator[Places]:
    with ExitStack() as stack:
        web = Web()
        pages = stack.enter_context(
            http.server.ThreadingHTTPServer(("127.0.0.1", 0), type("Mine", (Pages,), {"web": web}))
        )
        web.port = pages.server_address[1]
        threading.Thread(target=pages.serve_forever, daemon=True).start()
        stack.callback(pages.shutdown)
        moto = ThreadedMotoServer(port=0, verbose=False)
        moto.start()
        stack.callback(moto.stop)
        database = stack.enter_context(PostgreSQL())
        mysql = stack.enter_context(MariaDB())
        azure = stack.enter_context(Azurite())
        bucket = f"http://127.0.0.1:{moto.get_host_and_port()[1]}"
        hosts = ", ".join(
            f"127.0.0.1:{port}"
            for port in (web.port, bucket.rpartition(":")[2], database.port, mysql.port, azure.port)
        )
        nowhere = "nowhere.invalid:3306"
        studio = stack.enter_context(Server(STUDIO_NETWORK_ALLOW=f"{hosts}, {nowhere}"))
        secrets = {
            "S3_KEY": "a secret access key",
            "TOKEN": "Bearer open sesame",
            "MYSQL": mysql.password,
            "WRONG": "not the password",
            "AZURE": KEY,
        }
        for name, value in secrets.items():
            studio.post("secrets", {"name": name, "value": value})
        yield Places(studio, web, bucket, database, mysql, azure)


def read(source: str, **params: Any) -> Exp:
    return Exp().node("n", "import-data", data_source=source, **params)


def write(destination: str, **params: Any) -> Exp:
    exp = Exp().table("d", CARS).node("n", "export-data", data_destination=destination, **params)
    return exp.wire("d.dataset", "n.dataset")


def test_a_file_of_the_web_is_read_again_only_if_it_has_changed(places: Places) -> None:
    places.web.files["cars.csv"] = CARS.encode()
    first = places.studio.run(read("web_url_via_http", url=places.web.url("cars.csv")))
    assert first.rows("n.results_dataset") == [["vw", 3], ["bmw", 5]]
    again = places.studio.run(first.body["experiment"])
    assert again.cached("n")
    assert places.web.asked.count("GET /cars.csv") == 1
    places.web.files["cars.csv"] = CARS.replace("5", "4").encode()
    third = places.studio.run(first.body["experiment"])
    assert not third.cached("n")
    assert third.rows("n.results_dataset") == [["vw", 3], ["bmw", 4]]


def test_a_source_that_says_nothing_of_itself_is_read_in_each_run_unless_cached(places: Places) -> None:
    places.web.files["bare.csv"] = CARS.encode()
    places.web.tagged = False
    try:
        for cached in (False, True):
            exp = read("web_url_via_http", url=places.web.url("bare.csv"), use_cached_results=cached)
            first = places.studio.run(exp)
            assert places.studio.run(first.body["experiment"]).cached("n") == cached
    finally:
        places.web.tagged = True


def test_failures_say_what_to_check(places: Places) -> None:
    places.web.files["private.csv"] = CARS.encode()
    url = places.web.url("private.csv")
    refused = places.studio.run(read("web_url_via_http", url=url))
    assert "refuses (403): check the account" in refused.node("n")["error"]["message"]
    let_in = places.studio.run(read("web_url_via_http", url=url, authorization="TOKEN"))
    assert let_in.state == "finished"
    missing = places.studio.run(read("web_url_via_http", url=places.web.url("nothing.csv")))
    assert "has nothing of that name (404): check the path" in missing.node("n")["error"]["message"]
    bad = places.studio.run(
        read("sql_database", database_url=places.database_url, database_query="select * from nowhere")
    )
    assert 'relation "nowhere" does not exist' in bad.node("n")["error"]["message"]


@pytest.mark.parametrize(
    ("params", "said"),
    [
        (
            {"data_source": "web_url_via_http", "url": "https://example.org/x.csv"},
            "may not reach example.org:443",
        ),
        ({"data_source": "web_url_via_http", "url": ""}, "URL must be an address"),
        ({"data_source": "sql_database", "database_url": "sqlite:///x"}, "SQLite has no server"),
        ({"data_source": "sql_database", "database_url": "mysql://u:word@h/d"}, "has a password in it"),
        ({"data_source": "azure_blob_storage", "account_name": "a/b"}, "letters and digits only"),
        ({"data_source": "azure_sql_database", "database_server_name": ""}, "must look like myserver"),
    ],
)
def test_what_cannot_be_is_said_before_the_run(places: Places, params: dict[str, str], said: str) -> None:
    answer = places.studio.post("experiments/validate", Exp().node("n", "import-data", **params).file(), 200)
    assert any(said in error["message"] and error["node"] == "n" for error in answer["errors"]), answer


def test_an_object_of_s3_goes_out_and_comes_back(places: Places) -> None:
    boto3.client(
        "s3", endpoint_url=places.bucket, region_name="us-east-1",
        aws_access_key_id="k", aws_secret_access_key="s",
    ).create_bucket(Bucket="data")  # fmt: skip
    place = {
        "endpoint": places.bucket,
        "path": "data/cars.parquet",
        "access_key_id": "k",
        "secret_access_key": "S3_KEY",
    }
    out = places.studio.run(write("amazon_s3", file_format="parquet", **place))
    assert out.rows("n.written")[0][:2] == ["data/cars.parquet", 2]
    taken = places.studio.run(write("amazon_s3", file_format="parquet", **place))
    assert "There is an object data/cars.parquet already" in taken.node("n")["error"]["message"]
    over = write("amazon_s3", file_format="parquet", write_mode="overwrite", **place)
    assert places.studio.run(over).state == "finished"
    back = places.studio.run(read("amazon_s3", data_format="parquet", **place))
    assert back.rows("n.results_dataset") == [["vw", 3], ["bmw", 5]]
    assert places.studio.run(back.body["experiment"]).cached("n")


def test_a_table_of_postgresql_goes_out_and_comes_back(places: Places) -> None:
    there = {"database_url": places.database_url, "data_table_name": "cars"}
    out = places.studio.run(write("sql_database", **there))
    assert out.state == "finished", out.node("n")["error"]
    assert places.rows("select * from cars order by doors") == [("vw", 3), ("bmw", 5)]
    taken = places.studio.run(write("sql_database", **there))
    assert "There is a table cars already" in taken.node("n")["error"]["message"]
    places.studio.run(write("sql_database", write_mode="append", **there))
    assert places.rows("select count(*) from cars") == [(4,)]
    places.studio.run(write("sql_database", write_mode="overwrite", **there))
    assert places.rows("select count(*) from cars") == [(2,)]


def test_types_of_a_database_arrive(places: Places) -> None:
    query = """
        select 1::int i, null::int n, 1.5::numeric d, true b, 'a%b:c' t, date '2026-11-29' as day,
               timestamptz '2026-11-29 12:00+01' at_, '{"a": 1}'::jsonb j, 1 i
    """
    run = places.studio.run(read("sql_database", database_url=places.database_url, database_query=query))
    page = run.page("n.results_dataset")
    types = {column["name"]: column["type"] for column in page["columns"]}
    assert types == {
        "i": "integer", "n": "string", "d": "float", "b": "boolean", "t": "string", "day": "datetime",
        "at_": "datetime", "j": "string", "i (2)": "integer",
    }  # fmt: skip
    assert page["rows"][0][:5] == [1, None, 1.5, True, "a%b:c"]


def test_a_table_of_mysql_goes_out_and_comes_back(places: Places) -> None:
    there = {"database_url": places.mysql_url, "server_user_account_password": "MYSQL"}
    out = places.studio.run(write("sql_database", **there, data_table_name="cars"))
    assert out.state == "finished", out.node("n")["error"]
    assert places.mysql.ask("select * from cars order by doors") == (("vw", 3), ("bmw", 5))
    taken = places.studio.run(write("sql_database", **there, data_table_name="cars"))
    assert "There is a table cars already" in taken.node("n")["error"]["message"]
    query = "select make, doors, 1.5 as price, null as none, date '2026-11-29' as day, 'a%b' as t from cars"
    back = places.studio.run(read("sql_database", **there | {"database_query": query}))
    assert back.state == "finished", back.node("n")["error"]
    assert back.rows("n.results_dataset")[0] == ["vw", 3, 1.5, None, "2026-11-29T00:00:00", "a%b"]
    types = {column["name"]: column["type"] for column in back.page("n.results_dataset")["columns"]}
    assert types == {"make": "string", "doors": "integer", "price": "float", "none": "string",
                     "day": "datetime", "t": "string"}  # fmt: skip


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"server_user_account_password": "WRONG"}, "Access denied for user 'ada'"),
        ({"database_url": "mysql://ada@nowhere.invalid/herd"}, "nowhere.invalid has no address"),
        ({"database_query": "select * from nothing"}, "Table 'herd.nothing' doesn't exist"),
        ({"database_query": "selec"}, "You have an error in your SQL syntax"),
    ],
)
def test_failures_of_mysql_say_what_to_check(places: Places, other: dict[str, str], said: str) -> None:
    good = {
        "database_url": places.mysql_url,
        "server_user_account_password": "MYSQL",
        "database_query": "select 1",
    }
    error = places.studio.run(read("sql_database", **good | other)).node("n")["error"]
    assert said in error["message"]
    assert "Traceback" not in error["message"]
    assert places.mysql.password not in error["message"]


ARTICLE = """
import io
import pandas as pd
import studio
from azure.storage.blob import BlockBlobService

def azureml_main(frame):
    service = BlockBlobService("{account}", studio.secret("AZURE"), custom_domain="{url}")
    service.create_container("cars")
    service.create_blob_from_text("cars", "cars.csv", frame.to_csv(index=False))
    [blob] = service.list_blobs("cars")
    text = service.get_blob_to_text("cars", blob.name).content
    return pd.read_csv(io.StringIO(text)).assign(blob=blob.name),
"""
TODAY = """
import io
import pandas as pd
import studio
from azure.storage.blob import BlobServiceClient

def azureml_main():
    key = {{"account_name": "{account}", "account_key": studio.secret("AZURE")}}
    client = BlobServiceClient("{url}", key)
    blob = client.get_blob_client("cars", "cars.csv")
    return pd.read_csv(io.BytesIO(blob.download_blob().readall())),
"""


def test_the_articles_zip_with_the_storage_client(places: Places) -> None:
    """BlockBlobService from the zip on the third port, BlobServiceClient from base, and Import Data."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for wheel in old_client():
            archive.write(wheel, wheel.name)
    zipped = places.studio.upload("client.zip", packed.getvalue()).json()
    places.studio.wait_for_dataset(zipped["id"])
    asks = {"network": f"127.0.0.1:{places.azure.port}", "secrets": "AZURE"}
    told = {"account": ACCOUNT, "url": places.azure.url}
    exp = Exp().table("d", CARS).node("zip", "dataset", dataset=zipped["name"])
    exp.node("old", "execute-python-script", script=ARTICLE.format(**told), **asks)
    run = places.studio.run(exp.wire("d.dataset", "old.dataset1").wire("zip.dataset", "old.script_bundle"))
    assert run.state == "finished", run.node("old")["error"]
    assert run.rows("old.result_dataset") == [["vw", 3, "cars.csv"], ["bmw", 5, "cars.csv"]]
    log = run.log("old")
    assert f"network: 127.0.0.1:{places.azure.port}, " in log
    assert "SyntaxWarning" not in log
    today = Exp().node("n", "execute-python-script", script=TODAY.format(**told), **asks)
    assert places.studio.run(today).rows("n.result_dataset") == [["vw", 3], ["bmw", 5]]
    place = {
        "account_name": ACCOUNT,
        "account_key": "AZURE",
        "endpoint": places.azure.url,
        "path_to_container_directory_or_blob": "cars/cars.csv",
    }
    imported = places.studio.run(read("azure_blob_storage", **place))
    assert imported.rows("n.results_dataset") == [["vw", 3], ["bmw", 5]], imported.node("n")["error"]
    assert places.studio.run(imported.body["experiment"]).cached("n")
    wrong = places.studio.run(read("azure_blob_storage", **place | {"account_key": "S3_KEY"}))
    assert "check the account" in wrong.node("n")["error"]["message"]


def test_a_marker_says_when_a_query_is_to_be_run_again(places: Places) -> None:
    places.rows("create table herd (id int)")
    places.rows("insert into herd values (1)")
    exp = read(
        "sql_database",
        database_url=places.database_url,
        database_query="select * from herd",
        marker_query="select max(id) from herd",
    )
    first = places.studio.run(exp)
    assert places.studio.run(first.body["experiment"]).cached("n")
    places.rows("insert into herd values (2)")
    again = places.studio.run(first.body["experiment"])
    assert again.rows("n.results_dataset") == [[1], [2]]


def test_a_try_reads_and_does_not_write(places: Places) -> None:
    places.web.files["look.csv"] = CARS.encode()
    looked = places.studio.create(read("web_url_via_http", url=places.web.url("look.csv")))["id"]
    tried = places.studio.post(f"experiments/{looked}/nodes/n/sample", {"rows": 1}, 200)
    assert tried["outputs"]["results_dataset"]["rows"][0] == ["vw", 3]
    there = {"database_url": places.database_url, "data_table_name": "never"}
    writes = places.studio.create(write("sql_database", **there))["id"]
    refused = places.studio.http.post(f"experiments/{writes}/nodes/n/sample", json={"rows": 1})
    assert "Export Data writes to a place outside" in refused.text
