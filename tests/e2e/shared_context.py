"""A browser's context that journeys use one after the other.

What the page consists of stays in its cache, loaded and compiled, which takes a quarter off the processor
time of a visit. What a person leaves there (cookies, storage, permissions) goes after each journey.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, BrowserContext
from playwright.sync_api import Error as PlaywrightError

SCREEN = {"width": 1280, "height": 800}
USUAL: dict[str, Any] = {"viewport": SCREEN, "reduced_motion": "reduce"}
"""How a context is opened that nothing else is said of."""
LEFT_BY_A_PERSON = "local_storage,indexeddb"


class SharedContext:
    """One for each browser. Is opened when it is first used, and again after a journey that left what
    could not be cleaned away."""

    def __init__(self) -> None:
        self.opened: dict[Browser, BrowserContext] = {}

    def context(self, browser: Browser) -> BrowserContext:
        if browser not in self.opened:
            self.opened[browser] = browser.new_context(**USUAL)
        return self.opened[browser]

    def cleaned(self, context: BrowserContext, origin: str) -> bool:
        """Whether this is the shared context, and as new for the next journey, without pages."""
        if context not in self.opened.values():
            return False
        try:
            for page in context.pages[1:]:
                page.close()
            (page,) = context.pages
            stored = {"origin": origin, "storageTypes": LEFT_BY_A_PERSON}
            context.new_cdp_session(page).send("Storage.clearDataForOrigin", stored)
            page.close()
            context.clear_cookies()
            context.clear_permissions()
            context.set_offline(False)
        except (PlaywrightError, ValueError):  # a page that crashed, or a context that a journey closed
            self.opened = {key: other for key, other in self.opened.items() if other is not context}
            return False
        return True
