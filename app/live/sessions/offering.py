"""Pages of those who offer sessions: new, changed, cancelled; guests approved or not."""

from datetime import datetime
from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from app.classes.times import noon_of
from app.core.db import db
from app.core.errors import Refusal
from app.core.writer import write
from app.live.blueprint import blueprint
from app.live.sessions.access import (
    HOSTS,
    changeable_session,
    may_change,
    me,
    own_factory,
    site_settings,
)
from app.live.sessions.booking import change_offer
from app.live.sessions.forms import OfferForm, language_choices, written_choices
from app.live.sessions.guests import approve_guests, refuse_guests
from app.live.sessions.hours import moment_of, on_clock, say_zone
from app.live.sessions.models import Session, SessionProfessional
from app.live.sessions.reading import people_of_factory, speaker_of
from app.live.sessions.sessions import (
    Offer,
    cancel_session,
    offer_session,
    refuse_closed,
    session_of,
)
from app.people.access import staff
from app.people.models import Account
from tours.models import Factory
from tours.published import published_tours
from tours.texts import localise


@blueprint.route("/sessions/new", methods=["GET", "POST"])
@staff(*HOSTS)
def new_session() -> str | Response:
    """Offer a session; a professional does so for their own factory."""
    account = me()
    form, mine = _form(account), account.id
    if request.method == "GET" and account.role == "professional":
        form.professionals.data = [mine]
    if form.validate_on_submit():
        slug = _try(form, lambda offer: write(lambda tx: offer_session(tx, offer, mine).slug))
        if slug:
            flash(_("La rencontre est proposée : les classes peuvent réserver."), "done")
            return redirect(url_for("live.one_session", session=slug))
    return _page(form, None)


@blueprint.route("/sessions/<session>/edit", methods=["GET", "POST"])
@staff(*HOSTS)
def edit_session(session: str) -> str | Response:
    """Change what is offered: classes hear of a new hour, calendars of everything."""
    found, account = changeable_session(session), me()
    if found.kind == "guest":
        abort(404)
    refuse_closed(found)
    form, number = _form(account, found), found.id
    if form.validate_on_submit():
        done = _try(form, lambda offer: write(lambda tx: change_offer(tx, number, offer).slug))
        if done:
            flash(_("C’est changé."), "done")
            return redirect(url_for("live.one_session", session=session))
    return _page(form, session_of(session))


@blueprint.post("/sessions/<session>/cancel")
@staff("teacher", *HOSTS)
def cancel_offer(session: str) -> Response:
    """Cancel a session: everybody is told. A teacher cancels only what they opened for guests."""
    number = changeable_session(session).id
    if request.form.get("sure") != "yes":
        raise Refusal("not_sure", _("Cochez la case pour confirmer."), 422, "sure")
    write(lambda tx: cancel_session(tx, number))
    flash(_("La rencontre est annulée. Un mail le dit à chacun."), "done")
    return redirect(url_for("live.one_session", session=session))


@blueprint.post("/sessions/<session>/approve")
@staff("organiser")
def approve_session(session: str) -> Response:
    """Let a teacher's guests come."""
    write(partial(approve_guests, session_id=session_of(session).id))
    flash(_("C’est approuvé : le professeur reçoit un mail."), "done")
    return redirect(url_for("live.sessions"))


@blueprint.post("/sessions/<session>/refuse")
@staff("organiser")
def refuse_session(session: str) -> Response:
    """Do not."""
    write(partial(refuse_guests, session_id=session_of(session).id))
    flash(_("C’est refusé : le professeur reçoit un mail."), "done")
    return redirect(url_for("live.sessions"))


def _form(account: Account, session: Session | None = None) -> OfferForm:
    """The form with the choices of this account, filled with the session."""
    factory = own_factory(account) if account.role == "professional" else ""
    form = OfferForm(data=_told(session) if session else None)
    form.kind.choices = written_choices()
    form.languages.choices = language_choices()
    form.factory.choices = _factories(factory)
    form.tour.choices = [SelectChoice("", _("Aucune")), *_tours(factory)]
    chosen = set(form.professionals.data or ()) if session else set()
    people = people_of_factory(factory, chosen)
    form.professionals.choices = [SelectChoice(one.id, _name(one)) for one in people]
    form.moderator.choices = [SelectChoice(0, _("Personne encore")), *_moderators()]
    return form


def _told(session: Session) -> dict[str, Any]:
    """What the form says of a session, on the site's clock."""
    there = on_clock(session.starts_at, site_settings().timezone)
    answering = SessionProfessional.session_id == session.id
    people = db.session.scalars(select(SessionProfessional.account_id).where(answering)).all()
    names = ("kind", "subject", "about", "tour", "factory", "minutes", "languages", "capacity",
             "answer_days")  # fmt: skip
    return {name: getattr(session, name) for name in names} | {
        "day": there.date(),
        "hour": there.time(),
        "professionals": list(people),
        "moderator": session.moderator_id or 0,
    }


def _factories(only: str) -> list[SelectChoice]:
    query = select(Factory.slug, Factory.name).order_by(Factory.name)
    rows = db.session.execute(query.where(Factory.slug == only) if only else query)
    choices = [SelectChoice(slug, name) for slug, name in rows]
    return choices if only else [SelectChoice("", _("Aucune")), *choices]


def _tours(factory: str) -> list[SelectChoice]:
    language = "fr"
    return [
        SelectChoice(tour.slug, localise(tour.content["title"], language))
        for tour in published_tours()
        if not factory or tour.factory["slug"] == factory
    ]


def _moderators() -> list[SelectChoice]:
    able = Account.role.in_(("moderator", "organiser")) & (Account.password_hash != "")
    query = select(Account).where(able).order_by(Account.name)
    return [SelectChoice(one.id, one.name) for one in db.session.scalars(query)]


def _name(account: Account) -> str:
    speaker = speaker_of(account)
    return f"{account.name} · {speaker.job}" if speaker.job else account.name


def _try(form: OfferForm, do: Any) -> str | None:
    """Do it with what the form says; a refusal that names a field is told beside it."""
    try:
        found: str = do(_offer_of(form))
    except Refusal as refusal:
        if refusal.field not in form:
            raise
        form[refusal.field].errors = [str(refusal.message)]
        return None
    return found


def _offer_of(form: OfferForm) -> Offer:
    return Offer(
        kind=form.kind.data,
        subject=form.subject.data or "",
        starts_at=_moment_of(form),
        minutes=form.minutes.data or 0,
        about=form.about.data or "",
        tour=form.tour.data or "",
        factory=form.factory.data or "",
        languages=tuple(form.languages.data or ()),
        capacity=form.capacity.data or 0,
        answer_days=form.answer_days.data or 0,
        professionals=tuple(form.professionals.data or ()),
        moderator_id=form.moderator.data or None,
    )


def _moment_of(form: OfferForm) -> datetime:
    """On the site's clock; a written exchange opens at noon, which is the same day everywhere."""
    zone = site_settings().timezone
    if form.kind.data == "written":
        return noon_of(form.day.data, zone)
    return moment_of(form.day.data, form.hour.data, zone)


def _page(form: OfferForm, session: Session | None) -> str:
    return render_template(
        "sessions/edit.html",
        form=form,
        session=session,
        zone=say_zone(site_settings().timezone),
        may_cancel=session is not None and may_change(session, me()),
    )
