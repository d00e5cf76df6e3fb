"""Schools and where they are: a country and a time zone, overseas and abroad like any other."""

import unicodedata
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location
from flask_babel import gettext as _
from sqlalchemy import func, select

from app.core.db import now
from app.core.writer import Transaction
from app.people.models import School

Place = tuple[str, str]
"""What a form sends, as in `GP America/Guadeloupe`, and what people read."""
MAINLAND = "FR Europe/Paris"
OVERSEAS = ("GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "WF", "PF", "NC")
"""France beyond Europe, each with its own zones."""
SCHOOLLESS = {"AQ", "ZZ"}
FINE = ("America/Indiana/", "America/Kentucky/", "America/North_Dakota/")
"""Zones of a few counties that keep the time of a neighbour today."""


def french_places(language: str) -> tuple[Place, ...]:
    """France: Europe first, then overseas."""
    return ((MAINLAND, _("France métropolitaine")), *_overseas(language))


@cache
def _overseas(language: str) -> tuple[Place, ...]:
    return tuple(place for country in OVERSEAS for place in _places_of(country, language))


@cache
def other_places(language: str) -> tuple[Place, ...]:
    """Every other country by name, with one place for each of its zones."""
    countries = set(get_global("territory_zones")) - {"FR", *OVERSEAS} - SCHOOLLESS
    named = set(Locale.parse(language).territories)
    found = (p for c in countries & named if len(c) == 2 for p in _places_of(c, language))
    return tuple(sorted(found, key=lambda place: _bare(place[1])))


def _places_of(country: str, language: str) -> list[Place]:
    name = Locale.parse(language).territories[country]
    zones = [z for z in get_global("territory_zones")[country] if z in _known_zones()]
    if len(zones) == 1:
        return [(f"{country} {zones[0]}", name)]
    cities = ((z, get_timezone_location(z, locale=language, return_city=True)) for z in zones)
    return [(f"{country} {zone}", f"{name}, {city}") for zone, city in cities]


@cache
def _known_zones() -> frozenset[str]:
    return frozenset(z for z in available_timezones() if not z.startswith(FINE))


def _bare(text: str) -> str:
    """Without accents, so that Égypte stands among the E's."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


@cache
def known_places() -> frozenset[str]:
    """All that a form may send."""
    places = (*_overseas("fr"), *other_places("fr"))
    return frozenset({MAINLAND, *(value for value, _name in places)})


def place_of(school: School) -> str:
    """Where a school is, as the form names it."""
    return f"{school.country} {school.timezone}"


def find_or_make_school(tx: Transaction, name: str, place: str) -> int:
    """The school of this name at this place; colleagues share one. Raises ValueError elsewhere."""
    if place not in known_places():
        raise ValueError(f"{place} is no place")
    country, _space, zone = place.partition(" ")
    name = " ".join(name.split())
    known = select(School.id).where(
        func.lower(School.name) == name.lower(), School.country == country, School.timezone == zone
    )
    found = tx.session.scalar(known)
    if found is not None:
        return found
    school = School(name=name, country=country, timezone=zone, created_at=now())
    tx.session.add(school)
    tx.session.flush()
    return school.id
