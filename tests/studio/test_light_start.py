"""The web process and the worker start soon: neither loads a library that only a rare request needs."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = "matplotlib openpyxl PIL scipy sklearn sqlglot"


@pytest.mark.parametrize("process", ["studio.asgi, studio.urls", "studio.celery, workers.tasks"])
def test_a_process_starts_without_the_libraries_that_only_a_rare_request_needs(process: str) -> None:
    code = (
        "import django, sys; django.setup()\n"
        "from modules.registry import catalog; catalog()\n"
        f"import {process}\n"
        f"print(*(name for name in {HEAVY.split()!r} if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "", "Import it in the function that needs it (see modules/look/exports.py)."
