"""Work at home: until which day, when none is said, and which days are none for it."""

from datetime import date, timedelta

from flask_babel import format_date
from flask_babel import gettext as _

from app.classes.classrooms import last_day
from app.classes.models import Classroom
from app.classes.times import HOME_DAYS, local_day
from app.core.db import now


def usual_end(classroom: Classroom, begins: date) -> date:
    """The last day when nobody chooses one: in two weeks, or when the class is erased."""
    return min(begins + timedelta(days=HOME_DAYS), last_day(classroom))


def what_is_wrong_with(classroom: Classroom, day: date) -> str:
    """Why work at home cannot last until this day: it is past, or the class is gone by then."""
    if day < local_day(now(), classroom.timezone):
        return str(_("Cette date est passée."))
    last = last_day(classroom)
    if day > last:
        told = format_date(last, "long", rebase=False)
        return str(_("La classe est effacée le %(day)s.", day=told))
    return ""
