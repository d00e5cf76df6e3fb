"""Pages of rewards: criteria for everybody, a picture and a page to share that name no one."""

import io
from functools import lru_cache
from typing import Any

from flask import Response, abort, jsonify, render_template, url_for
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.classes.visitors import remembered_visitor
from app.core.db import db
from app.core.locale import choose_language
from app.pages.blueprint import blueprint
from app.pages.cards import draw_card
from app.pages.catalogue import local_factory
from app.pages.visitor import my_sources
from app.people.access import anybody
from app.points.models import Reward
from app.points.proofs import token_of
from app.points.rewards import offered_rewards
from tours.bundles.factory import CHALLENGES
from tours.challenges.completing import CHALLENGE_OWNER
from tours.challenges.data import challenge_of, challenge_pins
from tours.content import TourContent
from tours.player.replies import reward_view
from tours.published import published_tours
from tours.texts import localise


def tours_of(reward: Reward) -> list[TourContent]:
    """The published tours in which a reward is earned: one, or all that count for a challenge."""
    tours = published_tours()
    if reward.owner != CHALLENGE_OWNER:
        return [tour for tour in tours if tour.slug == reward.owner.removeprefix("tour:")]
    sources = set(reward.settings["sources"])
    return [tour for tour in tours if any(h.source in sources for h in tour.finds)]


def shown_reward(slug: str) -> tuple[Reward, list[TourContent]]:
    """A reward of published tours, or 404."""
    reward = db.session.get(Reward, slug) or abort(404)
    return reward, tours_of(reward) or abort(404)


@blueprint.get("/rewards")
@anybody
def rewards() -> str:
    """All pins one may earn, and those one has."""
    mine = my_sources()
    offered = ((reward, tours_of(reward)) for reward in offered_rewards(db.session()))
    views = [
        page_of(reward, tours) | {"is_earned": f"reward:{reward.slug}" in mine}
        for reward, tours in offered
        if tours
    ]
    return render_template("rewards.html", rewards=views)


def page_of(reward: Reward, tours: list[TourContent]) -> dict[str, Any]:
    """A reward with its criteria in words."""
    language = choose_language()
    challenge = challenge_of(reward.slug)
    return reward_view(reward) | {
        "places": [
            {
                "criteria": criteria_of(reward, tour),
                "factory": local_factory(tour, language),
                "tour": localise(tour.content["title"], language),
                "url": url_for("player.entrance", tour=tour.slug),
            }
            for tour in tours
        ],
        "count": reward.settings["count"],
        "challenge": str(CHALLENGES[challenge]) if challenge else None,
        "share_url": url_for("pages.share", slug=reward.slug),
        "card_url": url_for("pages.card", slug=reward.slug, language=language),
        "is_retired": reward.retired_at is not None,
    }


def criteria_of(reward: Reward, tour: TourContent) -> list[str]:
    """What one has to find in a tour: the titles, those of hidden things apart."""
    if reward.owner == CHALLENGE_OWNER:
        sources = {hotspot.source for hotspot in tour.finds}
        wanted = [source for source in reward.settings["sources"] if source in sources]
    else:
        wanted = reward.settings["sources"]
    by_source = {hotspot.source: hotspot for hotspot in tour.hotspots.values()}
    titles = []
    for source in wanted:
        hotspot = by_source.get(source)
        if hotspot is None:
            titles.append(_("Prendre la décision de la mission"))
        elif hotspot.kind.is_hidden:
            titles.append(_("Un trésor caché"))
        else:
            titles.append(localise(hotspot.content["title"], choose_language()))
    return titles


def rule_of(page: dict[str, Any]) -> str:
    """The rule of a reward in one sentence, and in full where it is short."""
    count, challenge = page["count"], page["challenge"]
    if challenge:
        words = _l(
            "Découvrir %(count)d contenus du défi « %(challenge)s », "
            "dans une ou plusieurs visites.",
            count=count,
            challenge=challenge,
        )
        return str(words)
    titles = page["places"][0]["criteria"]
    said = " ; ".join(titles)
    if count < len(titles):
        return str(_l("Trouver %(count)d de ces points : %(titles)s.", count=count, titles=said))
    return str(ngettext("Trouver : %(titles)s.", "Tout trouver : %(titles)s.", count, titles=said))


@blueprint.get("/rewards/<slug>")
@anybody
def reward(slug: str) -> str:
    """A reward's criteria, for everybody; for who has it, the link that shows it."""
    found, tours = shown_reward(slug)
    mine = my_sources()
    standing = {
        "is_earned": f"reward:{slug}" in mine,
        "so_far": len(set(found.settings["sources"]).intersection(mine)),
        "proof_url": own_proof_url(slug),
    }
    return render_template("reward.html", reward=page_of(found, tours) | standing)


def own_proof_url(slug: str) -> str | None:
    """The link that whoever asks made to show this reward."""
    visitor = remembered_visitor()
    token = token_of(db.session(), visitor, slug) if visitor is not None else None
    return url_for("pages.proof", token=token, _external=True) if token else None


@blueprint.get("/rewards/<slug>/share")
@anybody
def share(slug: str) -> str:
    """A page to share: the pin and what it stands for, no one's name."""
    return render_template("reward_share.html", reward=page_of(*shown_reward(slug)))


@blueprint.get("/rewards/<slug>/achievement.json")
@anybody
def achievement(slug: str) -> Response:
    """The reward as Open Badges 3.0 tells an achievement."""
    return jsonify(as_achievement(page_of(*shown_reward(slug))))


def as_achievement(page: dict[str, Any]) -> dict[str, Any]:
    """A reward's page as an `Achievement` of Open Badges 3.0; docs/rewards.md says what is what."""
    url = url_for("pages.reward", slug=page["slug"], _external=True)
    image = url_for("pages.card", slug=page["slug"], language=choose_language(), _external=True)
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": url,
        "type": ["Achievement"],
        "name": page["title"],
        "description": page["text"],
        "criteria": {"id": url, "narrative": rule_of(page)},
        "image": {"id": image, "type": "Image", "caption": page["title"]},
        "inLanguage": choose_language(),
        "creator": {
            "id": url_for("pages.lobby", _external=True),
            "type": ["Profile"],
            "name": "Déambule",
        },
    }


@blueprint.get("/rewards/<slug>/card-<language>.png")
@anybody
def card(slug: str, language: str) -> Response:
    """The picture to share, 1200×630."""
    found, tours = shown_reward(slug)
    if language not in ("fr", "en"):
        abort(404)
    name, accent = signed_by(found, tours, language)
    picture = card_png(
        localise(found.title, language), localise(found.text, language), name, found.icon, accent
    )
    response = Response(picture, mimetype="image/png")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def signed_by(reward: Reward, tours: list[TourContent], language: str) -> tuple[str, str]:
    """What stands at the foot of a card, and its colour: the factory's, or the challenge's."""
    challenge = challenge_of(reward.slug)
    if challenge is None:
        factory = localise(tours[0].factory, language)
        return factory["name"], factory["accent"]
    pin = challenge_pins()[challenge]
    with force_locale(language):
        return str(CHALLENGES[challenge]), pin.accent


@lru_cache(maxsize=64)
def card_png(title: str, text: str, factory: str, icon: str, accent: str) -> bytes:
    """A card as PNG, drawn once."""
    packed = io.BytesIO()
    draw_card(title, text, factory, icon, accent).save(packed, "PNG", optimize=True)
    return packed.getvalue()
