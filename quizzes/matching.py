"""Questions whose answer puts together what belongs together."""

from collections.abc import Sequence
from math import perm
from typing import Annotated, Literal

from flask_babel import lazy_gettext as _l
from pydantic import Field, StringConstraints

from app.core.texts import Printable, Strict, Text, wanted
from quizzes.forms import QuestionForm, Unreadable

Brief = Annotated[str, StringConstraints(max_length=200), Printable]


class BriefText(Text):
    """A few words in French and in English."""

    fr: Brief = wanted(description="In French.")
    en: Brief = wanted(description="In English.")


class MatchingPair(Strict):
    """What belongs together."""

    left: BriefText
    right: BriefText


class MatchingQuestion(QuestionForm):
    """Pairs to put together: the answer holds, for each left side, the words chosen for it."""

    type: Literal["matching"]
    pairs: Annotated[list[MatchingPair], Field(min_length=2, max_length=8)]
    extras: Annotated[list[BriefText], Field(max_length=4)] = Field(
        default_factory=list, description="Wrong partners, offered with the right ones."
    )

    def worth(self, answer: Sequence[str]) -> float:
        """Every left side with its partner, in either language."""
        offered = {said for text in self.partners() for said in (text.fr, text.en) if said}
        if len(answer) != len(self.pairs) or not offered.issuperset(answer):
            raise Unreadable(_l("Choisis une réponse à chaque ligne, puis valide."))
        return float(
            all(
                said in (pair.right.fr, pair.right.en)
                for said, pair in zip(answer, self.pairs, strict=True)
            )
        )

    def partners(self) -> list[BriefText]:
        """What is offered: the right sides, each once, and the wrong partners."""
        return list({t.say("fr"): t for t in [p.right for p in self.pairs] + self.extras}.values())

    def chance(self) -> tuple[float, float]:
        """One among all ways to give each left side a partner, then one among those left."""
        lefts, rights = len(self.pairs), len(self.partners())
        ways = perm(rights, lefts) if rights >= lefts else rights**lefts
        return 1 / ways, 1 / max(1, ways - 1)
