"""The web process and the worker start soon: neither loads a library that only a later request needs."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = "matplotlib openpyxl PIL scipy sklearn sqlglot"
LATER = f"{HEAVY} celery ninja numpy pandas pyarrow redis"
IN_TIME = "Import it in the function that needs it (see modules/look/exports.py)."

READ_ALL = "from modules.registry import catalog; catalog()"
ASK = """\
import asyncio
from asgiref.testing import ApplicationCommunicator
from studio.asgi import application, opening
async def ask(path):
    scope = {'type': 'http', 'http_version': '1.1', 'method': 'GET', 'path': path, 'raw_path': path.encode(),
             'query_string': b'', 'scheme': 'http', 'headers': [(b'host', b'localhost')], 'client': None}
    talk = ApplicationCommunicator(application, scope)
    await talk.send_input({'type': 'http.request', 'body': b''})
    return (await talk.receive_output(60))['status']
"""
SERVE = "import studio.management.commands.serve, studio.supervise.preparing"


def run(code: str, wanted: str = "") -> subprocess.CompletedProcess[str]:
    """What a process prints that executes it. Last come those of `wanted` that it has imported."""
    told = f"print(*(name for name in {wanted.split()!r} if name in sys.modules))"
    code = f"import django, sys; django.setup()\n{code}\n{told}"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("process", ["studio.asgi, studio.api_urls", "studio.celery, workers.tasks"])
def test_a_process_starts_without_the_libraries_that_only_a_rare_request_needs(process: str) -> None:
    done = run(f"{READ_ALL}\nimport {process}", HEAVY)
    assert done.stdout.splitlines() == [""], done.stderr + IN_TIME


def test_the_first_page_waits_for_no_library_that_it_does_not_use() -> None:
    done = run(f"{SERVE}\n{ASK}print(asyncio.run(ask('/')))", LATER)
    assert done.stdout.splitlines() == ["401", ""], done.stderr + IN_TIME


@pytest.mark.parametrize("path", ["/api/v1/status", "/v2/models/none", "/live"])
def test_what_is_asked_before_all_is_imported_waits_for_it(path: str) -> None:
    done = run(f"{ASK}print(asyncio.run(ask({path!r})), opening._whole is not None)")
    assert done.stdout.splitlines()[0] in ("401 True", "404 True", "200 True"), done.stderr


def test_a_worker_reports_before_it_has_imported_what_its_children_use() -> None:
    done = run("import studio.management.commands.worker, workers.tasks", f"{HEAVY} ninja pandas")
    assert done.stdout.splitlines() == [""], done.stderr + IN_TIME


def test_a_web_process_that_cannot_serve_ends_and_says_why() -> None:
    done = run(f"{SERVE}\nsys.modules['studio.api'] = None\nstudio.management.commands.serve._rest()")
    assert done.returncode == 1
    assert "The web process cannot serve." in done.stderr
    assert "studio.api" in done.stderr
