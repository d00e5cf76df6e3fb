"""« Réglages »: what a class is called, what it is led to, who teaches it, how long it is kept."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location
from flask import flash, redirect, render_template, session, url_for
from flask_babel import format_time
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse
from wtforms import BooleanField, DateField, Field, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app.classes.blueprint import blueprint
from app.classes.chairs import NEW_KEY, Taught, changeable, sit, stand_up
from app.classes.classrooms import (
    change_classroom,
    claim,
    draw_key_anew,
    last_day,
    leave_classroom,
    set_time,
)
from app.classes.doors import time_of
from app.classes.events import DoorChanged
from app.classes.folding import fold
from app.classes.home import what_is_wrong_with
from app.classes.models import Classroom, ClassroomTeacher, Student
from app.classes.opening import OpeningForm, new_key, offered_tours, teacher_here
from app.classes.times import home_end
from app.core.db import db, now
from app.core.errors import Refusal
from app.core.locale import current_language
from app.core.writer import Transaction, write
from app.people.access import anybody
from app.people.models import Account

Page = str | AnyResponse | tuple[str, int]


class SettingsForm(OpeningForm):
    """What may be changed later."""

    home_until = DateField(_l("Travail à la maison jusqu’au"), [Optional()])
    shows_ranking = BooleanField(_l("Classer les élèves par boulons dans le bilan"))

    def __init__(self, classroom: Classroom, **more: Any) -> None:
        super().__init__(obj=classroom, **more)
        self.classroom = classroom
        tours = [*offered_tours(), ("", _("Chacun choisit"))]
        if classroom.tour not in dict(tours):
            tours.append((classroom.tour, _("La visite d’avant, qui n’est plus publiée")))
        self.tour.choices = [SelectChoice(*tour) for tour in tours]

    def validate_home_until(self, field: Field) -> None:
        """From today on, and not beyond the day on which the class is erased; or as it was."""
        is_new = field.data and field.data != field.object_data
        wrong = what_is_wrong_with(self.classroom, field.data) if is_new else ""
        if wrong:
            raise ValidationError(wrong)


@blueprint.route("/classes/<slug>/settings", methods=["GET", "POST"])
@anybody
def settings(slug: str) -> Page:
    """What may be changed of a class, by those who may."""
    found = changeable(slug)
    classroom, time = found.classroom, time_of(found.classroom, now())
    until = home_end(classroom.time, classroom.timed_at, classroom.home_until, classroom.timezone)
    form = SettingsForm(classroom, data={"home_until": until})
    if time == "lesson":
        del form.home_until
    if not form.validate_on_submit():
        return show_settings(found, form, time), 422 if form.errors else 200
    classroom_id = classroom.id
    write(lambda tx: save_settings(tx, classroom_id, form, until))
    flash(_("C’est noté."), "done")
    return redirect(url_for("classes.settings", slug=slug))


def save_settings(
    tx: Transaction, classroom_id: int, form: SettingsForm, until: date | None
) -> None:
    """Write what the form says; another last day of work at home opens it until then."""
    if "home_until" in form and form.home_until.data and form.home_until.data != until:
        set_time(tx, classroom_id, "home", form.home_until.data)
    change_classroom(
        tx,
        classroom_id,
        name=(form.name.data or "").strip(),
        level=form.level.data or "",
        tour=form.tour.data or "",
        expected=form.expected.data or 30,
        shows_ranking=form.shows_ranking.data,
    )
    tx.publish(DoorChanged(classroom_id=classroom_id))


def show_settings(found: Taught, form: SettingsForm, time: str) -> str:
    """The page of the settings."""
    classroom = found.classroom
    return render_template(
        "classes/settings.html",
        classroom=classroom,
        chair=found.chair,
        form=form,
        time=time,
        clock=class_clock(classroom, now()),
        last_day=last_day(classroom),
        teachers=teachers_of(classroom.id),
        students=students_of(classroom.id),
        new_key=new_key(classroom.slug),
        account=teacher_here(),
    )


def class_clock(classroom: Classroom, moment: datetime) -> dict[str, str]:
    """The zone of a class as people say it, and what time it is there."""
    zone = ZoneInfo(classroom.timezone)
    place = get_timezone_location(zone, locale=current_language(), return_city=True)
    return {"place": place, "time": format_time(moment.astimezone(zone), "short", rebase=False)}


def teachers_of(classroom_id: int) -> list[Account]:
    """The accounts that teach a class."""
    query = select(Account).join(ClassroomTeacher, ClassroomTeacher.account_id == Account.id)
    mine = query.where(ClassroomTeacher.classroom_id == classroom_id)
    return list(db.session.scalars(mine.order_by(ClassroomTeacher.created_at)))


def students_of(classroom_id: int) -> list[Student]:
    """All of whom something is kept, those who were removed too."""
    query = select(Student).where(Student.classroom_id == classroom_id)
    return sorted(db.session.scalars(query), key=lambda one: fold(one.pseudonym))


@blueprint.post("/classes/<slug>/claim")
@anybody
def claim_class(slug: str) -> AnyResponse:
    """Keep a class that was opened without an account until the end of the school year."""
    found, account = changeable(slug), teacher_here()
    if account is None:
        raise Refusal("log_in", _("Connectez-vous d’abord, puis gardez la classe."), 401)
    classroom_id, account_id = found.classroom.id, account.id
    if found.classroom.key_hash is not None:
        write(lambda tx: claim(tx, classroom_id, account_id))
        stand_up(slug)
        flash(_("La classe est à vous : elle vous attend dans « Mes classes »."), "done")
    return redirect(url_for("classes.settings", slug=slug))


@blueprint.post("/classes/<slug>/key")
@anybody
def change_key(slug: str) -> AnyResponse:
    """Draw the teacher's key anew: the old one opens nothing, other browsers are let go."""
    found = changeable(slug)
    classroom_id = found.classroom.id
    if found.classroom.key_hash is None:
        raise Refusal("no_key", _("Cette classe a un compte : elle n’a plus de clé."), 409)
    drawn = write(lambda tx: draw_key_anew(tx, classroom_id))
    sit(db.session.get_one(Classroom, classroom_id))
    session[NEW_KEY] = [slug, drawn]
    flash(_("Voici la nouvelle clé. L’ancienne n’ouvre plus rien."), "done")
    return redirect(url_for("classes.settings", slug=slug))


@blueprint.post("/classes/<slug>/leave")
@anybody
def leave_class(slug: str) -> AnyResponse:
    """Stop teaching a class that colleagues go on with."""
    found = changeable(slug)
    classroom_id, account_id = found.classroom.id, found.chair.account
    if account_id is None:
        raise Refusal("no_account", _("Sans compte, il n’y a rien à quitter."), 409)
    write(lambda tx: leave_classroom(tx, classroom_id, account_id))
    flash(_("Vous ne menez plus cette classe."), "done")
    return redirect(url_for("classes.classes"))
