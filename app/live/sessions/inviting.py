"""Pages of guests: a teacher invites, the guest accepts the charter and comes in."""

from functools import partial
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from app.classes.models import Classroom
from app.classes.opening import offered_tours
from app.core.db import db
from app.core.errors import Refusal
from app.core.limits import limiter
from app.core.writer import write
from app.live.blueprint import blueprint
from app.live.sessions.access import changeable_session, me, own_classroom, site_settings
from app.live.sessions.booking import UNVERIFIED
from app.live.sessions.forms import InviteForm
from app.live.sessions.guests import (
    GUEST,
    accept_charter,
    draw_link_anew,
    find_guest,
    guests_of,
    open_to_guests,
    zone_of,
)
from app.live.sessions.hours import moment_of, on_clock, say_when
from app.live.sessions.models import Booking, Session
from app.live.sessions.pages import NEW_LINKS
from app.live.sessions.reading import classes_of
from app.live.sessions.sessions import Offer
from app.people.access import anybody, staff
from app.people.models import Account


@blueprint.route("/sessions/invite", methods=["GET", "POST"])
@staff("teacher")
def invite_guest() -> str | Response:
    """Open a session for one of one's classes, with one guest or two; or anew, corrected."""
    account, replaced = me(), _replaced()
    if not account.is_verified:
        raise Refusal("unverified", UNVERIFIED, 403)
    classes = classes_of(account)
    form = InviteForm(**_filled(replaced, request.args.get("classroom")))
    form.classroom.choices = [SelectChoice(one.slug, _name(one)) for one in classes]
    if classes and form.validate_on_submit():
        slug = _open(form, account, replaced.id if replaced else None)
        if slug:
            return redirect(url_for("live.one_session", session=slug))
    return render_template(
        "sessions/invite.html",
        form=form,
        classes=classes,
        replaced=replaced,
        needs_approval=site_settings().guests_need_approval,
    )


def _replaced() -> Session | None:
    """One's own invitation that is corrected: another takes its place."""
    slug = request.args.get("replaces")
    found = changeable_session(slug) if slug else None
    if found is not None and (found.kind != "guest" or found.created_by != me().id):
        abort(404)
    return found


def _filled(replaced: Session | None, classroom: str | None) -> dict[str, Any]:
    """What the form shows at first."""
    inviting = _class_of(replaced) if replaced else None
    if replaced is None or inviting is None:
        return {"classroom": classroom}
    moment, guests = on_clock(replaced.starts_at, inviting.timezone), guests_of(replaced)
    told = {"name": guests[0].name, "job": guests[0].job} if guests else {}
    if len(guests) > 1:
        told |= {"second_name": guests[1].name, "second_job": guests[1].job}
    return {
        "classroom": inviting.slug,
        "subject": replaced.subject,
        "day": moment.date(),
        "hour": moment.time(),
        "minutes": replaced.minutes,
        **told,
    }


def _class_of(session: Session) -> Classroom | None:
    """The class that invites."""
    query = select(Classroom).join(Booking, Booking.classroom_id == Classroom.id)
    return db.session.scalar(query.where(Booking.session_id == session.id).limit(1))


def _name(classroom: Classroom) -> str:
    return classroom.name or _("Classe %(code)s", code=classroom.code)


def _open(form: InviteForm, account: Account, replaced: int | None) -> str | None:
    """Open what the form says; the links wait in the cookie until they are shown."""
    classroom = own_classroom(form.classroom.data or "")
    number, mine, approval = classroom.id, account.id, site_settings().guests_need_approval
    try:
        offer = _offer_of(form, classroom)
        slug, tokens = write(
            lambda tx: open_to_guests(tx, offer, number, mine, form.guests, approval, replaced)
        )
    except Refusal as refusal:
        if refusal.field not in form:
            raise
        form[refusal.field].errors = [str(refusal.message)]
        return None
    _keep_links(slug, tokens)
    return slug


def _offer_of(form: InviteForm, classroom: Classroom) -> Offer:
    """Hours are typed on the clock of the class."""
    tour = classroom.tour if classroom.tour in dict(offered_tours()) else ""
    return Offer(
        kind="guest",
        subject=form.subject.data or "",
        starts_at=moment_of(form.day.data, form.hour.data, classroom.timezone),
        minutes=form.minutes.data or 0,
        tour=tour,
        capacity=1,
    )


def _keep_links(slug: str, tokens: dict[int, str]) -> None:
    cookie[NEW_LINKS] = {
        "session": slug,
        "tokens": {str(number): token for number, token in tokens.items()},
    }


@blueprint.post("/sessions/<session>/guests/<int:guest>/link")
@staff("teacher")
def draw_guest_link(session: str, guest: int) -> Response:
    """Draw a guest's link anew; the old one opens nothing."""
    found = changeable_session(session)
    number = found.id
    token = write(lambda tx: draw_link_anew(tx, number, guest))
    _keep_links(session, {guest: token})
    return redirect(url_for("live.one_session", session=session))


@blueprint.get("/guests/<token>")
@anybody
def guest(token: str) -> tuple[str, int] | str:
    """What a guest's link leads to: the charter, or word that it is too early or too late."""
    found = find_guest(token)
    if found is None:
        return render_template("sessions/guest_gone.html"), 404
    who, session = found
    settings = site_settings()
    return render_template(
        "sessions/guest.html",
        guest=who,
        session=session,
        when=say_when(session.starts_at, zone_of(session) or settings.timezone),
        days=settings.chat_days,
        token=token,
    )


@blueprint.post("/guests/<token>")
@limiter.limit("60 per hour")
@anybody
def welcome_guest(token: str) -> Response:
    """Accept the charter, and come in."""
    who, session = find_guest(token) or abort(404)
    if session.state != "offered":
        raise Refusal(
            "awaiting", _("L’organisation n’a pas encore dit oui : revenez plus tard."), 409
        )
    if request.form.get("charter") != "yes":
        raise Refusal("charter", _("Cochez la case pour accepter la charte."), 422, "charter")
    slug = session.slug
    write(partial(accept_charter, guest_id=who.id))
    cookie[GUEST] = token
    return redirect(f"/rooms/{slug}")
