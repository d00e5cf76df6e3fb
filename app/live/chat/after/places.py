"""« Questions de classes » : in the player, at the places where they were asked.

Who asked, and in which class, is not told. A place belongs to the tour of its session: what pages
send is believed no further. Answers stay as long as what was said is kept.
"""

import time
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.core.db import db
from app.live.chat.after.threads import jobs_of
from app.live.chat.models import Message
from app.live.sessions.models import Session

FRESH = 5.0
"""Seconds for which the answers of a tour are kept: each page of the player asks for them."""


@dataclass(frozen=True)
class Asked:
    """A question and its answer, without who asked."""

    scene: str
    hotspot: str
    question: str
    answer: str
    name: str
    job: str


class PlacedAnswers:
    """The answers that tours show, read at most every FRESH seconds."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, list[Asked]]] = {}

    def of_scene(self, tour: str, scene: str) -> list[Asked]:
        """Those of one scene, the oldest first."""
        return [one for one in self._of_tour(tour) if one.scene == scene]

    def _of_tour(self, tour: str) -> list[Asked]:
        moment = time.monotonic()
        read_at, known = self._known.get(tour, (-FRESH, []))
        if moment - read_at >= FRESH:
            known = read_placed(tour)
            self._known[tour] = (moment, known)
        return known


def read_placed(tour: str) -> list[Asked]:
    """All answers that an adult approved, to questions with a place in this tour."""
    question = aliased(Message)
    query = (
        select(Message, question.text, question.place)
        .join(Session, Session.id == Message.room_id)
        .join(question, question.id == Message.about_id)
        .where(
            Session.tour == tour,
            Message.kind == "answer",
            Message.status == "shown",
            Message.approved_by.is_not(None),
            question.status == "answered",
        )
        .order_by(Message.id)
    )
    rows = [(answer, text, place) for answer, text, place in db.session.execute(query) if place]
    jobs = jobs_of(db.session(), (answer for answer, _text, _place in rows))
    return [
        _asked(answer, text, place, jobs.get(answer.author, ""))
        for answer, text, place in rows
        if place.get("tour") == tour
    ]


def _asked(answer: Message, text: str, place: dict[str, Any], job: str) -> Asked:
    scene, hotspot = str(place.get("scene", "")), str(place.get("hotspot", ""))
    return Asked(scene, hotspot, text, answer.text, answer.name, job)


def asked_here(tour: str, scene: str) -> list[Asked]:
    """What the player shows at a scene."""
    placed: PlacedAnswers = current_app.extensions["placed_answers"]
    return placed.of_scene(tour, scene)


def show_in_player(app: Flask) -> None:
    """Add the panel to the player, and what it shows to the tags of its pages."""
    app.extensions["placed_answers"] = PlacedAnswers()
    app.extensions["player_panels"].append("chat/after/placed.html")
    app.extensions.setdefault("player_marks", []).append(asked_here)
    app.jinja_env.globals["asked_here"] = asked_here
