"""Numbers to call, by country; the organiser checks them before use."""

from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from app.core.texts import Strict, Text

Number = Annotated[str, StringConstraints(pattern=r"^\+?\d[\d ]{1,18}\d$")]


class Line(Strict):
    """A number, and what one calls it for."""

    number: Number
    purpose: Text = Field(alias="for")
    listens: bool = False


class Lines(Strict):
    """What can be called in a country."""

    emergency: Number
    lines: tuple[Line, ...]

    @property
    def listening(self) -> str:
        """The number that the rules name, or nothing where none is known."""
        return next((line.number for line in self.lines if line.listens), "")


class Help(Strict):
    """The numbers of every country that somebody has looked up."""

    sets: dict[str, Lines]
    countries: dict[Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")], str]
    default: Lines

    @model_validator(mode="after")
    def _names_only_what_is_here(self) -> "Help":
        unknown = set(self.countries.values()) - set(self.sets)
        if unknown:
            raise ValueError(f"no such set: {', '.join(sorted(unknown))}")
        return self

    def of(self, country: str) -> Lines:
        """The numbers of a country (two letters of ISO 3166), else those for everywhere."""
        name = self.countries.get(country.upper())
        return self.sets[name] if name else self.default
