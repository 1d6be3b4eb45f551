"""What a script tries that the sandbox refuses: the network, and files outside of the working directory."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from modules.scripting.finding import Finding

NETWORK = frozenset(
    {
        "aiohttp", "boto3", "ftplib", "http.client", "httpx", "imaplib", "paramiko", "poplib", "psycopg",
        "psycopg2", "pymongo", "pymssql", "pymysql", "pyodbc", "requests", "smtplib", "socket", "telnetlib",
        "urllib.request", "urllib2", "urllib3", "websocket", "websockets",
    }
)  # fmt: skip
"""Modules that are of no use without a network."""
ADDRESS = re.compile(r"(?:https?|ftp|s3|gs|wasbs?|abfss?|hdfs)://", re.IGNORECASE)
OUTSIDE = re.compile(r"(?:[A-Za-z]:[\\/]|/(?!dev/null|tmp/|proc/)|~/|\.\./|\\\\)")
READERS = re.compile(r"open|read_\w+|load|loadtxt|genfromtxt|imread|listdir|glob|to_csv|savefig|Path")
NO_NETWORK = "The sandbox has no network, so this will fail. Upload the data as a dataset and wire it in."


def check(tree: ast.Module) -> Iterator[Finding]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                for name in names:
                    if _needs_network(name.name):
                        yield _at(node, "no-network", f"`{name.name}`: {NO_NETWORK}")
            case ast.ImportFrom(module=str(module), level=0, names=names):
                parts = [module, *(f"{module}.{name.name}" for name in names)]
                if any(map(_needs_network, parts)):
                    yield _at(node, "no-network", f"`{module}`: {NO_NETWORK}")
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[first, *_]):
                if (
                    READERS.fullmatch(name)
                    and isinstance(first, ast.Constant)
                    and isinstance(first.value, str)
                ):
                    yield from _opened(first, first.value)


def _needs_network(module: str) -> bool:
    parts = module.split(".")
    return any(".".join(parts[:n]) in NETWORK for n in (1, 2))


def _opened(node: ast.expr, path: str) -> Iterator[Finding]:
    if ADDRESS.match(path):
        yield _at(node, "no-network", NO_NETWORK)
    elif OUTSIDE.match(path):
        yield _at(
            node,
            "outside-path",
            f"The sandbox has no file {path!r:.80}: a script sees its working directory only. Put the file "
            "into a zip on Script Bundle and read it from 'Script Bundle/'.",
        )


def _at(node: ast.stmt | ast.expr, code: str, message: str) -> Finding:
    return Finding(node.lineno, node.col_offset, code, message)
