"""Trying as a student: the class's tour as its students see it, and no trace of it after."""

from flask import current_app, redirect, session, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from app.classes.chairs import taught
from app.classes.models import Visitor
from app.classes.places import GRIP, TRIAL, TRIAL_GRIP, VISITOR
from app.classes.visitors import erase_visitor, let_go, welcome
from app.core.db import db
from app.core.writer import Transaction, write
from app.live.blueprint import blueprint
from app.people.access import anybody


@blueprint.post("/classes/<slug>/try")
@anybody
def try_tour(slug: str) -> AnyResponse:
    """Walk as a student of the class would; nobody sees it, and nothing of it is kept."""
    classroom = taught(slug).classroom
    tour, classroom_id = classroom.tour, classroom.id
    visitor = write(welcome_trial)
    let_go()
    session[VISITOR], session[GRIP], session[TRIAL] = visitor, TRIAL_GRIP, classroom_id
    session.permanent = False
    return redirect(url_for("player.entrance", tour=tour) if tour else url_for("pages.lobby"))


def welcome_trial(tx: Transaction) -> int:
    """A visitor who is told apart by a grip that no other has."""
    visitor = welcome(tx)
    tx.session.get_one(Visitor, visitor).grip = TRIAL_GRIP
    return visitor


@blueprint.post("/classes/<slug>/try/end")
@anybody
def end_trial(slug: str) -> AnyResponse:
    """Back to the board: what was done is erased."""
    taught(slug)
    mine = session.get(VISITOR) if session.get(GRIP) == TRIAL_GRIP else None
    registry = current_app.extensions["privacy"]
    if mine is not None and db.session.scalar(
        select(Visitor.id).where(Visitor.id == mine, Visitor.grip == TRIAL_GRIP)
    ):
        write(lambda tx: erase_visitor(tx, registry, mine))
    let_go()
    return redirect(url_for("live.board", slug=slug))
