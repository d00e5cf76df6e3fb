"""The board: the teacher's live page of a classroom. First load and every push are one snapshot."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from flask import Flask, current_app, jsonify, render_template, request, session
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from sqlalchemy import bindparam, select
from werkzeug.wrappers import Response as AnyResponse

from app.classes.chairs import REMOVED, Taught, taught
from app.classes.classrooms import last_day
from app.classes.doors import closes_in, door_now, time_of
from app.classes.emblems import emblem_of
from app.classes.home import usual_end
from app.classes.models import Classroom, Knock, Student
from app.classes.opening import new_key
from app.classes.pseudonyms import SHELVES
from app.classes.times import local_day
from app.core.db import db, now
from app.core.errors import wants_json
from app.core.locale import choose_language
from app.core.queries import Query, read
from app.live.blueprint import blueprint
from app.live.building import object_of
from app.live.latest import count_discovered, count_finds, tell_news
from app.live.presence import Whereabouts, present_visitors
from app.live.roster import Row, read_roster
from app.people.access import anybody
from tours.content import TourContent
from tours.published import published_tours
from tours.texts import localise

STUCK_AFTER = 180
"""Seconds without a find and without a move after which a student may be stuck."""
_KNOCKS = Query(
    select(Knock.id, Knock.pseudonym)
    .where(Knock.classroom_id == bindparam("classroom"), Knock.answer == "")
    .order_by(Knock.id)
)


@blueprint.get("/classes/<slug>")
@anybody
def board(slug: str) -> str | AnyResponse:
    """The board of a classroom, for whoever sits on its teacher's side.

    It opens as it may be projected; on the teacher's paired phone, or when asked for, with what is
    for the teacher's eyes: labels, and who may be stuck.
    """
    found = taught(slug)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  Flask's own way to the app behind its proxy
    state = snapshot(found.classroom, present_visitors(app, found.classroom.id))
    if wants_json():
        return jsonify(state)
    default = "teacher" if found.chair.kind == "phone" else "projector"
    return render_template(
        "live/board.html",
        classroom=found.classroom,
        chair=found.chair,
        state=state,
        is_teachers=request.args.get("view", default) == "teacher",
        labels=labels_of(found, state),
        removed=removed_here(found),
        new_key=new_key(slug),
        last_day=last_day(found.classroom),
        host=request.host,
        stuck_after=STUCK_AFTER,
        by_whom=by_whom,
        still_for=still_for,
        **words_of(state),
    )


def words_of(state: dict[str, Any]) -> dict[str, Any]:
    """What the board says of its door and of its time; its script says the same later."""
    until = state["until"]
    static_url: Any = current_app.jinja_env.globals["static_url"]
    return {
        "doors": {
            "open": _("La porte est ouverte."),
            "knock": _("On frappe : vous ouvrez un par un."),
            "shut": _("La porte est fermée."),
        },
        "ends": {
            "lesson": "",
            "home": _(
                "La leçon est finie. Chacun continue à la maison avec sa carte, jusqu’au %(day)s.",
                day="{day}",
            ),
            "over": _("La classe est finie : chacun relit sa page, plus rien ne compte."),
        },
        "until": format_date(date.fromisoformat(until), "long", rebase=False) if until else "",
        "others": {
            count: ngettext(
                "%(name)s et %(count)s autre",
                "%(name)s et %(count)s autres",
                count,
                name="{name}",
                count="{count}",
            )
            for count in (1, 2)
        },
        "emblems": {shelf: static_url(f"art/emblems/{shelf}.svg") for shelf in SHELVES},
        "kinds": {
            kind: static_url(f"art/kinds/{kind}.svg", "art/kinds/unknown.svg")
            for kind in current_app.extensions["kinds"]
        },
    }


def by_whom(news: dict[str, Any]) -> str:
    """Who has found something: the last of them by pseudonym, the others as a number."""
    more = news["students"] - 1
    if not more:
        return str(news["by"])
    words = ngettext(
        "%(name)s et %(count)s autre",
        "%(name)s et %(count)s autres",
        more,
        name=news["by"],
        count=more,
    )
    return str(words)


def still_for(seconds: int) -> str:
    """For how long somebody has not moved."""
    return str(_("sans bouger depuis %(minutes)s min", minutes=seconds // 60))


def removed_here(found: Taught) -> Student | None:
    """Whom this browser has just taken out of the class: it may be undone."""
    slug, student = session.get(REMOVED) or ("", 0)
    if slug != found.classroom.slug or not found.chair.may_change:
        return None
    kept = db.session.get(Student, student)
    is_out = kept is not None and kept.classroom_id == found.classroom.id and kept.removed_at
    return kept if is_out else None


def labels_of(found: Taught, state: dict[str, Any]) -> dict[int, str]:
    """Labels by student, for chairs that see them; never part of what is pushed."""
    if not found.chair.sees_labels:
        return {}
    rows = read_roster(found.classroom.id)
    shown = {student["id"] for student in state["students"]}
    return {row.id: row.label for row in rows if row.label and row.id in shown}


def snapshot(classroom: Classroom, here: Mapping[int, Whereabouts]) -> dict[str, Any]:
    """All that a board shows, labels apart: it may stand on the projector. `here` is who is."""
    moment = now()
    tours = {tour.slug: tour for tour in published_tours()}
    rows = read_roster(classroom.id, classroom.tour)
    finds = count_finds(classroom.id)
    content = tours.get(classroom.tour)
    seen = content.without(frozenset(classroom.hides)) if content else None
    students = [_student(row, here, tours, moment) for row in rows]
    return {
        "code": classroom.code,
        "door": door_now(classroom, moment),
        "closes_in": closes_in(classroom, moment),
        "time": time_of(classroom, moment),
        "until": _last_day(classroom).isoformat(),
        "joined": len(rows),
        "expected": classroom.expected,
        "here": sum(row.visitor in here for row in rows),
        "points": sum(row.points for row in rows) + classroom.gone_points,
        "finds": sum(row.found for row in rows) + classroom.gone_finds,
        "discovered": count_discovered(finds, seen) if seen else 0,
        "of": len(seen.finds) if seen else 0,
        "latest": tell_news(finds, tours),
        "knocks": [
            {"id": knock, "pseudonym": pseudonym}
            for knock, pseudonym in read(_KNOCKS, classroom=classroom.id)
        ],
        "object": object_of(classroom.id, content),
        "places": _name_places((student["at"] for student in students), tours),
        "students": students,
    }


def _last_day(classroom: Classroom) -> date:
    """The last day of work at home; a lesson that nobody ended has one too."""
    if classroom.time == "home" and classroom.home_until is not None:
        return classroom.home_until
    return usual_end(classroom, local_day(classroom.timed_at, classroom.timezone))


def _student(
    row: Row, here: Mapping[int, Whereabouts], tours: Mapping[str, TourContent], moment: datetime
) -> dict[str, Any]:
    where = here.get(row.visitor)
    at = f"{(where and where.tour) or row.tour or ''}/{(where and where.scene) or row.scene or ''}"
    title = _scene_title(at, tours)
    emblem = emblem_of(row.pseudonym)
    return {
        "id": row.id,
        "pseudonym": row.pseudonym,
        "emblem": [emblem.sign, emblem.colour],
        "here": where is not None,
        "at": at,
        "scene": localise(title, choose_language()) if title else "",
        "found": row.found,
        "in_tour": row.in_tour,
        "points": row.points,
        "quiet": _quiet(row, where, moment),
    }


def _quiet(row: Row, where: Whereabouts | None, moment: datetime) -> int | None:
    """Seconds in which nothing was found and nobody moved, before a page that is in front and
    plays nothing; None for the others: they are not stuck."""
    if where is None or not where.is_watched:
        return None
    moves = [at for at in (row.found_at, row.moved_at, where.since) if at is not None]
    return max(0, round((moment - max(moves)).total_seconds()))


def _scene_title(at: str, tours: Mapping[str, TourContent]) -> Mapping[str, str] | None:
    tour, _slash, slug = at.partition("/")
    scene = tours[tour].scenes.get(slug) if tour in tours else None
    return scene.content["title"] if scene else None


def _name_places(
    places: Iterable[str], tours: Mapping[str, TourContent]
) -> dict[str, Mapping[str, str]]:
    """The scenes in which somebody is, by language: boards of one class may speak two."""
    titles = {at: _scene_title(at, tours) for at in set(places)}
    return {at: title for at, title in titles.items() if title}
