"""One Playwright for all tests in a browser: it cannot be started twice in a process."""

from collections.abc import Iterator
from shutil import which

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright itself."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Debian's Chromium; without it the tests are skipped, loudly."""
    program = which("chromium")
    if program is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    return program


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium_path: str) -> Iterator[Browser]:
    """Chromium as it comes."""
    browser = playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox"])
    yield browser
    browser.close()
