"""What challenges.yaml says of each pin, checked and read once."""

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from app.core.texts import Strict
from quizzes.profiler.data import Sentence, load
from tours.bundles.factory import CHALLENGES, Challenge

FILE = Path(__file__).with_name("challenges.yaml")


class ChallengePin(Strict):
    """A pin: how many contents earn it, and what is said of it."""

    needed: Annotated[int, Field(ge=1, le=50)]
    accent: Annotated[str, StringConstraints(pattern=r"^#[0-9A-F]{6}$")]
    title: Sentence
    text: Sentence


class ChallengePins(Strict):
    """All of them."""

    pins: dict[Challenge, ChallengePin]


@cache
def challenge_pins() -> dict[Challenge, ChallengePin]:
    """The pins in the order of the challenges. Raises pydantic's ValidationError."""
    pins = load(FILE, ChallengePins).pins
    return {challenge: pins[challenge] for challenge in CHALLENGES if challenge in pins}


def pin_slug(challenge: str) -> str:
    """A pin's name among all rewards: those of tours hold a point, which no challenge begins."""
    return f"challenge-{challenge.replace('.', '-')}"


def challenge_of(slug: str) -> Challenge | None:
    """The challenge whose pin is called so."""
    return next((one for one in challenge_pins() if pin_slug(one) == slug), None)
