"""A real browser on a real Studio."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.e2e import user
from tests.e2e.shared_context import USUAL, SharedContext
from tests.e2e.user import AXE
from tests.failures import PAGE
from tests.server import TOKEN, Server
from tools.machine import find

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

HERE = Path(__file__).parent

PATIENCE = 15_000
"""Milliseconds; two busy cores may be slow."""
expect.set_options(timeout=PATIENCE)

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

CONTEXTS = pytest.StashKey[list[BrowserContext]]()
"""What a journey has open."""
MOST_LINES = 120
"""Of a page that a failed journey shows."""


def chromium() -> str:
    found = os.environ.get("STUDIO_CHROMIUM") or find("chromium")
    assert found, "The journeys need a browser: apt install chromium, or set STUDIO_CHROMIUM to its path."
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def shared() -> SharedContext:
    return SharedContext()


@pytest.fixture
def new_page(
    server: Server, browser: Browser, shared: SharedContext, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """Opens a page, signed in, with nothing in it yet; errors in it, warnings in the browser's console, and
    calls to other hosts fail the test. The first is one of the shared context, unless it has options or is to
    be on its `own`."""
    contexts = request.node.stash[CONTEXTS] = []
    wrong: list[str] = []

    def open_page(signed_in: bool = True, own: bool = False, **options: Any) -> Page:
        alone = own or not signed_in or bool(options or contexts)
        context = browser.new_context(**{**USUAL, **options}) if alone else shared.context(browser)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: wrong.append(f"page error: {error}"))
        page.on("console", lambda said: _check_console(said, wrong))
        page.on("request", lambda request: _check_host(request.url, server.url, wrong))
        if signed_in:
            context.request.get(f"{server.url}/?token={TOKEN}", max_redirects=0)
        return page

    yield open_page
    del request.node.stash[CONTEXTS]
    for context in contexts:
        if not shared.cleaned(context, server.url):
            context.close()
    _cancel_runs(server)
    assert wrong == []


def _cancel_runs(server: Server) -> None:
    """A script that a journey left running would hold a slot that the next one waits for."""
    with suppress(httpx.TransportError):  # some journeys stop the server
        for run in server.get("runs", under_way=True)["items"]:
            server.http.post(f"runs/{run['id']}/cancel")


def _check_console(said: ConsoleMessage, wrong: list[str]) -> None:
    """A library that warns of how it is used; not an answer above 400, which some journeys ask for, and not a
    face that a busy machine came to use late."""
    late = "was preloaded using link preload but not used within a few seconds" in said.text
    known = late or said.text.startswith(("Failed to load resource", "WebSocket"))
    if said.type in ("warning", "error") and not known:
        wrong.append(f"the console says: {said.text}")


def _check_host(url: str, own: str, wrong: list[str]) -> None:
    if not url.startswith((own, "data:", "blob:")):
        wrong.append(f"something was loaded from elsewhere: {url}")


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page()


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Fails where a page breaks WCAG 2.2 A or AA, or what axe-core holds to be good practice beyond, as far
    as a machine can tell: one banner, landmarks that can be told apart, headings in order. Only `region` is
    left out: menus and messages are drawn over the page, outside of its landmarks."""

    def check(page: Page) -> None:
        user.expect_still(page)  # while it fades in, its colors are others
        if not page.evaluate("'axe' in window"):  # it is half a megabyte
            page.evaluate(AXE.read_text())
        assert _broken(page, f"{{runOnly: {RULES}, rules: {{region: {{enabled: false}}}}}}") == []

    return check


@pytest.fixture
def axe_in_both(axe: Callable[[Page], None]) -> Callable[[Page], None]:
    """The same in the light, and the contrast of all colors in the dark too: nothing else differs there."""

    def check(page: Page) -> None:
        axe(page)
        page.emulate_media(color_scheme="dark")
        expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
        user.expect_still(page)
        assert _broken(page, "{runOnly: {type: 'rule', values: ['color-contrast']}}") == []
        page.emulate_media(color_scheme="light")
        expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "light")

    return check


def _broken(page: Page, options: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """What axe finds wrong: the rule, with the first places and what is to be done there."""
    return [
        (v["id"], [(n["html"][:160], n["failureSummary"]) for n in v["nodes"]][:3])
        for v in page.evaluate(f"axe.run({options})")["violations"]
    ]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that lies here is a journey."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """The report of a journey that failed says what each of its pages shows."""
    report = yield
    if report.failed:
        pages = [page for context in item.stash.get(CONTEXTS, []) for page in context.pages]
        report.sections += [(PAGE, shown(page)) for page in pages]
    return report


def shown(page: Page) -> str:
    """Its address, and what a screen reader would say of it."""
    try:
        lines = page.locator("body").aria_snapshot(timeout=2000).splitlines()
    except PlaywrightError as error:
        lines = [f"(cannot be read: {error.message.splitlines()[0]})"]
    more = [f"… and {len(lines) - MOST_LINES} lines more"] if len(lines) > MOST_LINES else []
    return "\n".join([page.url, *lines[:MOST_LINES], *more])
