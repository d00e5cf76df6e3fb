"""Hours on every clock: overseas, abroad, and on the days on which clocks are changed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from flask import Flask
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refusal
from app.live.sessions.hours import is_outside, moment_of, on_clock, say_when

ZONES = ("Europe/Paris", "America/Guadeloupe", "America/Miquelon", "Indian/Reunion",
         "Pacific/Noumea", "Pacific/Tahiti", "Africa/Casablanca", "America/New_York",
         "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Cairo", "Pacific/Apia")  # fmt: skip
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  the zone is given beside


@given(MOMENTS, st.sampled_from(ZONES))
def test_what_is_typed_is_what_clocks_show(moment: datetime, zone: str) -> None:
    """Every moment has an hour there, which leads back to it, or to the first of two alike."""
    moment = moment.replace(second=0, microsecond=0)
    wall = on_clock(moment, zone)
    back = moment_of(wall.date(), wall.time(), zone)
    shown = on_clock(back, zone)
    assert (shown.date(), shown.time()) == (wall.date(), wall.time())
    assert back == moment or (wall.fold and timedelta(0) < moment - back <= timedelta(hours=1))


@given(
    st.dates(date(2025, 1, 1), date(2030, 1, 1)),
    st.times().map(lambda t: t.replace(second=0, microsecond=0, fold=0)),
    st.sampled_from(sorted(available_timezones() - {"localtime"})),
)
def test_an_hour_is_kept_or_refused_never_moved(day: date, hour: time, zone: str) -> None:
    wall = datetime.combine(day, hour, ZoneInfo(zone))
    try:
        moment = moment_of(day, hour, zone)
    except Refusal:
        # Clocks jump over it: what they showed before, and what they show after, disagree.
        changes = wall.utcoffset() != wall.replace(fold=1).utcoffset()
        assert changes
        return
    shown = on_clock(moment, zone)
    assert (shown.date(), shown.time()) == (day, hour)


def test_ten_in_paris_stays_ten_in_winter_and_in_summer() -> None:
    """Guadeloupe changes no clock: it is 5 h there in winter and 4 h in summer."""
    for day, away in ((date(2027, 3, 27), 5), (date(2027, 3, 29), 4)):
        moment = moment_of(day, time(10), "Europe/Paris")
        assert on_clock(moment, "Europe/Paris").hour == 10
        assert on_clock(moment, "America/Guadeloupe").hour == away


def test_the_hour_that_spring_skips_is_refused_and_of_two_in_autumn_the_first_is_meant() -> None:
    with pytest.raises(Refusal, match="skipped_hour"):
        moment_of(date(2027, 3, 28), time(2, 30), "Europe/Paris")
    twice = moment_of(date(2026, 10, 25), time(2, 30), "Europe/Paris")
    assert twice == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hour", "minutes", "is_out"),
    [(time(8), 40, False), (time(7, 59), 40, True), (time(17, 20), 40, False),
     (time(17, 21), 40, True), (time(23, 50), 600, True)],
)  # fmt: skip
def test_a_school_day_is_from_eight_to_eighteen_on_its_own_clock(
    hour: time, minutes: int, is_out: bool
) -> None:
    for zone in ZONES:
        start = moment_of(date(2026, 12, 8), hour, zone)
        assert is_outside(start, start + timedelta(minutes=minutes), zone) is is_out


def test_an_hour_is_told_with_the_place_whose_clocks_show_it(app: Flask) -> None:
    moment = datetime(2026, 12, 8, 9, tzinfo=UTC)
    with app.test_request_context():
        assert say_when(moment, "America/Guadeloupe") == (
            "mardi 8 décembre 2026 à 05:00 (heure\u00a0: Guadeloupe)"
        )
    with app.test_request_context(), force_locale("en_GB"):
        assert "05:00" in say_when(moment, "America/Guadeloupe")
        assert "Guadeloupe" in say_when(moment, "America/Guadeloupe")
