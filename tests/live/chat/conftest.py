"""A site for rooms, and who opens pages there."""

from collections.abc import Iterator

import pytest

from tests.live.chat.meeting import Doorway, Meeting, open_meeting
from tests.serving import Site, run_command


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site for rooms."""
    data = tmp_path_factory.mktemp("rooms")
    assert run_command(data, "db", "upgrade").returncode == 0
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
