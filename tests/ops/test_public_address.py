"""STUDIO_URL: what it must look like, and what follows from it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest

from studio import config
from studio.supervise.door import link, open_door
from tests.server import ROOT


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("", ""),
        ("https://studio.example.org", "https://studio.example.org"),
        ("https://Studio.example.org/", "https://studio.example.org"),
        ("http://10.0.0.7:8080", "http://10.0.0.7:8080"),
        ("https://[fd00::7]:8443", "https://[fd00::7]:8443"),
    ],
)
def test_an_address(monkeypatch: pytest.MonkeyPatch, given: str, read: str) -> None:
    monkeypatch.setenv("STUDIO_URL", given)
    assert config.public_url() == read
    assert config.behind_tls() is read.startswith("https")


@pytest.mark.parametrize(
    "given",
    [
        "studio.example.org",
        "ftp://studio.example.org",
        "https://",
        "https://a/b",
        "https://me@a",
        "https://a:0x1",
        "https://a:99999",
        "https://[",
        "https://a?x",
    ],
)
def test_what_is_no_address_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("STUDIO_URL", given)
    with pytest.raises(config.SettingError, match=r"STUDIO_URL is .* without a path"):
        config.public_url()


def test_its_host_is_answered_and_no_strangers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDIO_HOST", "0.0.0.0")
    assert config.allowed_hosts() == ["*"]
    monkeypatch.setenv("STUDIO_URL", "https://studio.example.org:8443")
    assert config.allowed_hosts() == ["studio.example.org", "127.0.0.1", "localhost", "[::1]"]
    monkeypatch.setenv("STUDIO_URL", "https://[fd00::7]")
    assert config.allowed_hosts()[0] == "[fd00::7]"


def test_the_link_that_is_printed_is_the_one_that_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDIO_PORT", "0")
    with open_door() as door:
        assert link(door, "t").startswith("http://127.0.0.1:")
        monkeypatch.setenv("STUDIO_URL", "https://studio.example.org")
        assert link(door, "t") == "https://studio.example.org/?token=t"


def test_a_token_that_can_be_guessed_is_told_where_others_reach_studio(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("STUDIO_TOKEN", "secret")
    assert config.weak_token() is None
    for name, value in (("STUDIO_HOST", "0.0.0.0"), ("STUDIO_URL", "https://a")):
        with monkeypatch.context() as here:
            here.setenv(name, value)
            assert "has 6 characters; it needs 16" in (config.weak_token() or "")
            here.setenv("STUDIO_TOKEN", "a-secret-of-the-owner")
            assert config.weak_token() is None


def test_served_by_itself_the_token_is_printed_only_where_it_is_asked_for(tmp_path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = {"STUDIO_HOME": str(tmp_path), "STUDIO_HOST": "0.0.0.0", "STUDIO_PORT": str(port)}
    given |= {"STUDIO_URL": "https://studio.example.org", "STUDIO_TOKEN": "a-secret-of-the-owner"}
    command = [sys.executable, "manage.py"]
    with subprocess.Popen(
        [*command, "serve", "--prepare"], cwd=ROOT, env={**os.environ, **given}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as web:  # fmt: skip
        assert web.stdout
        said = ""
        while "is served at" not in said:
            said += (line := web.stdout.readline())
            assert line, said
        web.terminate()
        said += web.stdout.read()
    assert "Studio's page is served at https://studio.example.org (the command `link`" in said
    assert "a-secret" not in said
    asked = subprocess.run(
        [*command, "link"], cwd=ROOT, env={**os.environ, **given}, text=True, capture_output=True, check=True
    )
    assert asked.stdout == "https://studio.example.org/?token=a-secret-of-the-owner\n"
