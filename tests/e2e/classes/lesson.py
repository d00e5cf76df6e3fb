"""A lesson: a class with its boards and its students, each at a machine of their own."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import APIRequestContext, BrowserContext, Page, Playwright, expect

from tests.e2e.player import steps
from tests.e2e.player.conftest import Machines
from tests.live.lesson import pass_midnight
from tests.serving import Site

PATIENCE = 10_000
"""Milliseconds: what a page does by itself is done by then, a restart of the server included."""


class Lesson:
    """A class that was opened without an account."""

    def __init__(self, site: Site, new_machine: Callable[..., BrowserContext]) -> None:
        pass_midnight()
        self.site = site
        self.new_machine = new_machine
        self.board = new_machine().new_page()
        self.board.goto("/classes/open")
        self.board.select_option('[name="tour"]', "mill-tour")
        self.board.click("main form button.plate--yellow")
        self.board.wait_for_selector("#door-code")
        self.slug = self.board.url.rsplit("/", 1)[1]
        self.code = self.board.inner_text("#door-code").strip()
        self.key = self.board.locator(".board__key .code").text_content() or ""

    def second_board(self) -> Page:
        """The same teacher at another machine, by their key."""
        page = self.new_machine().new_page()
        page.goto("/key")
        page.fill('[name="key"]', self.key)
        page.click("main form button")
        page.wait_for_url(f"**/classes/{self.slug}")
        return page

    def lead(self, page: Page, scene: str = "hall") -> Page:
        """Open the leader's player on a teacher's machine."""
        page.goto(f"/classes/{self.slug}/lead/mill-tour/{scene}")
        steps.wait_until_ready(page)
        expect(page.locator("#lead [data-lead-away]")).to_be_hidden(timeout=PATIENCE)
        expect(page.locator("#lead [data-led]")).not_to_be_empty()
        return page

    def student(self, scene: str = "hall", **options: Any) -> Page:
        """A student comes in and stands in a scene, their line open."""
        page = self.new_machine(**options).new_page()
        self.come_in(page)
        enter(page, scene)
        return page

    def come_in(self, page: Page) -> None:
        """Type the code of the door."""
        page.goto("/join")
        page.fill('[name="code"]', self.code)
        page.click("main form button")
        page.wait_for_url("**/welcome")


class Crowd:
    """Students who come by requests of their own, without a browser."""

    def __init__(self, playwright: Playwright, url: str, stack: ExitStack) -> None:
        self._playwright = playwright
        self._url = url
        self._stack = stack

    def come_in(self, code: str, count: int, *, walk: bool = False) -> None:
        """Each types the code and sits down; who walks is inside the tour then."""
        for _one in range(count):
            line = self._playwright.request.new_context(base_url=self._url)
            self._stack.callback(line.dispose)
            assert send(line, "/join", "/join", code=code).endswith("/welcome")
            if walk:
                went = send(line, "/welcome", "/tours/mill-tour/start")
                assert re.search(r"/tours/mill-tour/\w+$", went), went


def send(line: APIRequestContext, page: str, action: str, **form: str) -> str:
    """Send a form as the one on `page` is sent; where that leads."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', line.get(page).text())
    assert token is not None
    reply = line.post(action, form={"csrf_token": token[1], **form})
    assert reply.ok, (reply.status, action)
    return reply.url


def enter(page: Page, scene: str = "hall") -> None:
    """Open a scene, and wait until its line is open."""
    page.goto(f"/tours/mill-tour/{scene}")
    steps.wait_until_ready(page)
    page.wait_for_selector('body[data-line="open"]', timeout=PATIENCE)


def order(page: Page, mode: str) -> None:
    """Press a button that leads."""
    page.click(f'#lead [data-order="{mode}"]')


@pytest.fixture
def new_machine(machines: Machines, site: Site) -> Iterator[Callable[..., BrowserContext]]:
    """Machines at which nobody sat yet; a script's error fails the test."""
    errors: list[Any] = []
    with ExitStack() as stack:

        def start(**options: Any) -> BrowserContext:
            size = {"width": 1280, "height": 720}
            settings = {"base_url": site.url, "locale": "fr-FR", "viewport": size} | options
            context = machines("webgl").new_context(**settings)
            stack.callback(context.close)
            context.on("weberror", lambda error: errors.append(error.error))
            return context

        yield start
    assert errors == []


@pytest.fixture
def lesson(site: Site, new_machine: Callable[..., BrowserContext]) -> Lesson:
    """One class in its lesson."""
    return Lesson(site, new_machine)


@pytest.fixture
def crowd(playwright: Playwright, site: Site) -> Iterator[Crowd]:
    """Students without a browser."""
    with ExitStack() as stack:
        yield Crowd(playwright, site.url, stack)
