"""Import Data

Reads a table from outside: a file of the web, of Azure Blob Storage or Amazon S3, or a query's rows.

**Where from.** *Web URL via HTTP*: a file at an address. *Azure Blob Storage*: a blob of an account, with
its key (a secret) or by an address with a shared access signature. *Amazon S3*: an object, also of another
server that speaks S3 (*Endpoint*). *Azure SQL Database* and *SQL Database*: the rows of a query;
PostgreSQL, MySQL and SQL Server are known. Nothing is reached unless the administrator allows the host.

**Secrets.** Keys and passwords are not written into the node: keep them under *Secrets*, and name them
here. A password or signature inside an address is refused for databases; for a shared access signature keep
the whole address as a secret.

**When it runs.** Each run asks what the source looks like (the file's ETag or date; for a query, what
*Marker query* gives, such as `select max(changed) from cars`) and takes the earlier result if that is the
same. A source that cannot say so is read in each run. With *Use cached results* it is not asked at all.

**Types** of a file's columns are found as for an upload; those of a query are the database's: decimals
become floats, dates datetimes, and what a table cannot hold becomes text.

>>> import_data(ImportParams(data_source="web_url_via_http", url="ftp://example.org/cars.csv"))
Traceback (most recent call last):
modules.sdk.errors.ModuleError: URL must be an address that begins with https:// or http://.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from modules.data_input_output._sources import (
    AZURE,
    AZURE_SQL,
    BUCKET,
    DATABASE,
    FILES,
    WEB,
    bucket,
    database,
    given,
    network_of,
)
from modules.files.read import read
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.params import Params, choice, code, secret, text, toggle
from modules.sdk.values import Table
from modules.storage import azure_blobs, databases, web
from modules.storage.places import blob_service, web_host

KEYED = {"data_source": [AZURE], "authentication_type": ["account"]}
TABLES = {"data_source": [AZURE_SQL, DATABASE]}


class ImportParams(Params):
    data_source: Literal[
        "web_url_via_http", "azure_blob_storage", "amazon_s3", "azure_sql_database", "sql_database"
    ] = choice(
        AZURE,
        "Data source",
        {
            WEB: "Web URL via HTTP",
            AZURE: "Azure Blob Storage",
            BUCKET: "Amazon S3",
            AZURE_SQL: "Azure SQL Database",
            DATABASE: "SQL Database",
        },
    )
    url: str = text(
        "", "URL", "Where the file is.", placeholder="https://", shown_when={"data_source": [WEB]}
    )
    authorization: str = secret(
        "Authorization",
        "The secret that stands in the Authorization header, such as “Bearer …”; none for a public file",
        shown_when={"data_source": [WEB]},
    )
    authentication_type: Literal["account", "public_or_sas"] = choice(
        "account",
        "Authentication type",
        {"account": "Account", "public_or_sas": "PublicOrSas"},
        shown_when={"data_source": [AZURE]},
    )
    uri: str = text(
        "",
        "URI",
        "The address of a public blob.",
        placeholder="https://",
        shown_when={"data_source": [AZURE], "authentication_type": ["public_or_sas"]},
    )
    signed_uri: str = secret(
        "Shared access signature",
        "The secret that holds what stands behind the ? of the address; none for a public blob.",
        shown_when={"data_source": [AZURE], "authentication_type": ["public_or_sas"]},
    )
    account_name: str = text("", "Account name", shown_when=KEYED)
    account_key: str = secret("Account key", "The secret that holds it.", shown_when=KEYED)
    path_to_container_directory_or_blob: str = text(
        "",
        "Path to container, directory or blob",
        "A container, and a blob in it: data/2026/cars.csv.",
        shown_when=KEYED,
    )
    path: str = text(
        "", "Path", "A bucket, and an object in it: data/cars.csv.", shown_when={"data_source": [BUCKET]}
    )
    region: str = text("us-east-1", "Region", shown_when={"data_source": [BUCKET]})
    access_key_id: str = text(
        "", "Access key id", "Empty for a public object.", shown_when={"data_source": [BUCKET]}
    )
    secret_access_key: str = secret(
        "Secret access key", "The secret that holds it.", shown_when={"data_source": [BUCKET]}
    )
    endpoint: str = text(
        "",
        "Endpoint",
        "Another server that speaks the same; empty is Azure's or Amazon's own.",
        placeholder="https://",
        shown_when={"data_source": [AZURE, BUCKET]},
    )
    data_format: Literal["csv", "tsv", "arff", "svmlight", "xlsx", "parquet", "jsonl"] = choice(
        "csv",
        "Data format",
        {
            "csv": "CSV",
            "tsv": "TSV",
            "arff": "ARFF",
            "svmlight": "SvmLight",
            "xlsx": "Excel",
            "parquet": "Parquet",
            "jsonl": "JSON lines",
        },
        shown_when={"data_source": FILES},
    )
    file_has_header_row: bool = toggle(
        True, "File has header row", shown_when={"data_source": FILES, "data_format": ["csv", "tsv"]}
    )
    database_url: str = text(
        "",
        "Database URL",
        "Without a password; ?sslmode=require encrypts.",
        placeholder="postgresql://user@host:5432/name",
        shown_when={"data_source": [DATABASE]},
    )
    database_server_name: str = text("", "Database server name", shown_when={"data_source": [AZURE_SQL]})
    database_name: str = text("", "Database name", shown_when={"data_source": [AZURE_SQL]})
    server_user_account_name: str = text(
        "", "Server user account name", shown_when={"data_source": [AZURE_SQL]}
    )
    server_user_account_password: str = secret(
        "Server user account password", "The secret that holds it.", shown_when=TABLES
    )
    database_query: str = code("", "Database query", "sql", "Gives the rows.", shown_when=TABLES)
    marker_query: str = text(
        "",
        "Marker query",
        "Gives one row that changes with the data, so that it is read again only then.",
        placeholder="select max(changed) from cars",
        shown_when=TABLES,
    )
    use_cached_results: bool = toggle(
        False, "Use cached results", "Takes an earlier result without asking whether the source has changed."
    )


class Imported(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


def mark_source(params: ImportParams) -> str | None:
    """What the source looks like now."""
    match params.data_source:
        case "web_url_via_http":
            return web.mark(params.url, given(params.authorization))
        case "azure_blob_storage":
            return azure_blobs.mark(_blob(params))
        case "amazon_s3":
            return bucket(params).mark()
        case _:
            password = given(params.server_user_account_password)
            return databases.mark(database(params), password, params.marker_query)


@module(
    version=1,
    deterministic=True,
    synonyms=(
        "reader",
        "web",
        "http",
        "azure",
        "blob",
        "s3",
        "sql",
        "postgresql",
        "mysql",
        "database",
        "load",
    ),
    network=network_of,
    marks=mark_source,
)
def import_data(params: ImportParams) -> Imported:
    if params.data_source in (AZURE_SQL, DATABASE):
        place, password = database(params), given(params.server_user_account_password)
        return Imported(databases.run_query(place, password, params.database_query))
    with tempfile.TemporaryDirectory(prefix=".import-", dir=".") as folder:
        file = Path(folder, "file")
        if params.data_source == WEB:
            web_host(params.url, "URL", "url")
            web.fetch(params.url, given(params.authorization), file)
        elif params.data_source == AZURE:
            azure_blobs.fetch(_blob(params), file)
        else:
            bucket(params).fetch(file)
        return Imported(_read(file, params))


def _blob(params: ImportParams) -> azure_blobs.Blob:
    if params.authentication_type == "public_or_sas":
        signature = given(params.signed_uri).lstrip("?")
        return azure_blobs.blob_at(f"{params.uri}?{signature}" if signature else params.uri)
    param = "path_to_container_directory_or_blob"
    service = blob_service(params.account_name, params.endpoint)
    return azure_blobs.blob(
        service,
        params.account_name,
        params.path_to_container_directory_or_blob,
        given(params.account_key),
        param,
    )


def _read(file: Path, params: ImportParams) -> Table:
    bare = params.data_format in ("csv", "tsv") and not params.file_has_header_row
    kind = f"{params.data_format}-no-header" if bare else params.data_format
    if not file.stat().st_size:
        raise ModuleError("The file is empty.", param="data_source")
    found = read(kind, file, "The file")
    assert isinstance(found, Table)
    return found
