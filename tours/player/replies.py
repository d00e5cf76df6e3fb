"""Rewards as pages and replies show them."""

from collections.abc import Sequence
from typing import Any

from flask import url_for

from app.core.db import db
from app.core.locale import choose_language
from app.points.models import Reward
from tours.texts import localise


def reward_views(slugs: Sequence[str]) -> list[dict[str, Any]]:
    """The rewards of these names, in the visitor's language."""
    rewards = (db.session.get(Reward, slug) for slug in slugs)
    return [reward_view(reward) for reward in rewards if reward is not None]


def reward_view(reward: Reward) -> dict[str, Any]:
    """One reward."""
    return {
        "slug": reward.slug,
        "title": localise(reward.title, choose_language()),
        "text": localise(reward.text, choose_language()),
        "icon": reward.icon,
        "url": url_for("pages.reward", slug=reward.slug),
    }
