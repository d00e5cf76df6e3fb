"""A site with parrots, to speak to."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.live.wire import Wire, cookie_for
from tests.serving import Site, run_command


class PerchSite(Site):
    """The site of tests/live/lineserver.py."""

    module = "tests.live.lineserver"


class Parrots:
    """Parrots who come to the perch, each by another name, and fly away when the test ends."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._lines: list[Wire] = []

    def cookie(self, name: str = "", language: str = "fr") -> str:
        """The cookie of a parrot."""
        name = name or f"parrot-{len(self._lines)}"
        return cookie_for(self.site.url, f"/parrot/{name}?language={language}")

    def knock(self, name: str = "", *, cookie: str = "", buffer: int = 0, url: str = "") -> Wire:
        """A line that has not been admitted."""
        cookie = cookie or self.cookie(name)
        line = Wire(url or self.site.url, cookie, buffer=buffer)
        self._lines.append(line)
        return line

    def come(self, name: str = "", *, buffer: int = 0, url: str = "") -> Wire:
        """A line that was admitted."""
        return self.knock(name, buffer=buffer, url=url).enter()

    def close(self) -> None:
        """All fly away."""
        for line in self._lines:
            line.close()


def crashes(log: Path) -> list[str]:
    """The errors that a site has logged, but for those that its parrots make on purpose."""
    lines = log.read_text().splitlines()
    return [line for line in lines if '"level":"error"' in line and "lineserver.py" not in line]


@pytest.fixture(scope="module")
def perch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with parrots, for a whole module."""
    data = tmp_path_factory.mktemp("perch")
    assert run_command(data, "db", "upgrade").returncode == 0
    with PerchSite(data, log_level="info") as site:
        yield site


@pytest.fixture
def parrots(perch: Site) -> Iterator[Parrots]:
    """Who comes to it."""
    with closing(Parrots(perch)) as parrots:
        yield parrots
