"""The schema of factory.yaml."""

from typing import Annotated, Literal

from flask_babel import lazy_gettext as _l
from pydantic import Field, StringConstraints

from app.core.texts import Strict, Text, wanted
from tours.bundles.values import Line, Slug

Challenge = Literal["innovation", "inclusion", "industry-4.0", "sustainable-development"]
Sector = Literal[
    "aerospace",
    "automotive",
    "chemistry",
    "construction",
    "electronics",
    "energy",
    "food",
    "health",
    "materials",
    "mechanics",
    "metallurgy",
    "naval",
    "paper-wood",
    "rail",
    "recycling",
    "textile",
    "water",
    "other",
]
Building = Literal["tide", "hangar", "chimney", "silo", "lab", "crane"]

CHALLENGES = {
    "innovation": _l("Innovation"),
    "inclusion": _l("Inclusion"),
    "industry-4.0": _l("Industrie 4.0"),
    "sustainable-development": _l("Développement durable"),
}
SECTORS = {
    "aerospace": _l("Aéronautique et spatial"),
    "automotive": _l("Automobile"),
    "chemistry": _l("Chimie"),
    "construction": _l("Construction"),
    "electronics": _l("Électronique"),
    "energy": _l("Énergie"),
    "food": _l("Agroalimentaire"),
    "health": _l("Santé"),
    "materials": _l("Matériaux"),
    "mechanics": _l("Mécanique"),
    "metallurgy": _l("Métallurgie"),
    "naval": _l("Naval"),
    "paper-wood": _l("Papier et bois"),
    "rail": _l("Ferroviaire"),
    "recycling": _l("Recyclage"),
    "textile": _l("Textile"),
    "water": _l("Eau"),
    "other": _l("Autre"),
}


class FactoryFile(Strict):
    """A real site of a company, as its page and the lobby show it."""

    slug: Slug
    name: Annotated[Line, Field(min_length=1, max_length=120)]
    fictional: bool = Field(default=False, description="Invented, and said so.")
    sector: Sector = "other"
    challenges: Annotated[list[Challenge], Field(max_length=4)] = wanted(list)
    place: Text = wanted(Text, description="Town and region.")
    accent: Annotated[
        str,
        StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$"),
        Field(description="Its colour, as in '#1b998b' (between quotes)."),
    ] = "#1b998b"
    building: Building = Field(
        default="hangar", description="Which drawn building it has in the lobby."
    )
    tagline: Text = wanted(Text, description="One line under its name.")
    text: Text = wanted(Text, description="What it makes and how; Markdown.")
