"""Cronbach's alpha from running sums, against its definition over all rows."""

import random
from statistics import variance

import pytest

from quizzes.profiler.reliability import ENOUGH, added, alpha


def rows(count: int) -> list[list[int]]:
    """Answers to five items that go together somewhat."""
    chance = random.Random(1951)
    tastes = [chance.gauss(3, 1) for _one in range(count)]
    return [
        [max(1, min(5, round(taste + chance.gauss(0, 1)))) for _item in range(5)]
        for taste in tastes
    ]


def summed(all_rows: list[list[int]]) -> tuple[list[int], list[list[int]]]:
    """What is kept of them."""
    sums, products = [0] * 5, [[0] * 5 for _one in range(5)]
    for row in all_rows:
        sums, products = added(sums, products, row)
    return sums, products


def test_alpha_is_what_its_definition_says() -> None:
    answers = rows(400)
    items = sum(variance(column) for column in zip(*answers, strict=True))
    wanted = 5 / 4 * (1 - items / variance([sum(row) for row in answers]))
    assert alpha(400, *summed(answers)) == pytest.approx(wanted)
    assert 0.7 < wanted < 0.9


def test_alpha_waits_for_enough_answers_that_differ() -> None:
    assert alpha(ENOUGH - 1, *summed(rows(ENOUGH - 1))) is None
    assert alpha(ENOUGH, *summed([[3] * 5] * ENOUGH)) is None
