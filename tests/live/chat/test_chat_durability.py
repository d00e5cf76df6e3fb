"""What was acknowledged in a chat survives the server's death: once, in order, with its number.

The long runs are `make bench-chat-kill`.
"""

from pathlib import Path

import pytest

from tests.load.chat_cuts import Deaths, die_while_chatting
from tests.load.disk import NoCompiler, build_disk
from tests.load.rooms import open_halls, prepare

ROOMS = 16
pytestmark = pytest.mark.slow


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The folder of a site without any tour."""
    folder = tmp_path / "data"
    folder.mkdir()
    prepare(folder)
    return folder


def test_a_killed_server_keeps_each_message_once_in_order_with_its_number(data: Path) -> None:
    halls = open_halls(data, ROOMS, classes=2, students=2, answering=4)
    toll = die_while_chatting(data, halls, Deaths(messages=2000, times=2))
    assert toll.acknowledged >= 2000
    assert toll.resent > 100
    assert (toll.lost, toll.doubled, toll.disordered) == (set(), [], [])
    assert (toll.gaps, toll.unheard, toll.broken) == ([], [], [])


def test_a_power_cut_keeps_each_message_once_in_order_with_its_number(data: Path) -> None:
    try:
        library = build_disk(data.parent)
    except NoCompiler as reason:
        pytest.skip(str(reason))
    halls = open_halls(data, ROOMS, classes=2, students=2, answering=4)
    toll = die_while_chatting(data, halls, Deaths(messages=1000, times=1, library=library))
    assert toll.acknowledged >= 1000
    assert (toll.lost, toll.doubled, toll.disordered) == (set(), [], [])
    assert (toll.gaps, toll.unheard, toll.broken) == ([], [], [])
