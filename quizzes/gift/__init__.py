"""GIFT, Moodle's text format for questions: read to plain objects, and written back.

The format is described at https://docs.moodle.org/en/GIFT_format. The reader is our own; what it
does not understand it tells with its line, and goes on with the next question.
"""

from quizzes.gift.parts import Item, Parsed, Problem
from quizzes.gift.reading import read_gift
from quizzes.gift.writing import write_gift

__all__ = ["Item", "Parsed", "Problem", "read_gift", "write_gift"]
