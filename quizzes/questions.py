"""Types of questions. A new one is a class in a module here, named in `FORMS`."""

from quizzes.choices import ChoiceForm, MultipleQuestion, SingleQuestion, TrueFalseQuestion
from quizzes.forms import QuestionForm, Unreadable
from quizzes.matching import MatchingQuestion
from quizzes.numeric import NumberQuestion
from quizzes.pointing import PlaceQuestion
from quizzes.written import EstimateQuestion, TextQuestion

__all__ = ["FORMS", "ChoiceForm", "QuestionForm", "Unreadable"]

FORMS: dict[str, type[QuestionForm]] = {
    "single": SingleQuestion,
    "multiple": MultipleQuestion,
    "number": NumberQuestion,
    "truefalse": TrueFalseQuestion,
    "text": TextQuestion,
    "matching": MatchingQuestion,
    "estimate": EstimateQuestion,
    "place": PlaceQuestion,
}
