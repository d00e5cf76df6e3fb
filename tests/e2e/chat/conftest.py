"""A site with a room that runs, and browsers in it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.live.chat.conftest import door, meeting, site
from tests.live.chat.meeting import Meeting
from tests.serving import Site

__all__ = ["door", "meeting", "site"]
Enter = Callable[..., Page]


class Rooms:
    """Browsers, each with the cookie of somebody, at the page of a room."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser, self.site = browser, site
        self.contexts: list[BrowserContext] = []
        self.faults: list[str] = []

    def enter(
        self,
        meeting: Meeting,
        cookie: str,
        side: str = "staff",
        *,
        width: int = 1280,
        locale: str = "fr",
        url: str = "",
        path: str = "",
    ) -> Page:
        """Somebody's page of the room; a student has read the rules."""
        at = url or self.site.url
        page = self.open(cookie, f"{at}/rooms/{meeting.slug}{path}?side={side}", width, locale)
        if side == "student":
            page.locator("#rules button").click()
        return page

    def open(self, cookie: str, url: str, width: int = 1280, locale: str = "fr") -> Page:
        """Any page, at a machine of its own, with the cookie of somebody."""
        context = self.browser.new_context(viewport={"width": width, "height": 800}, locale=locale)
        self.contexts.append(context)
        name, _equals, value = cookie.partition("=")
        origin = "/".join(url.split("/")[:3])
        context.add_cookies([{"name": name, "value": value, "url": origin}])
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.goto(url)
        return page

    def student(self, meeting: Meeting, index: int = 0, **more: object) -> Page:
        """A student's page."""
        return self.enter(meeting, meeting.students[0][index], "student", **more)  # type: ignore[arg-type]  # passed on

    def teacher(self, meeting: Meeting, **more: object) -> Page:
        """The teacher's page."""
        return self.enter(meeting, meeting.teachers[0], **more)  # type: ignore[arg-type]  # passed on

    def professional(self, meeting: Meeting, **more: object) -> Page:
        """A professional's page, on a phone unless told otherwise."""
        return self.enter(meeting, meeting.professionals[0], **({"width": 390} | more))  # type: ignore[arg-type]  # passed on


@pytest.fixture
def rooms(browser: Browser, site: Site) -> Iterator[Rooms]:
    """Opens pages of rooms; a fault in any of their scripts fails the test."""
    rooms = Rooms(browser, site)
    yield rooms
    for context in rooms.contexts:
        context.close()
    assert rooms.faults == []
