"""Sharing a class: a substitute's day, a colleague, the teacher's own phone; and what links do."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.classes import links
from app.classes.chairs import NEW_LINK, changeable, find_chair, sit
from app.classes.managing import read_day
from app.classes.models import Classroom, TeacherLink
from app.classes.opening import teacher_here
from app.classes.times import local_day
from app.core.db import db, now
from app.core.errors import Refusal
from app.core.writer import write
from app.live.blueprint import blueprint
from app.live.lesson_pages import site_url
from app.live.papers.sheets import draw_address
from app.people.access import anybody, current_staff

Page = str | AnyResponse | tuple[str, int]
GONE = 410


@blueprint.get("/classes/<slug>/links")
@anybody
def class_links(slug: str) -> str:
    """The links of a class that live, and the ways to make another."""
    found = changeable(slug)
    today = local_day(now(), found.classroom.timezone)
    return render_template(
        "live/links.html",
        classroom=found.classroom,
        chair=found.chair,
        links=[_row(link, found.classroom) for link in links.live_links(found.classroom.id)],
        made=_made(slug),
        today=today,
        ahead=links.AHEAD,
    )


def _row(link: TeacherLink, classroom: Classroom) -> dict[str, Any]:
    return {
        "id": link.token_hash,
        "purpose": link.purpose,
        "day": local_day(link.starts_at, classroom.timezone),
        "expires_at": link.expires_at,
    }


def _made(slug: str) -> dict[str, Any] | None:
    """The link that this browser has just made, told once."""
    held = session.pop(NEW_LINK, None)
    link = links.find_link(held[1]) if held and held[0] == slug else None
    if link is None:
        return None
    address = site_url(url_for("live.link", token=held[1]))
    classroom = db.session.get_one(Classroom, link.classroom_id)
    return _row(link, classroom) | {"address": address, "qr": draw_address(address)}


@blueprint.post("/classes/<slug>/links")
@anybody
def make_link(slug: str) -> AnyResponse:
    """Make a link for a substitute, a colleague or one's own phone."""
    found = changeable(slug)
    classroom_id, purpose = found.classroom.id, request.form.get("purpose", "")
    if purpose == "substitute":
        day = read_day(request.form.get("day", ""))
        day = day or local_day(now(), found.classroom.timezone)
        token = write(lambda tx: links.lend(tx, classroom_id, day))
    elif purpose == "phone":
        token = write(lambda tx: links.show_phone(tx, classroom_id))
    elif purpose == "colleague" and found.chair.account is not None:
        token = write(lambda tx: links.invite(tx, classroom_id))
    else:
        raise Refusal("unknown_link", _("Choisissez à qui le lien est destiné."), 422, "purpose")
    session[NEW_LINK] = [slug, token]
    return redirect(url_for("live.class_links", slug=slug))


@blueprint.post("/classes/<slug>/links/<link>/close")
@anybody
def close_link(slug: str, link: str) -> AnyResponse:
    """Close a link at once, with whoever sits by it."""
    classroom_id = changeable(slug).classroom.id
    if not write(lambda tx: links.revoke(tx, classroom_id, link)):
        abort(404)
    flash(_("Ce lien n’ouvre plus rien."), "done")
    return redirect(url_for("live.class_links", slug=slug))


@blueprint.get("/links/<token>")
@anybody
def link(token: str) -> Page:
    """What a link leads to; a button more, so that no preview of it sits down."""
    found = links.find_link(token)
    if found is None:
        return _stale()
    classroom = db.session.get_one(Classroom, found.classroom_id)
    return render_template(
        "live/link.html",
        classroom=classroom,
        purpose=found.purpose,
        opens_on=local_day(found.starts_at, classroom.timezone) if _is_early(found) else None,
        is_mine=_is_mine(classroom),
        account=teacher_here(),
        token=token,
    )


def _stale() -> tuple[str, int]:
    return render_template("live/link_stale.html"), GONE


def _is_early(found: TeacherLink) -> bool:
    return found.starts_at > now()


def _is_mine(classroom: Classroom) -> bool:
    """Whether whoever asks teaches the class already: a link would take more than it gives."""
    chair = find_chair(classroom, session, current_staff())
    return chair is not None and chair.may_change


@blueprint.post("/links/<token>")
@anybody
def follow_link(token: str) -> Page:
    """Sit down on the teacher's side, or become a teacher of the class."""
    found = links.find_link(token)
    if found is None or _is_early(found):
        return _stale()
    classroom_id, classroom = found.classroom_id, db.session.get_one(Classroom, found.classroom_id)
    board = redirect(url_for("live.board", slug=classroom.slug))
    if _is_mine(classroom):
        return board
    if found.purpose == "colleague":
        return _join(token, board)
    kept = token if found.purpose == "substitute" else _pair(token, found.purpose)
    if kept is None:
        return _stale()
    sit(db.session.get_one(Classroom, classroom_id), link=kept)
    return board


def _pair(token: str, purpose: str) -> str | None:
    """What a phone keeps; the token of a phone itself is no link."""
    return write(lambda tx: links.pair(tx, token)) if purpose == "pairing" else None


def _join(token: str, board: AnyResponse) -> Page:
    account = teacher_here()
    if account is None:
        return redirect(url_for("people.login", next=url_for("live.link", token=token)))
    account_id = account.id
    if not write(lambda tx: links.join(tx, token, account_id)):
        return _stale()
    flash(_("Vous menez aussi cette classe, désormais."), "done")
    return board
