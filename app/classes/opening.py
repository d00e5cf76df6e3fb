"""Opening a classroom: now and without an account, or with one."""

from collections.abc import Sequence
from typing import Any

from flask import current_app, redirect, render_template, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse
from wtforms import Field, IntegerField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional

from app.classes.blueprint import blueprint
from app.classes.chairs import NEW_KEY, sit
from app.classes.classrooms import LEVELS, MOST_EXPECTED, Opened, Wish, open_classroom
from app.classes.insults import is_insult
from app.classes.models import Classroom, ClassroomTeacher
from app.core.db import db
from app.core.limits import limiter
from app.core.writer import write
from app.people.access import anybody, current_staff

TEACHERS = ("teacher", "organiser")


def is_fit_name(_form: FlaskForm, field: Field) -> None:
    """Students read the name: nothing ugly."""
    if is_insult(field.data or ""):
        raise ValidationError(_("Vos élèves liront ce nom : choisissez-en un autre."))


class OpeningForm(FlaskForm):
    """What a classroom needs: nothing but the tour, and that is chosen already."""

    tour = SelectField(_l("Visite"))
    name = StringField(_l("Nom de la classe"), [Length(max=40), is_fit_name])
    level = SelectField(
        _l("Niveau"),
        choices=[
            SelectChoice("", _l("Non précisé")),
            *(SelectChoice(*level) for level in LEVELS.items()),
        ],
        default="",
    )
    expected = IntegerField(
        _l("Élèves attendus"), [Optional(), NumberRange(1, MOST_EXPECTED)], default=30
    )


def new_key(slug: str) -> str | None:
    """The teacher's key of a classroom, when it was just drawn in this browser."""
    held = session.get(NEW_KEY)
    return str(held[1]) if held and held[0] == slug else None


def offered_tours() -> Sequence[tuple[str, str]]:
    """The tours to choose from: slug and title. The rooms above know them."""
    offer: Any = current_app.extensions["offered_tours"]
    tours: Sequence[tuple[str, str]] = offer()
    return tours


@blueprint.route("/classes/open", methods=["GET", "POST"])
@limiter.limit("120 per hour", methods=["POST"])
@anybody
def open_now() -> AnyResponse | str:
    """Open a classroom: its board, and the key of those who have no account."""
    tours = [*offered_tours(), ("", _("Chacun choisit"))]
    form = OpeningForm(tour=tours[0][0])
    form.tour.choices = [SelectChoice(*tour) for tour in tours]
    if not form.validate_on_submit():
        return render_template("classes/open.html", form=form, account=teacher_here())
    opened = make_classroom(form)
    if opened.key:
        sit(db.session.get_one(Classroom, opened.id))
        session[NEW_KEY] = [opened.slug, opened.key]
    return redirect(url_for("live.board", slug=opened.slug))


def make_classroom(form: OpeningForm) -> Opened:
    """The classroom that the form describes."""
    wish = Wish(
        timezone=current_app.extensions["settings"].timezone,
        name=(form.name.data or "").strip(),
        level=form.level.data or "",
        expected=form.expected.data or 30,
        tour=form.tour.data or "",
    )
    account = teacher_here()
    account_id = account.id if account is not None else None
    return write(lambda tx: open_classroom(tx, wish, account_id))


def teacher_here() -> Any:
    """The account that opens a classroom, if it is one that teaches."""
    account = current_staff()
    return account if account is not None and account.role in TEACHERS else None


@blueprint.get("/classes")
@anybody
def classes() -> AnyResponse | str:
    """A teacher's classrooms; without an account, the way to open one or to type a key."""
    account = current_staff()
    found: Sequence[Classroom] = ()
    if account is not None:
        found = db.session.scalars(
            select(Classroom)
            .join(ClassroomTeacher, ClassroomTeacher.classroom_id == Classroom.id)
            .where(ClassroomTeacher.account_id == account.id)
            .order_by(Classroom.created_at.desc())
        ).all()
    return render_template("classes/list.html", classrooms=found, account=account, levels=LEVELS)
