"""The mission as a visitor may see it: trail, clues, decision, ending."""

from collections.abc import Mapping
from typing import Any

from flask import url_for

from app.core.locale import choose_language
from tours.content import TourContent
from tours.mission import Clues, count_clues
from tours.player.past import Past
from tours.texts import localise


def trail_of(content: TourContent, past: Past, language: str) -> dict[str, Any] | None:
    """The trail given to the visitor."""
    for trail in (content.mission or {}).get("trails", ()):
        if trail["slug"] == past.trail:
            local: dict[str, Any] = localise(trail, language)
            return local
    return None


def mission_view(content: TourContent, past: Past, language: str) -> dict[str, Any] | None:
    """The mission as far as the visitor may see it: the decision only once it is open."""
    if content.mission is None:
        return None
    mission = local_mission(content, language)
    clues = count_clues(content, past.sources)
    return {
        "state": ("mission", content.id, content.version, clues, past.ending),
        "situation": mission["situation"],
        "clues_found": clues.found,
        "clues_needed": clues.needed,
        "clues_total": clues.total,
        "is_open": clues.is_open,
        "decision": _decision(content, mission, clues),
        "ending": ending_view(content, mission, past.ending),
    }


def local_mission(content: TourContent, language: str) -> Mapping[str, Any]:
    """The mission in one language, kept with the content."""
    known: Mapping[str, Any] | None = content.local.get(("mission", language))
    if known is None:
        known = content.local["mission", language] = localise(content.mission, language)
    return known


def _decision(
    content: TourContent, mission: Mapping[str, Any], clues: Clues
) -> dict[str, Any] | None:
    if not clues.is_open:
        return None
    options = [{"slug": o["slug"], "text": o["text"]} for o in mission["decision"]["options"]]
    return {
        "question": mission["decision"]["question"],
        "options": options,
        "url": url_for("player.decision", tour=content.slug),
    }


def ending_view(
    content: TourContent, mission: Mapping[str, Any], slug: str | None
) -> dict[str, Any] | None:
    """An ending and who explains it."""
    for ending in mission["endings"]:
        if ending["slug"] == slug:
            person = content.hotspots.get(ending["person"])
            keys = person.keys if person is not None else None
            who = {"name": keys.name, "job": keys.job.say(choose_language())} if keys else None
            return {**ending, "person": who}
    return None
