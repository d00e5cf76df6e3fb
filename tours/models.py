"""Tables of factories and tours, and of what visitors did in them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model


class Factory(Model):
    """A real site of a company. `content` is the validated factory.yaml."""

    __tablename__ = "factory"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    content: Mapped[dict[str, Any]]
    updated_at: Mapped[datetime]

    tours: Mapped[list["Tour"]] = relationship(back_populates="factory")


class FactoryMember(Model):
    """A member of staff who may edit a factory's tours."""

    __tablename__ = "factory_member"

    factory_id: Mapped[int] = mapped_column(
        ForeignKey("factory.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )


class Tour(Model):
    """A tour of a factory. `content` is the validated tour.yaml without its scenes."""

    __tablename__ = "tour"

    id: Mapped[int] = mapped_column(primary_key=True)
    factory_id: Mapped[int] = mapped_column(ForeignKey("factory.id", ondelete="CASCADE"))
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    """Moves with every change of what the tour shows; pages and caches are tagged with it."""
    is_published: Mapped[bool] = mapped_column(default=False)
    content: Mapped[dict[str, Any]]
    updated_at: Mapped[datetime]
    published_at: Mapped[datetime | None]

    factory: Mapped[Factory] = relationship(back_populates="tours")
    scenes: Mapped[list["Scene"]] = relationship(
        back_populates="tour", order_by="Scene.position", cascade="all, delete-orphan"
    )


class Scene(Model):
    """A place of a tour: one panorama. `content` is its part of tour.yaml without hotspots."""

    __tablename__ = "scene"
    __table_args__ = (UniqueConstraint("tour_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    tour_id: Mapped[int] = mapped_column(ForeignKey("tour.id", ondelete="CASCADE"))
    slug: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]
    content: Mapped[dict[str, Any]]
    panorama_key: Mapped[str | None] = mapped_column(ForeignKey("asset.key"))
    """Nothing once the scene is withdrawn."""
    withdrawn_at: Mapped[datetime | None]

    tour: Mapped[Tour] = relationship(back_populates="scenes")
    hotspots: Mapped[list["Hotspot"]] = relationship(
        back_populates="scene", order_by="Hotspot.position", cascade="all, delete-orphan"
    )


class Hotspot(Model):
    """Something to find in a scene. `content` is its validated part of tour.yaml."""

    __tablename__ = "hotspot"
    __table_args__ = (UniqueConstraint("tour_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    tour_id: Mapped[int] = mapped_column(ForeignKey("tour.id", ondelete="CASCADE"))
    scene_id: Mapped[int] = mapped_column(ForeignKey("scene.id", ondelete="CASCADE"), index=True)
    slug: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    yaw: Mapped[float]
    """Degrees from the picture's centre, right positive, −180 to 180."""
    pitch: Mapped[float]
    """Degrees from the horizon, up positive, −90 to 90."""
    holder: Mapped[str] = mapped_column(String(8), default="view", server_default="view")
    """What it belongs to: `view`, a place in it; `scene`, `tour`: a question about all of it, which
    has no place. A tour's question lies with the scene in which one arrives."""
    content: Mapped[dict[str, Any]]

    scene: Mapped[Scene] = relationship(back_populates="hotspots")


class TourAsset(Model):
    """A file of a tour's bundle and the asset it became; publishing a tour publishes these."""

    __tablename__ = "tour_asset"

    tour_id: Mapped[int] = mapped_column(
        ForeignKey("tour.id", ondelete="CASCADE"), primary_key=True
    )
    file: Mapped[str] = mapped_column(String(200), primary_key=True)
    """Its path inside the bundle, as in `pictures/rotor.jpg`."""
    asset_key: Mapped[str] = mapped_column(ForeignKey("asset.key"), index=True)


class Visit(Model):
    """Where a visitor is and looked: one row a scene opened."""

    __tablename__ = "visit"
    __table_args__ = (UniqueConstraint("visitor_id", "scene_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visitor_id: Mapped[int] = mapped_column(ForeignKey("visitor.id", ondelete="CASCADE"))
    scene_id: Mapped[int] = mapped_column(ForeignKey("scene.id", ondelete="CASCADE"), index=True)
    opened_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    yaw: Mapped[float | None]
    pitch: Mapped[float | None]
    hfov: Mapped[float | None]


class Attempt(Model):
    """What a visitor answered at one hotspot: how often, the last answer, whether it was right."""

    __tablename__ = "attempt"
    __table_args__ = (UniqueConstraint("visitor_id", "hotspot_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visitor_id: Mapped[int] = mapped_column(ForeignKey("visitor.id", ondelete="CASCADE"))
    hotspot_id: Mapped[int] = mapped_column(
        ForeignKey("hotspot.id", ondelete="CASCADE"), index=True
    )
    tries: Mapped[int]
    answer: Mapped[list[Any]]
    is_right: Mapped[bool]
    at: Mapped[datetime]


class Walk(Model):
    """A visitor's way through one tour: the trail given, the ending reached."""

    __tablename__ = "walk"
    __table_args__ = (UniqueConstraint("visitor_id", "tour_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visitor_id: Mapped[int] = mapped_column(ForeignKey("visitor.id", ondelete="CASCADE"))
    tour_id: Mapped[int] = mapped_column(ForeignKey("tour.id", ondelete="CASCADE"), index=True)
    trail: Mapped[str | None] = mapped_column(String(40))
    ending: Mapped[str | None] = mapped_column(String(60))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
