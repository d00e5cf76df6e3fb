"""A find that was acknowledged survives the death of the server, and counts once."""

from itertools import islice
from pathlib import Path

import pytest

from tests.load.client import Stream, run
from tests.load.cuts import cut_while_finding, cut_while_forgetting, kill_while_finding
from tests.load.disk import NoCompiler, build_disk, kept_entries
from tests.load.sample import build_site
from tests.load.site import MeasuredSite
from tests.load.students import Find, enrol, find_requests

FINDS = 300
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site with its tour."""
    folder = tmp_path_factory.mktemp("site") / "data"
    build_site(folder, width=512)
    return folder


@pytest.fixture
def finds(data: Path) -> list[Find]:
    """Finds of new students."""
    return list(islice(find_requests(enrol(data, FINDS)), FINDS))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A disk that loses power."""
    try:
        return build_disk(tmp_path_factory.mktemp("disk"))
    except NoCompiler as reason:
        pytest.skip(str(reason))


def test_a_crowd_finds_at_once_and_nobody_waits_for_a_connection(
    data: Path, finds: list[Find]
) -> None:
    with MeasuredSite(data) as site:
        stream = Stream(site.port, [find.request for find in finds], connections=100)
        result = run([stream])[0].expect(200)
    assert max(result.latency) < 20
    assert {(find.visitor, find.source) for find in finds} <= set(kept_entries(data))


def test_a_killed_server_keeps_what_it_acknowledged_once(data: Path, finds: list[Find]) -> None:
    toll = kill_while_finding(data, finds, kills=2)
    assert toll.acknowledged >= FINDS
    assert (toll.lost, toll.twice, toll.missing) == ([], [], [])


def test_a_power_cut_keeps_what_was_acknowledged_once(
    data: Path, finds: list[Find], library: Path
) -> None:
    toll = cut_while_finding(data, finds, 2, library)
    assert toll.acknowledged >= FINDS
    assert (toll.lost, toll.twice, toll.missing) == ([], [], [])


def test_the_power_cut_is_a_real_one_a_database_that_does_not_sync_loses(
    data: Path, finds: list[Find], library: Path
) -> None:
    toll = cut_while_forgetting(data, finds, library)
    assert toll.acknowledged > 0
    assert toll.lost != []
