"""Pages of rewards: criteria for everybody, a picture and a page to share that name no one."""

import io
from functools import lru_cache
from typing import Any

from flask import Response, abort, render_template, url_for
from flask_babel import gettext as _

from app.core.db import db
from app.core.locale import choose_language
from app.pages.blueprint import blueprint
from app.pages.cards import draw_card
from app.pages.catalogue import local_factory
from app.pages.visitor import my_sources
from app.people.access import anybody
from app.points.models import Reward
from app.points.rewards import offered_rewards
from tours.content import TourContent
from tours.player.replies import reward_view
from tours.published import published_tours
from tours.texts import localise


def tour_of(reward: Reward) -> TourContent | None:
    """The published tour that offers a reward."""
    slug = reward.owner.removeprefix("tour:")
    return next((t for t in published_tours() if t.slug == slug), None)


def shown_reward(slug: str) -> tuple[Reward, TourContent]:
    """A reward of a published tour, or 404."""
    reward = db.session.get(Reward, slug) or abort(404)
    return reward, tour_of(reward) or abort(404)


@blueprint.get("/rewards")
@anybody
def rewards() -> str:
    """All pins one may earn, and those one has."""
    mine = my_sources()
    tours = {tour.slug: tour for tour in published_tours()}
    views = [
        page_of(reward, tours[reward.owner.removeprefix("tour:")])
        | {"is_earned": f"reward:{reward.slug}" in mine}
        for reward in offered_rewards(db.session())
        if reward.owner.removeprefix("tour:") in tours
    ]
    return render_template("rewards.html", rewards=views)


def page_of(reward: Reward, tour: TourContent) -> dict[str, Any]:
    """A reward with its criteria in words."""
    return reward_view(reward) | {
        "criteria": criteria_of(reward, tour),
        "count": reward.settings["count"],
        "factory": local_factory(tour, choose_language()),
        "tour": localise(tour.content["title"], choose_language()),
        "share_url": url_for("pages.share", slug=reward.slug),
        "card_url": url_for("pages.card", slug=reward.slug, language=choose_language()),
        "is_retired": reward.retired_at is not None,
    }


def criteria_of(reward: Reward, tour: TourContent) -> list[str]:
    """What one has to find: the titles, those of hidden things apart."""
    by_source = {hotspot.source: hotspot for hotspot in tour.hotspots.values()}
    titles = []
    for source in reward.settings["sources"]:
        hotspot = by_source.get(source)
        if hotspot is None:
            titles.append(_("Prendre la décision de la mission"))
        elif hotspot.kind.is_hidden:
            titles.append(_("Un trésor caché"))
        else:
            titles.append(localise(hotspot.content["title"], choose_language()))
    return titles


@blueprint.get("/rewards/<slug>")
@anybody
def reward(slug: str) -> str:
    """A reward's criteria, for everybody."""
    found, tour = shown_reward(slug)
    is_earned = f"reward:{slug}" in my_sources()
    return render_template("reward.html", reward=page_of(found, tour) | {"is_earned": is_earned})


@blueprint.get("/rewards/<slug>/share")
@anybody
def share(slug: str) -> str:
    """A page to share: the pin and what it stands for, no one's name."""
    found, tour = shown_reward(slug)
    return render_template("reward_share.html", reward=page_of(found, tour))


@blueprint.get("/rewards/<slug>/card-<language>.png")
@anybody
def card(slug: str, language: str) -> Response:
    """The picture to share, 1200×630."""
    found, tour = shown_reward(slug)
    if language not in ("fr", "en"):
        abort(404)
    factory = localise(tour.factory, language)
    picture = card_png(
        localise(found.title, language),
        localise(found.text, language),
        factory["name"],
        found.icon,
        factory["accent"],
    )
    response = Response(picture, mimetype="image/png")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


@lru_cache(maxsize=64)
def card_png(title: str, text: str, factory: str, icon: str, accent: str) -> bytes:
    """A card as PNG, drawn once."""
    packed = io.BytesIO()
    draw_card(title, text, factory, icon, accent).save(packed, "PNG", optimize=True)
    return packed.getvalue()
