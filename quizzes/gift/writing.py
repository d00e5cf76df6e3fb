"""Writing GIFT."""

import re
from collections.abc import Iterable, Iterator

from quizzes.gift.parts import (
    Answer,
    Between,
    Category,
    Entry,
    Item,
    Matching,
    MultipleChoice,
    NumberAnswer,
    Numerical,
    Pair,
    Question,
    Rich,
    ShortAnswer,
    TrueFalse,
    Value,
    Within,
)
from quizzes.gift.texts import escape

_NOTED = re.compile(r"([\\\[\]])")


def write_gift(questions: Iterable[Item]) -> str:
    """A text from which `read_gift` reads the same questions."""
    return "".join(f"{_item(item)}\n\n" for item in questions)


def _item(item: Item) -> str:
    if isinstance(item, Category):
        return f"$CATEGORY: {' '.join(item.path.split())}"
    head = "".join(_head(item))
    if isinstance(item, Question):
        after = f" {escape(item.after)}" if item.after else ""
        return f"{head}{{{_body(item)}}}{after}"
    return head


def _head(entry: Entry) -> Iterator[str]:
    """The notes, the title and the stem, whose format is written where it is not the usual one."""
    if entry.id is not None:
        yield f"// [id:{_noted(entry.id)}]\n"
    if entry.tags:
        yield "// " + " ".join(f"[tag:{_noted(tag)}]" for tag in entry.tags) + "\n"
    if entry.title is not None:
        yield f"::{escape(entry.title)}:: "
    yield _rich(entry.stem, "moodle")


def _noted(value: str) -> str:
    return _NOTED.sub(r"\\\1", " ".join(value.split()))


def _rich(rich: Rich, usual: str) -> str:
    """A text, with its format unless it is the usual one and the text cannot be taken for more."""
    is_clear = rich.format == usual and rich.text[:1] not in ("[", "%", "/", "$")
    return ("" if is_clear else f"[{rich.format}]") + escape(rich.text)


def _feedback(feedback: Rich | None, usual: str) -> str:
    return f" # {_rich(feedback, usual)}" if feedback else ""


def _body(question: Question) -> str:
    usual = question.stem.format
    general = f"\n\t#### {_rich(question.general, usual)}\n" if question.general else ""
    return "".join(_answers(question, usual)) + general


def _answers(question: Question, usual: str) -> Iterator[str]:
    if isinstance(question, TrueFalse):
        yield _true_false(question, usual)
    elif isinstance(question, Numerical):
        yield "#"
        yield from (_number_answer(answer, usual) for answer in question.answers)
        yield "\n"
    elif isinstance(question, Matching):
        yield from (_pair(pair, usual) for pair in question.pairs)
        yield "\n"
    elif isinstance(question, MultipleChoice | ShortAnswer):
        yield from (_answer(answer, usual) for answer in question.answers)
        yield "\n"


def _true_false(question: TrueFalse, usual: str) -> str:
    said = "TRUE" if question.is_true else "FALSE"
    wrong, right = question.wrong_feedback, question.right_feedback
    if wrong or right:
        said += _feedback(wrong, usual) if wrong else " #"
    return said + _feedback(right, usual)


def _answer(answer: Answer, usual: str) -> str:
    text = _rich(answer.text, usual)
    return f"{_mark(answer)}{text}{_feedback(answer.feedback, usual)}"


def _mark(answer: Answer | NumberAnswer) -> str:
    weight = "" if answer.weight is None else f"%{_decimal(answer.weight)}%"
    return f"\n\t{'=' if answer.is_right else '~'}{weight}"


def _number_answer(answer: NumberAnswer, usual: str) -> str:
    value = "*" if answer.value is None else _value(answer.value)
    return f"{_mark(answer)}{value}{_feedback(answer.feedback, usual)}"


def _value(value: Value) -> str:
    if isinstance(value, Between):
        return f"{_decimal(value.low)}..{_decimal(value.high)}"
    if isinstance(value, Within):
        return f"{_decimal(value.number)}:{_decimal(value.tolerance)}"
    return _decimal(value.number)


def _decimal(number: float) -> str:
    """A whole number without its `.0`, any other as Python writes it, which reads back the same."""
    return repr(float(number)).removesuffix(".0")


def _pair(pair: Pair, usual: str) -> str:
    return f"\n\t={_rich(pair.left, usual)} -> {escape(pair.right)}"
