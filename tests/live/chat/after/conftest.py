"""A session of one class with a place in the mill, and the time, which only moves when told."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from app.core.db import now
from tests.live.chat.meeting import Meeting, open_meeting


@pytest.fixture
def meeting(mill: Flask) -> Meeting:
    """A session of one class of four that runs."""
    return open_meeting(mill, students=4)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The time, standing at nine in the evening of a Monday, in Paris."""
    with time_machine.travel("2026-11-30T20:00+00:00", tick=False) as clock:
        assert now().hour == 20
        yield clock
