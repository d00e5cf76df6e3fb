"""The tours that are open to everybody."""

from flask import abort, current_app
from sqlalchemy import select

from app.core.db import db
from app.core.queries import Query, read
from tours.content import TourContent
from tours.loading import Contents
from tours.models import Tour

_PUBLISHED = Query(
    select(Tour.id, Tour.version)
    .where(Tour.is_published)
    .order_by(Tour.factory_id, Tour.published_at, Tour.id)
)


def published_tours() -> list[TourContent]:
    """All published tours, by factory."""
    contents: Contents = current_app.extensions["tours"]
    return [contents.get(db.session, tour, version) for tour, version in read(_PUBLISHED)]


def published_tour(slug: str) -> TourContent:
    """A published tour, or 404."""
    return next((tour for tour in published_tours() if tour.slug == slug), None) or abort(404)
