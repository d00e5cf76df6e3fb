"""Reads words.yaml and help.yaml once, and says their sentences in a language ("fr" or "en")."""

from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import field_validator

from app.core.texts import Strict, Text
from app.live.chat.wording.helping import Help
from tours.bundles.yaml12 import read_yaml

FOLDER = Path(__file__).parent

RefusalCode = Literal["personal", "asked", "hurts", "unclear", "elsewhere"]
StateCode = Literal[
    "sending", "held", "shown", "claimed", "answered", "merged", "later", "refused", "hidden",
    "withdrawn", "alarm",
]  # fmt: skip


class Sentence(Text):
    """A text that has to be there in both languages."""

    @field_validator("fr", "en")
    @classmethod
    def _is_said(cls, text: str) -> str:
        if not text.strip():
            raise ValueError("nothing is said")
        return text


class Before(Strict):
    """What a student reads at the door."""

    title: Sentence
    rules: tuple[Sentence, ...]
    line: Sentence
    enter: Sentence


class Charter(Strict):
    """What a professional or a guest accepts."""

    title: Sentence
    points: tuple[Sentence, ...]
    accept: Sentence


class Away(Strict):
    """Somebody has not come, or has left."""

    professional: Sentence
    teacher: Sentence


class Kindness(Strict):
    """What a student reads after an alarm."""

    kind: Sentence
    lines: Sentence
    near: Sentence


class Ending(Strict):
    """How a chat ends."""

    close_everything: Sentence
    last_questions: Sentence
    thanks: Sentence


class Wording(Strict):
    """Everything that is said."""

    before: Before
    charter: Charter
    refusals: dict[RefusalCode, Sentence]
    states: dict[StateCode, Sentence]
    away: Away
    alarm: Kindness
    ending: Ending
    help: Help

    @field_validator("refusals", "states")
    @classmethod
    def _is_whole(cls, said: dict[str, Sentence], info: Any) -> dict[str, Sentence]:
        wanted = get_args({"refusals": RefusalCode, "states": StateCode}[info.field_name])
        if missing := set(wanted) - set(said):
            raise ValueError(f"not said: {', '.join(sorted(missing))}")
        return said

    def rules(self, language: str, days: int, country: str = "FR") -> list[str]:
        """The rules of the door; `days` is how long a chat is kept."""
        said = [rule.say(language).format(days=days) for rule in self.before.rules]
        if number := self.help.of(country).listening:
            said[-2] += " " + self.before.line.say(language).format(number=number)
        return said

    def promises(self, language: str, days: int) -> list[str]:
        """The points of the charter."""
        return [point.say(language).format(days=days) for point in self.charter.points]

    def refusal(self, code: RefusalCode, language: str) -> str:
        """Why a question is not published, as its author reads it."""
        return self.refusals[code].say(language)

    def state(self, code: StateCode, language: str, name: str = "") -> str:
        """Where a question is; `name` is the first name of who answers it."""
        return self.states[code].say(language).format(name=name)

    def nobody_came(self, language: str, name: str) -> str:
        """The professional called `name` has not come."""
        return self.away.professional.say(language).format(name=name)

    def kindly(self, language: str, country: str = "FR") -> dict[str, Any]:
        """What a student reads after an alarm: `kind`, `lines`, `near`, and the `numbers`."""
        lines = self.help.of(country)
        numbers = [{"number": one.number, "for": one.purpose.say(language)} for one in lines.lines]
        return {
            "kind": self.alarm.kind.say(language),
            "lines": self.alarm.lines.say(language) if numbers else "",
            "numbers": numbers,
            "near": self.alarm.near.say(language).format(number=lines.emergency),
        }

    def for_page(self, language: str) -> dict[str, Any]:
        """What the script of a room says of a question; {name} is put in there."""
        return {
            "states": {code: said.say(language) for code, said in self.states.items()},
            "reasons": {code: said.say(language) for code, said in self.refusals.items()},
            "professional_away": self.away.professional.say(language),
            "teacher_away": self.away.teacher.say(language),
            "last_questions": self.ending.last_questions.say(language),
            "thanks": self.ending.thanks.say(language),
        }


@cache
def wording() -> Wording:
    """The wording, read once. Raises pydantic's ValidationError where a file is wrong."""
    words = read_yaml(FOLDER / "words.yaml").value
    return Wording.model_validate({**words, "help": read_yaml(FOLDER / "help.yaml").value})
