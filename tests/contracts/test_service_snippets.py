"""The code on a service's page runs as it is printed: each program calls it and prints the answer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import Exp
from tests.server import Server
from tools.frontend import node

ODD = """it's "größe" $HOME"""
"""A column that each language has to quote in its own way."""
DATA = f'''id,"{ODD.replace('"', '""')}"\n1,4\n2,6\n'''
SCRIPT = f"def azureml_main(df, *, factor: int = 3):\n    df['out'] = df[{ODD!r}] * factor\n    return df,\n"

WAYS = {
    "curl": ("call.sh", ["bash"]),
    "python": ("call.py", [sys.executable]),
    "r": ("call.R", ["Rscript"]),
    "javascript": ("call.mjs", [str(node())]),
    "csharp": ("call.cs", ["sh", "-c", 'mcs -r:System.Net.Http.dll "$0" && mono call.exe']),
}


@pytest.fixture(scope="module")
def published(server: Server) -> dict:
    exp = Exp("Oddly named").table("data", DATA).node("in", "web-service-input").script("s", SCRIPT)
    exp.node("out", "web-service-output").wire("data.dataset", "in.sample").wire("in.dataset", "s.dataset1")
    run = server.run(exp.wire("s.result_dataset", "out.dataset"))
    return server.post(f"experiments/{run.body['experiment']}/services", {"name": "Oddly named"})


def run_snippet(
    server: Server, service: str, key: str, language: str, folder: Path
) -> subprocess.CompletedProcess[str]:
    """The program as it is printed, run."""
    items = server.get(f"services/{service}/snippets")["items"]
    assert [item["language"] for item in items] == ["curl", "python", "r", "javascript", "csharp"]
    text = next(item["text"] for item in items if item["language"] == language)
    name, start = WAYS[language]
    (folder / name).write_text(text, encoding="utf-8")
    return subprocess.run(
        [*start, name],
        cwd=folder,
        env={**os.environ, "STUDIO_SERVICE_KEY": key, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize("language", WAYS)
def test_code_runs_as_it_is_printed(server: Server, published: dict, language: str, tmp_path: Path) -> None:
    done = run_snippet(server, published["id"], published["key"], language, tmp_path)
    assert done.returncode == 0, done.stderr
    assert '"12"' in done.stdout, done.stdout + done.stderr
    assert "größe" in done.stdout
