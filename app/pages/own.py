"""One's own page: what one has, the code that opens it elsewhere, and being forgotten."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.classes.codes import show_code
from app.classes.models import Visitor
from app.classes.visitors import (
    erase_visitor,
    let_go,
    remembered_visitor,
)
from app.core.db import db
from app.core.locale import choose_language
from app.core.privacy import PrivacyRegistry
from app.core.writer import write
from app.pages.blueprint import blueprint
from app.pages.catalogue import factory_views
from app.pages.visitor import my_sources
from app.people.access import anybody
from tours.content import TourContent
from tours.player.entrance import resume_url
from tours.player.replies import reward_views
from tours.published import published_tours


@blueprint.get("/me")
@anybody
def me() -> str:
    """What I have, where I was, and the code that opens my place on another machine."""
    visitor = remembered_visitor()
    row = db.session.get(Visitor, visitor) if visitor is not None else None
    tours = published_tours() if row else []
    sources = my_sources()
    views = factory_views(tours, sources, choose_language())
    mine = [
        tour | {"resume_url": resume_url(content, visitor)}
        for content, tour in zip(tours, [t for f in views for t in f["tours"]], strict=True)
        if tour["found"] or resume_url(content, visitor)
    ]
    return render_template(
        "me.html",
        known=row is not None,
        total=sum(sources.values()),
        tours=mine,
        rewards=earned_rewards(tours, sources),
        resume_code=show_code(row.resume_code) if row else None,
    )


def earned_rewards(
    tours: Sequence[TourContent], sources: Mapping[str, int]
) -> list[dict[str, Any]]:
    """The pins of a visitor, those apart whose tour is no longer there to be seen."""
    offered = {offer.slug for tour in tours for offers in tour.offers.values() for offer in offers}
    earned = (s.removeprefix("reward:") for s in sources if s.startswith("reward:"))
    return reward_views([slug for slug in earned if slug in offered])


@blueprint.post("/me/forget")
@anybody
def forget() -> AnyResponse:
    """Erase this visitor and all that is held of them, when they are sure."""
    if not request.form.get("sure"):
        flash(_("Coche la case pour confirmer : rien n’est effacé."), "error")
        return redirect(url_for("pages.me"))
    visitor = remembered_visitor()
    if visitor is not None:
        registry: PrivacyRegistry = current_app.extensions["privacy"]
        write(lambda tx: erase_visitor(tx, registry, visitor))
        let_go()
        flash(_("Tout ce qui te concernait est effacé."), "done")
    return redirect(url_for("pages.lobby"))


@blueprint.get("/resume")
@anybody
def resume() -> AnyResponse:
    """Where codes were typed once; the door takes them all."""
    return redirect(url_for("classes.door"))
