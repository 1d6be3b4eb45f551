"""The files of docs/deployment: the docs name each, and each names only what is so."""

from __future__ import annotations

import json
import re

from tests.ops.test_docs import ROOT, SETTINGS, read

FOLDER = ROOT / "docs" / "deployment"
OF_OTHERS = {"AWS_ENDPOINT_URL", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}


def test_administration_names_every_file():
    page = read("docs/administration.md")
    assert {file.name for file in FOLDER.iterdir() if f"(deployment/{file.name})" not in page} == set()


def test_every_setting_of_the_environment_is_one_that_studio_reads():
    named = re.findall(r"^([A-Z_]+)=", read("docs/deployment/studio.env"), re.M)
    assert set(named) <= SETTINGS | OF_OTHERS
    assert len(named) == len(set(named))


def test_no_secret_of_the_environment_could_be_left_as_it_is():
    for line in read("docs/deployment/studio.env").splitlines():
        if re.match(r".*(TOKEN|SECRET|KEY_ID|://.*:.*@)", line):
            assert "CHANGE-ME" in line, line


def test_nginx_logs_no_query():
    """The address that signs in has the token there."""
    formats = re.findall(r"log_format (\w+) '([^']*)'", read("docs/deployment/nginx.conf"))
    assert formats
    for name, logged in formats:
        assert not re.search(r"\$(request|args|query_string|request_uri|http_referer)\b", logged), name


def test_the_bucket_s_user_may_do_what_the_docs_ask_for():
    statements = json.loads(read("docs/deployment/bucket-policy.json"))["Statement"]
    allowed = {
        action
        for one in statements
        for action in ([one["Action"]] if isinstance(one["Action"], str) else one["Action"])
    }
    assert {"s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"} <= allowed
    assert not any("*" in action for action in allowed)
