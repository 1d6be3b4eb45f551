"""What Import Data and Export Data share: their places, and the secrets that open them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from modules.sdk.errors import ModuleError
from modules.sdk.secrets import secret
from modules.storage.buckets import Place
from modules.storage.places import (
    Database,
    azure_database,
    blob_service,
    bucket_service,
    host_of,
    read_database,
    web_host,
)

WEB, AZURE, BUCKET = "web_url_via_http", "azure_blob_storage", "amazon_s3"
AZURE_SQL, DATABASE = "azure_sql_database", "sql_database"
FILES = [WEB, AZURE, BUCKET]


def given(name: str) -> str:
    """The value of the secret of that name; nothing for none."""
    try:
        return secret(name) if name else ""
    except KeyError as error:
        raise ModuleError(f"{str(error.args[0])[:1].upper()}{str(error.args[0])[1:]}.") from None


def network_of(params: Any) -> Sequence[str]:
    """The hosts that an Import Data with these params asks for. ValueError where it does not say which."""
    try:
        return hosts_of(params, params.data_source)
    except ModuleError as problem:
        raise ValueError(problem.message) from None


def hosts_of(params: Any, place: str) -> list[str]:
    """`place`: one of those above. ModuleError if the params do not say which host it is on."""
    if place == WEB:
        return [web_host(params.url, "URL", "url"), "*"]  # a redirect may lead to any that is allowed
    if place == AZURE and params.authentication_type != "account":
        return [web_host(params.uri, "URI", "uri")]
    if place == AZURE:
        return [web_host(blob_service(params.account_name, params.endpoint), "Endpoint", "endpoint")]
    if place == BUCKET:
        return [web_host(bucket_service(params.region, params.endpoint), "Endpoint", "endpoint")]
    return [host_of(database(params, place))]


def database(params: Any, place: str = "") -> Database:
    if (place or params.data_source) == DATABASE:
        return read_database(params.database_url)
    return azure_database(params.database_server_name, params.database_name, params.server_user_account_name)


def bucket(params: Any) -> Place:
    service = bucket_service(params.region, params.endpoint)
    return Place(service, params.region, params.path, params.access_key_id, given(params.secret_access_key))
