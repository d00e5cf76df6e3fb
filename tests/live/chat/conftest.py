"""A site for rooms, and who opens pages there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.chat.meeting import Doorway, Meeting, open_meeting
from tests.serving import Site, run_command


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, mill_bundle: Path) -> Iterator[Site]:
    """A site for rooms, with the mill in it."""
    data = tmp_path_factory.mktemp("rooms")
    for command in (("db", "upgrade"), ("tour", "import", str(mill_bundle), "--publish")):
        done = run_command(data, *command)
        assert done.returncode == 0, done.stderr
    with Site(data) as site:
        yield site


@pytest.fixture
def door(site: Site) -> Iterator[Doorway]:
    """Opens pages of a room."""
    with Doorway(site) as door:
        yield door


@pytest.fixture
def meeting(site: Site) -> Meeting:
    """A session of one class that runs."""
    return open_meeting(site.data)
