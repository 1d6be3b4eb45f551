"""What every answer tells a browser: run nothing that is not ours, frame nothing, guess no type."""

from __future__ import annotations

from studio import config
from studio.http.page import POLICY

BARE = b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""The policy of whatever is no page: nothing in it is loaded or run."""
YEAR = 365 * 24 * 3600
PAGES = ("/assets/", "/static/", "/api/v1/docs")
"""Scripts of pages (a worker of the page goes by its own script's policy), and the API's own description."""

Headers = list[tuple[bytes, bytes]]


def common() -> Headers:
    """Those that are the same everywhere."""
    found = [
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", b"DENY"),
        (b"referrer-policy", b"same-origin"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"cross-origin-resource-policy", b"same-origin"),
    ]
    if config.behind_tls():
        found.append((b"strict-transport-security", b"max-age=%d" % YEAR))
    return found


FRAMED_HERE = b"frame-ancestors 'self'"
"""What the policy of an answer says that our own page may show in a frame: a report."""


def guarded(path: str, headers: Headers, ours: Headers) -> Headers:
    """An answer's headers with ours, and with a policy where it has none of its own."""
    if any(name.lower() == b"content-security-policy" and FRAMED_HERE in value for name, value in headers):
        ours = [(name, b"SAMEORIGIN" if name == b"x-frame-options" else value) for name, value in ours]
    names = {name.lower() for name, _ in ours}
    told = [(name, value) for name, value in headers if name.lower() not in names]
    if not any(name.lower() == b"content-security-policy" for name, _ in told):
        policy = POLICY.encode() if path.startswith(PAGES) else BARE
        told.append((b"content-security-policy", policy))
    return told + ours
