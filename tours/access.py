"""Tours as one may reach them: fetched and authorised in one act; what is not yours is a 404."""

from dataclasses import dataclass

from flask import abort, current_app
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.classes.models import Visitor
from app.classes.visitors import remembered_visitor
from app.core.db import db
from app.core.queries import Query, read
from app.people.access import current_staff
from app.people.models import Account
from tours.content import HotspotContent, SceneContent, TourContent
from tours.loading import Contents
from tours.models import FactoryMember, Tour

_STANDING = Query(
    select(Tour.id, Tour.version, Tour.is_published, Visitor.id, Visitor.progress)
    .outerjoin(Visitor, Visitor.id == bindparam("visitor"))
    .where(Tour.slug == bindparam("slug"))
)


@dataclass(frozen=True)
class Standing:
    """A tour as this visitor may see it now: all that a page's tag depends on."""

    tour_id: int
    version: int
    is_published: bool
    visitor: int | None
    """The visitor, when this browser names one that still exists."""
    progress: int

    @property
    def content(self) -> TourContent:
        """What the tour shows."""
        contents: Contents = current_app.extensions["tours"]
        return contents.get(db.session, self.tour_id, self.version)


def stand_in(slug: str) -> Standing:
    """The tour of this name for whoever asks; 404 when it is not there for them."""
    rows = read(_STANDING, slug=slug, visitor=remembered_visitor())
    if not rows:
        abort(404)
    tour_id, version, is_published, visitor, progress = rows[0]
    if not is_published and not may_edit_tour(db.session(), tour_id):
        abort(404)
    return Standing(tour_id, version, is_published, visitor, progress or 0)


def may_edit_tour(session: Session, tour_id: int) -> bool:
    """Whether the member of staff who asks may change the tour."""
    account = current_staff()
    if account is None:
        return False
    factory = session.scalar(select(Tour.factory_id).where(Tour.id == tour_id))
    return factory is not None and may_edit_factory(session, account, factory)


def may_edit_factory(session: Session, account: Account, factory_id: int) -> bool:
    """An organiser may edit every factory, an author those they are a member of."""
    if account.role == "organiser":
        return True
    if account.role != "author":
        return False
    return session.get(FactoryMember, (factory_id, account.id)) is not None


def scene_of(content: TourContent, slug: str) -> SceneContent:
    """A scene of the tour, or 404."""
    return content.scenes.get(slug) or abort(404)


def hotspot_of(content: TourContent, slug: str) -> HotspotContent:
    """A hotspot of a scene that is still shown, or 404."""
    hotspot = content.hotspots.get(slug)
    if hotspot is None or content.scenes[hotspot.scene].is_withdrawn:
        abort(404)
    return hotspot
