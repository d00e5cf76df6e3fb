"""The factories as the lobby and their own pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.core.locale import choose_language
from quizzes.wording import plain_words
from tours.bundles.factory import CHALLENGES, SECTORS
from tours.content import TourContent
from tours.progress import progress_in
from tours.published import published_tours
from tours.texts import localise

LENGTHS = {
    "short": (_l("Moins de 20 minutes"), range(20)),
    "medium": (_l("De 20 à 40 minutes"), range(20, 41)),
    "long": (_l("Plus de 40 minutes"), range(41, 1000)),
}


@dataclass(frozen=True)
class Filters:
    """What one looks for in the lobby; empty: everything."""

    q: str = ""
    challenge: str = ""
    sector: str = ""
    length: str = ""

    def keep(self, factory: Mapping[str, Any]) -> bool:
        """Whether a factory is one of those looked for."""
        return (
            plain_words(self.q) in factory["searched"]
            and (not self.challenge or self.challenge in factory["challenge_slugs"])
            and (not self.sector or self.sector == factory["sector"])
            and (not self.length or factory["minutes"] in LENGTHS[self.length][1])
        )


def tour_titles() -> list[tuple[str, str]]:
    """The published tours to choose from: slug and title."""
    language = choose_language()
    return [
        (tour.slug, f"{tour.factory['name']} · {localise(tour.content['title'], language)}")
        for tour in published_tours()
    ]


def factory_views(
    tours: list[TourContent], sources: Mapping[str, int], language: str
) -> list[dict[str, Any]]:
    """The factories of these tours, with what the visitor found in them."""
    by_factory: dict[int, list[TourContent]] = {}
    for tour in tours:
        by_factory.setdefault(tour.factory_id, []).append(tour)
    return [_factory(of_one, sources, language) for of_one in by_factory.values()]


def _factory(tours: list[TourContent], sources: Mapping[str, int], language: str) -> dict[str, Any]:
    views = [_tour(tour, sources, language) for tour in tours]
    is_lit = bool(views) and all(view["done"] for view in views)
    look = (is_lit, *((tour.id, tour.version) for tour in tours))
    return local_factory(tours[0], language) | {
        "look": look,
        "state": (look, *(view["found"] for view in views)),
        "tours": views,
        "minutes": sum(view["minutes"] for view in views),
        "lit": is_lit,
        "searched": _searched(tours, language),
    }


def local_factory(tour: TourContent, language: str) -> dict[str, Any]:
    """What is said of a tour's factory, kept with the tour."""
    known: dict[str, Any] | None = tour.local.get(("factory", language))
    if known is None:
        known = tour.local["factory", language] = _say_factory(tour, language)
    return known


def _say_factory(tour: TourContent, language: str) -> dict[str, Any]:
    text = localise(tour.factory, language)
    chosen = text.get("challenges", [])
    return {
        **text,
        "url": url_for("pages.factory", slug=text["slug"]),
        "sector_label": str(SECTORS.get(text["sector"], text["sector"])),
        "challenge_slugs": chosen,
        "challenges": [{"slug": slug, "label": str(CHALLENGES[slug])} for slug in chosen],
    }


def _tour(tour: TourContent, sources: Mapping[str, int], language: str) -> dict[str, Any]:
    known: dict[str, Any] | None = tour.local.get(("card", language))
    if known is None:
        known = tour.local["card", language] = _say_tour(tour, language)
    progress = progress_in(tour, sources)
    return known | {
        "done": is_done(tour, sources),
        "found": progress.found,
        "total": progress.total,
    }


def _say_tour(tour: TourContent, language: str) -> dict[str, Any]:
    text = localise(tour.content, language)
    return {
        "slug": tour.slug,
        "title": text["title"],
        "summary": text["summary"],
        "minutes": text["minutes"],
        "url": url_for("player.entrance", tour=tour.slug),
    }


def is_done(tour: TourContent, sources: Mapping[str, int]) -> bool:
    """A tour lights up when its decision was taken, or all of it found when it has none."""
    if tour.mission:
        return f"decision:{tour.slug}" in sources
    return progress_in(tour, sources).is_complete


def _searched(tours: list[TourContent], language: str) -> str:
    """Everything that the search field looks in, folded."""
    key = ("searched", language)
    for tour in tours:
        if key not in tour.local:
            texts = [localise(tour.content, language), localise(tour.factory, language)]
            scenes = [localise(s.content["title"], language) for s in tour.scenes.values()]
            words = [
                str(t.get(k, ""))
                for t in texts
                for k in ("title", "summary", "name", "tagline", "text", "place")
            ]
            tour.local[key] = plain_words(" ".join([*words, *scenes]))
    return " ".join(tour.local[key] for tour in tours)
