"""The time of a class: lesson, home, over. What was set becomes the next by itself."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

HOME_DAYS = 14
"""A lesson that nobody ended goes on at home for so long."""


def time_now(
    time: str, timed_at: datetime, home_until: date | None, timezone: str, moment: datetime
) -> str:
    """What a class that was set to `time` at `timed_at` is at `moment`.

    A lesson ends with its day in the school's zone and goes on at home; home ends with its last
    day.
    """
    if time == "over":
        return time
    today = local_day(moment, timezone)
    if time == "lesson" and today <= local_day(timed_at, timezone):
        return time
    last = home_end(time, timed_at, home_until, timezone)
    return "home" if last is not None and today <= last else "over"


def home_end(time: str, timed_at: datetime, home_until: date | None, timezone: str) -> date | None:
    """The last day of work at home; a lesson that nobody ended goes on for HOME_DAYS."""
    if time == "lesson":
        return local_day(timed_at, timezone) + timedelta(days=HOME_DAYS)
    return home_until


def local_day(moment: datetime, timezone: str) -> date:
    """The day that `moment` belongs to in a zone."""
    return moment.astimezone(ZoneInfo(timezone)).date()


def midnight_after(moment: datetime, timezone: str) -> datetime:
    """When that day ends in the zone."""
    zone = ZoneInfo(timezone)
    tomorrow = moment.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, datetime.min.time(), zone)


def noon_of(day: date, timezone: str) -> datetime:
    """The middle of a day in a zone: there is one every day, whatever clocks do at night."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(timezone))


def school_year(moment: datetime, timezone: str) -> int:
    """The year in which the school year of `moment` began: they begin in August."""
    day = local_day(moment, timezone)
    return day.year if day.month >= 8 else day.year - 1
