"""A plugin that writes down what failed and why, for `make test`: `-p tests.failures --failures FILE`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

PAGE = "What the page shows"
"""The section of a report that a journey adds; see tests/e2e/conftest.py."""
LAST_LINES, MESSAGE_LINES = 12, 6


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--failures", type=Path, help="write what failed, and why, into this file (JSON)")


def pytest_configure(config: pytest.Config) -> None:
    if file := config.getoption("--failures"):
        config.pluginmanager.register(Failures(file))


class Failures:
    """Collects the reports of what failed; writes them when the session ends."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.found: list[dict[str, Any]] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.found.append(described(report))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.found.append(described(report))

    def pytest_sessionfinish(self) -> None:
        self.file.write_text(json.dumps(self.found))


def described(report: pytest.TestReport | pytest.CollectReport) -> dict[str, Any]:
    """Its test, its message, the last lines of its trace, and what the page showed (empty without a page)."""
    lines = report.longreprtext.rstrip().splitlines()
    said = [line[1:].strip() for line in lines if line.startswith("E ")] or lines[-1:]
    trace = [line for line in lines if line.strip() and not line.startswith("E ")]
    return {
        "test": report.nodeid,
        "when": report.when or "call",
        "message": "\n".join(said[:MESSAGE_LINES]),
        "trace": trace[-LAST_LINES:],
        "page": "\n".join(text for name, text in report.sections if name == PAGE),
    }
