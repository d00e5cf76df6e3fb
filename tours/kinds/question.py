"""The kind « question »: answered by looking or reading; marked by `quizzes`."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from flask_babel import lazy_gettext as _l
from pydantic import BaseModel, Field

from app.core.texts import Strict, Text, wanted
from quizzes.marking import QUESTION_POINTS, mark, mean_by_luck
from quizzes.questions import FORMS, Unreadable
from tours.kinds.base import NO_FACTS, BadEvidence, Evidence, Facts, Kind, Outcome, Share


class QuestionKeys(Strict):
    """What every question of a tour says beside what its type needs."""

    in_words: Text = wanted(
        Text, description="How to answer without seeing the picture; shown with the question."
    )


def _tour_form(form: type[BaseModel]) -> type[BaseModel]:
    """The keys of a type of question, with those of a tour's question."""
    name = f"{form.__name__.removesuffix('Question')}QuestionKeys"
    return type(name, (QuestionKeys, form), {"__doc__": form.__doc__, "__module__": __name__})


TOUR_FORMS = {name: _tour_form(form) for name, form in FORMS.items()}


class Answered(Evidence):
    """An answer: the numbers of the options chosen (from 0), or what was written."""

    answer: Annotated[list[Annotated[str, Field(max_length=500)]], Field(max_length=50)]


class Question(Kind):
    """Something to observe or work out; the second try is worth less, then it is explained."""

    name: ClassVar[str] = "question"
    label = _l("Question")
    share: ClassVar[Share] = "answer"
    points: ClassVar[int] = QUESTION_POINTS[0]
    max_tries: ClassVar[int] = len(QUESTION_POINTS)
    Keys: ClassVar[type[BaseModel]] = QuestionKeys
    Evidence: ClassVar[type[Evidence]] = Answered
    told_apart_by: ClassVar[str] = "type"

    def forms(self) -> list[type[BaseModel]]:
        """One for each type of question."""
        return list(TOUR_FORMS.values())

    def read_keys(self, content: Mapping[str, Any]) -> Any:
        """Its keys, in the form that its type says."""
        form = TOUR_FORMS[content["type"]]
        return form.model_validate({k: content[k] for k in form.model_fields if k in content})

    def luck(self, keys: Any) -> float:
        """What answering at random brings on average, two tries counted."""
        return mean_by_luck(keys)

    def judge(self, keys: Any, evidence: Any, tries: int, facts: Facts = NO_FACTS) -> Outcome:
        """3 at the first try, 1 at the second, then it is closed and explained."""
        del facts
        try:
            marked = mark(keys, evidence.answer, tries)
        except Unreadable as error:
            raise BadEvidence(str(error)) from None
        return Outcome(marked.is_right, marked.points, marked.may_try_again, evidence.answer)
