"""Hours: a session is one moment; each class reads it on its own clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location
from flask_babel import format_date, format_time, get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.errors import Refusal

MORNING, EVENING = time(8), time(18)
"""The day of a school, on its own clock."""
SKIPPED = _l("Cette heure n’existe pas ce jour-là : les horloges avancent d’une heure.")


@dataclass(frozen=True)
class Hour:
    """A session's hour as one class reads it."""

    day: str
    """As in « mardi 1 décembre 2026 »."""
    hour: str
    zone: str
    """As in « heure : Guadeloupe »."""
    is_outside: bool
    """Whether it leaves the day of a school, 8 to 18 h."""


def on_clock(moment: datetime, zone: str) -> datetime:
    """A moment as the clocks of a zone show it."""
    return moment.astimezone(ZoneInfo(zone))


def moment_of(day: date, hour: time, zone: str) -> datetime:
    """The moment, in UTC, at which clocks of the zone show this; of two hours alike the first.

    Raises Refusal for an hour that clocks skip in spring.
    """
    wall = datetime.combine(day, hour, ZoneInfo(zone))
    moment = wall.astimezone(UTC)
    if on_clock(moment, zone).replace(tzinfo=None) != wall.replace(tzinfo=None):
        raise Refusal("skipped_hour", SKIPPED, 422, "hour")
    return moment


def is_outside(start: datetime, end: datetime, zone: str) -> bool:
    """Whether something leaves the day of a school in the zone, 8 to 18 h."""
    first, last = on_clock(start, zone), on_clock(end, zone)
    return first.date() != last.date() or first.time() < MORNING or last.time() > EVENING


def say_day(moment: datetime, zone: str) -> str:
    """The day in words, in the zone."""
    return str(format_date(on_clock(moment, zone).date(), "full", rebase=False))


def say_hour(moment: datetime, zone: str) -> str:
    """The hour in digits, in the zone."""
    return str(format_time(on_clock(moment, zone), "short", rebase=False))


def say_zone(zone: str) -> str:
    """A zone by the place whose clocks it tells, on one line, as in « heure : Guadeloupe »."""
    name = get_timezone_location(zone, locale=get_locale() or "fr")
    return str(name).replace(" :", "\u00a0:")


def say_when(moment: datetime, zone: str) -> str:
    """Day, hour and zone in one line."""
    return str(
        _(
            "%(day)s à %(hour)s (%(zone)s)",
            day=say_day(moment, zone),
            hour=say_hour(moment, zone),
            zone=say_zone(zone),
        )
    )


def hour_for(start: datetime, end: datetime, zone: str) -> Hour:
    """What a class of this zone reads."""
    return Hour(
        say_day(start, zone), say_hour(start, zone), say_zone(zone), is_outside(start, end, zone)
    )
