"""Export Data

Writes a table to a place outside: a blob of Azure Storage, an object of Amazon S3, or a table of a
database.

**Where to.** *Azure Blob Storage*: a blob of an account, with its key (a secret), or an address with a
shared access signature. *Amazon S3*: an object, also of another server that speaks S3 (*Endpoint*). *Azure
SQL Database* and *SQL Database*: a table; PostgreSQL, MySQL and SQL Server are known. Nothing is reached
unless the administrator allows the host.

**Write mode.** What is there already stays, and the node fails (*Error*), is written over (*Overwrite*; of
a database the table is made anew), or, in a database, gets the rows besides its own (*Append*). Into a
database go all rows or none.

It writes in every run; with *Use cached results* only if the table or a setting has changed since. Trying
it on a sample is refused, since that would write, too. What comes out says what was written.

>>> export_data(Table.of(x=[1]), ExportParams(data_destination="sql_database", database_url="sqlite:///x.db"))
Traceback (most recent call last):
modules.sdk.errors.ModuleError: SQLite has no server to ask: upload the file's tables as datasets instead.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from modules.data_input_output._sources import (
    AZURE,
    AZURE_SQL,
    BUCKET,
    DATABASE,
    bucket,
    database,
    given,
    hosts_of,
)
from modules.look.exports import export
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.params import Params, choice, integer, secret, text, toggle
from modules.sdk.values import Table
from modules.storage import azure_blobs, databases
from modules.storage.places import blob_service

KEYED = {"data_destination": [AZURE], "authentication_type": ["account"]}
TABLES = {"data_destination": [AZURE_SQL, DATABASE]}
FILED = {"data_destination": [AZURE, BUCKET]}


class ExportParams(Params):
    data_destination: Literal["azure_blob_storage", "amazon_s3", "azure_sql_database", "sql_database"] = (
        choice(
            AZURE,
            "Data destination",
            {
                AZURE: "Azure Blob Storage",
                BUCKET: "Amazon S3",
                AZURE_SQL: "Azure SQL Database",
                DATABASE: "SQL Database",
            },
        )
    )
    authentication_type: Literal["account", "sas"] = choice(
        "account",
        "Please specify authentication type",
        {"account": "Account", "sas": "SAS"},
        shown_when={"data_destination": [AZURE]},
    )
    uri: str = text(
        "",
        "SAS URI for blob",
        "The address of the blob, without its signature.",
        placeholder="https://",
        shown_when={"data_destination": [AZURE], "authentication_type": ["sas"]},
    )
    signed_uri: str = secret(
        "Shared access signature",
        "The secret that holds what stands behind the ? of the address.",
        shown_when={"data_destination": [AZURE], "authentication_type": ["sas"]},
    )
    account_name: str = text("", "Azure account name", shown_when=KEYED)
    account_key: str = secret("Azure account key", "The secret that holds it.", shown_when=KEYED)
    path_to_blob_beginning_with_container: str = text(
        "", "Path to blob beginning with container", "data/2026/cars.csv", shown_when=KEYED
    )
    path: str = text(
        "",
        "Path",
        "A bucket, and an object in it: data/cars.csv.",
        shown_when={"data_destination": [BUCKET]},
    )
    region: str = text("us-east-1", "Region", shown_when={"data_destination": [BUCKET]})
    access_key_id: str = text("", "Access key id", shown_when={"data_destination": [BUCKET]})
    secret_access_key: str = secret(
        "Secret access key", "The secret that holds it.", shown_when={"data_destination": [BUCKET]}
    )
    endpoint: str = text(
        "",
        "Endpoint",
        "Another server that speaks the same; empty is Azure's or Amazon's own.",
        placeholder="https://",
        shown_when=FILED,
    )
    file_format: Literal["csv", "tsv", "arff", "parquet"] = choice(
        "csv",
        "File format",
        {"csv": "CSV", "tsv": "TSV", "arff": "ARFF", "parquet": "Parquet"},
        shown_when=FILED,
    )
    database_url: str = text(
        "",
        "Database URL",
        "Without a password; ?sslmode=require encrypts.",
        placeholder="postgresql://user@host:5432/name",
        shown_when={"data_destination": [DATABASE]},
    )
    database_server_name: str = text("", "Database server name", shown_when={"data_destination": [AZURE_SQL]})
    database_name: str = text("", "Database name", shown_when={"data_destination": [AZURE_SQL]})
    server_user_account_name: str = text(
        "", "Server user account name", shown_when={"data_destination": [AZURE_SQL]}
    )
    server_user_account_password: str = secret(
        "Server user account password", "The secret that holds it.", shown_when=TABLES
    )
    data_table_name: str = text(
        "", "Data table name", "Perhaps with its schema: public.cars.", shown_when=TABLES
    )
    number_of_rows_written_per_operation: int = integer(
        1000, "Number of rows written per operation", ge=1, le=100_000, shown_when=TABLES
    )
    write_mode: Literal["error", "overwrite", "append"] = choice(
        "error",
        "Write mode",
        {"error": "Error", "overwrite": "Overwrite", "append": "Append"},
        "What becomes of what is there already.",
    )
    use_cached_results: bool = toggle(
        False, "Use cached results", "Writes only if the table or a setting has changed."
    )


class Exported(NamedTuple):
    written: Annotated[Table, port("Written")]


def network_of(params: ExportParams) -> Sequence[str]:
    """The host that a node with these params asks for. ValueError where it does not say which."""
    try:
        return hosts_of(params, params.data_destination)
    except ModuleError as problem:
        raise ValueError(problem.message) from None


@module(
    version=1,
    synonyms=("writer", "save", "azure", "blob", "s3", "sql", "postgresql", "mysql", "database", "upload"),
    network=network_of,
    writes=True,
)
def export_data(dataset: Annotated[Table, port("Dataset")], params: ExportParams) -> Exported:
    to = params.data_destination
    hosts_of(params, to)
    if not dataset.columns:
        raise ModuleError("The table has no columns, so that there is nothing to write.")
    if to in (AZURE_SQL, DATABASE):
        return _written(_into_database(dataset, params), dataset.rows, None)
    if params.write_mode == "append":
        raise ModuleError(
            "A file cannot get rows besides its own: choose Error or Overwrite.", param="write_mode"
        )
    with tempfile.TemporaryDirectory(prefix=".export-", dir=".") as folder:
        file = Path(folder, f"table.{params.file_format}")
        export(dataset, params.file_format, file)
        overwrite = params.write_mode == "overwrite"
        if to == BUCKET:
            object = bucket(params)
            object.send(file, overwrite)
            name = str(object)
        else:
            name = azure_blobs.send(_blob(params), file, overwrite)
        return _written(name, dataset.rows, file.stat().st_size)


def _into_database(dataset: Table, params: ExportParams) -> str:
    mode = {"overwrite": "replace"}.get(params.write_mode, params.write_mode)
    place = database(params, params.data_destination)
    password = given(params.server_user_account_password)
    rows = params.number_of_rows_written_per_operation
    databases.write_table(place, password, dataset, params.data_table_name, mode, rows)
    return params.data_table_name


def _blob(params: ExportParams) -> azure_blobs.Blob:
    if params.authentication_type == "sas":
        return azure_blobs.blob_at(f"{params.uri}?{given(params.signed_uri).lstrip('?')}")
    param = "path_to_blob_beginning_with_container"
    service = blob_service(params.account_name, params.endpoint)
    path, key = params.path_to_blob_beginning_with_container, given(params.account_key)
    return azure_blobs.blob(service, params.account_name, path, key, param)


def _written(place: str, rows: int, size: int | None) -> Exported:
    import pyarrow as pa

    told = {"place": [place], "rows": [rows], "bytes": pa.array([size], pa.int64())}
    return Exported(Table.from_arrow(pa.table(told)))
