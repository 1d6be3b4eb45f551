"""Which host each place outside is on, without asking it: what a node asks the network for."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from modules.sdk.errors import ModuleError

PORTS = {"http": 80, "https": 443}
DATABASES = {
    "postgresql": ("postgresql+pg8000", 5432),
    "postgres": ("postgresql+pg8000", 5432),
    "mysql": ("mysql+pymysql", 3306),
    "mariadb": ("mysql+pymysql", 3306),
    "mssql": ("mssql+pytds", 1433),
    "sqlserver": ("mssql+pytds", 1433),
}
"""By the scheme of a database's address: SQLAlchemy's name of dialect and driver, and the usual port."""


class Database(NamedTuple):
    """`encrypted`: nothing else is taken."""

    driver: str
    host: str
    port: int
    name: str
    user: str
    encrypted: bool


def web_host(url: str, what: str, param: str) -> str:
    """`host:port`. ModuleError if it is no address of the web. `what`: how people call it."""
    read = _split(url)
    if read is None or read.scheme not in PORTS or not read.hostname:
        raise ModuleError(f"{what} must be an address that begins with https:// or http://.", param=param)
    if "@" in read.netloc:
        raise ModuleError(f"{what} has a name or a password in it. Use a secret instead.", param=param)
    return _joined(read.hostname, read.port or PORTS[read.scheme])


def blob_service(account: str, endpoint: str) -> str:
    """The address of a storage account: the one that was given, or Azure's own."""
    if endpoint:
        return endpoint.rstrip("/")
    if not account.isalnum() or not account.isascii():
        raise ModuleError(
            "Account name must be that of a storage account: letters and digits only.", param="account_name"
        )
    return f"https://{account.lower()}.blob.core.windows.net"


def bucket_service(region: str, endpoint: str) -> str:
    """The address of S3 in a region, or of another server that speaks it."""
    if endpoint:
        return endpoint.rstrip("/")
    if not region.replace("-", "").isalnum() or not region.isascii():
        raise ModuleError("Region must be one of Amazon's, such as eu-central-1.", param="region")
    return f"https://s3.{region}.amazonaws.com"


def read_database(url: str, param: str = "database_url") -> Database:
    """ModuleError, with a sentence, if it is no address of a database on a server."""
    read = _split(url)
    scheme = read.scheme.partition("+")[0] if read else ""
    if scheme == "sqlite":
        raise ModuleError(
            "SQLite has no server to ask: upload the file's tables as datasets instead.", param=param
        )
    if read is None or scheme not in DATABASES or not read.hostname:
        raise ModuleError(
            "The database's address must look like postgresql://user@host:5432/name; mysql:// and mssql:// "
            "are known as well.",
            param=param,
        )
    if read.password:
        raise ModuleError("The address has a password in it. Use a secret instead.", param=param)
    driver, port = DATABASES[scheme]
    wants = "sslmode=" in read.query and "sslmode=disable" not in read.query
    return Database(
        driver, read.hostname, read.port or port, read.path.lstrip("/"), read.username or "", wants
    )


def azure_database(server: str, name: str, user: str) -> Database:
    """A database of Azure SQL: `server` as the portal shows it, with or without `tcp:` and port."""
    plain = server.strip().removeprefix("tcp:").replace(",", ":")
    host, _, port = plain.partition(":")
    if not host or (port and not port.isdecimal()):
        raise ModuleError(
            "Database server name must look like myserver.database.windows.net.", param="database_server_name"
        )
    return Database("mssql+pytds", host, int(port or 1433), name, user, encrypted=True)


def host_of(database: Database) -> str:
    return _joined(database.host, database.port)


def _split(url: str) -> SplitResult | None:
    try:
        read = urlsplit(url.strip())
        _ = read.port
    except ValueError:
        return None
    return read


def _joined(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
