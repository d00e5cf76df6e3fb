"""Tours as one may reach them: fetched and authorised in one act; what is not yours is a 404."""

from dataclasses import dataclass

from flask import abort, current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.classes.places import Place, my_place
from app.core.db import db
from app.core.errors import Refusal
from app.core.queries import Query, read
from app.people.access import current_staff
from app.people.models import Account
from tours.content import HotspotContent, SceneContent, TourContent
from tours.loading import Contents
from tours.models import FactoryMember, Tour

_STANDING = Query(
    select(Tour.id, Tour.version, Tour.is_published).where(Tour.slug == bindparam("slug"))
)


@dataclass(frozen=True)
class Standing:
    """A tour as this visitor may see it now: all that a page's tag depends on."""

    tour_id: int
    version: int
    is_published: bool
    place: Place | None
    """Whoever asks, when this browser names a visitor whose place is still theirs."""

    @property
    def visitor(self) -> int | None:
        """The visitor who asks."""
        return self.place.visitor if self.place else None

    @property
    def visitors(self) -> tuple[int, ...]:
        """Those at this screen, for whom what is done counts."""
        return self.place.visitors if self.place else ()

    @property
    def state(self) -> object:
        """All of the place that pages of the tour show."""
        return self.place.state if self.place else None

    @property
    def content(self) -> TourContent:
        """What the tour shows to whoever asks."""
        contents: Contents = current_app.extensions["tours"]
        content = contents.get(db.session, self.tour_id, self.version)
        return content.without(self.place.hides) if self.place else content


def stand_in(slug: str) -> Standing:
    """The tour of this name for whoever asks; 404 when it is not there for them."""
    rows = read(_STANDING, slug=slug)
    if not rows:
        abort(404)
    tour_id, version, is_published = rows[0]
    if not is_published and not may_edit_tour(db.session(), tour_id):
        abort(404)
    return Standing(tour_id, version, is_published, my_place())


def check_may_work(standing: Standing) -> None:
    """Raise Refusal when the class of whoever asks is over: its pages are to be read only."""
    if standing.place is not None and not standing.place.may_work:
        raise Refusal(
            "over", _l("La visite de ta classe est terminée : ta page reste à lire."), status=403
        )


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
    """A hotspot of a scene that is still shown, or a question of the tour; else 404."""
    hotspot = content.hotspots.get(slug)
    if hotspot is None:
        abort(404)
    if hotspot.holder != "tour" and content.scenes[hotspot.scene].is_withdrawn:
        abort(404)
    return hotspot
