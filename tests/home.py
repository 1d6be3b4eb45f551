"""The home of all tests, a folder of its own. Loaded as a plugin before Django's settings are read: those
take their folders, the broker's and the database's too, from the environment."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="studio-tests-"))
os.environ["STUDIO_HOME"] = str(HOME)
os.environ["STUDIO_TOKEN"] = "test-token"
for name in ("DATABASE_URL", "REDIS_URL", "STUDIO_STORE", "STUDIO_HOST", "STUDIO_PORT", "STUDIO_SANDBOX"):
    os.environ.pop(name, None)


def pytest_sessionfinish() -> None:
    shutil.rmtree(HOME, ignore_errors=True)
