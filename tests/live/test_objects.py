"""The object of a class: the rules one by one, then whole imagined lessons.

What is assumed of students, and from where, stands in tests/live/imagined.py. Found with 300
classes of each size: the object is complete at minute 16.3 in the median; for 95 of 100 classes
of 8 between minutes 12.5 and 20.2, of 24 between 13.9 and 19.2, of 35 between 14.1 and 19.0. The
first part lights at minute 4.2, the others follow every two minutes. Without the clock 93, 99 and
99 of 100 classes would be complete between minutes 12 and 22. Classes at 0.8 to 1.2 times the
assumed pace: 9 of 10 and more; at 0.7 or 1.5 times: half and more, where plain thresholds reach a
third.
"""

from statistics import median
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.live.objects import (
    OBJECTS,
    OF_BUILDINGS,
    PARTS,
    Build,
    advance,
    lit,
    next_threshold,
    pace_of,
    target,
)
from tests.live.imagined import LESSON, demo_tour, imagine, light_up
from tours.bundles.factory import Building
from tours.bundles.tour import ClassObject

PACE = 28.0
SIZES = (8, 24, 35)
SEEDS = range(300)


def test_pace_is_what_twenty_minutes_of_the_tour_give() -> None:
    assert pace_of(86, 35) == pytest.approx(28, abs=0.1)
    assert pace_of(86, 10) == pace_of(86, 20), "a short tour holds no more than it holds"


def test_the_target_is_seventy_percent_of_twenty_average_minutes() -> None:
    assert target(24, PACE) == pytest.approx(0.7 * 24 * PACE)
    assert target(0, PACE) == target(1, PACE), "nobody there is no reason for a gift"


def test_parts_light_in_proportion_to_the_target() -> None:
    assert [lit(total, 70) for total in (0, 9, 10, 35, 69, 70, 700)] == [0, 0, 1, 3, 6, 7, 7]


def test_every_building_has_an_object_and_every_object_may_be_named() -> None:
    assert set(OF_BUILDINGS) == set(get_args(Building))
    assert set(OF_BUILDINGS.values()) == set(OBJECTS) == set(get_args(ClassObject))


def test_the_first_part_follows_those_who_come_in() -> None:
    build = advance(Build(), 5, 3, PACE)
    build = advance(build, 20, 24, PACE)
    assert build == Build(0, 24)
    assert advance(build, 21, 20, PACE).present == 24, "and not those who go"


def test_a_latecomer_moves_neither_a_part_nor_the_one_being_built() -> None:
    build = advance(Build(), 300, 20, PACE)
    threshold = next_threshold(build, PACE)
    late = advance(build, 301, 30, PACE)
    assert (late.parts, next_threshold(late, PACE)) == (build.parts, threshold)


def test_latecomers_make_later_parts_dearer_by_half_at_most() -> None:
    build = advance(Build(), 300, 20, PACE)
    after = advance(build, round(next_threshold(build, PACE)) + 1, 30, PACE)
    step = next_threshold(after, PACE) - next_threshold(build, PACE)
    assert 1 <= step / (target(30, PACE) / PARTS) <= 1.5


def test_nobody_lights_a_part_by_leaving() -> None:
    build = advance(Build(), 300, 30, PACE)
    for present in range(30, -1, -1):
        assert advance(build, 300, present, PACE) == build


def test_those_who_stay_can_pay_for_the_next_part() -> None:
    build = advance(Build(), 300, 30, PACE)
    reached = round(next_threshold(build, PACE)) + 1
    after = advance(build, reached, 10, PACE)
    assert next_threshold(after, PACE) - reached < 2 * target(10, PACE) / PARTS


def test_an_early_class_is_asked_for_more_and_a_late_one_for_less() -> None:
    build = Build(3, 24)
    plain = next_threshold(build, PACE)
    assert next_threshold(build, PACE, 10) == pytest.approx(plain), "minute 10 is as planned"
    assert next_threshold(build, PACE, 5) == pytest.approx(1.25 * plain)
    assert next_threshold(build, PACE, 15) == pytest.approx(0.75 * plain)
    assert next_threshold(build, PACE, 999) == pytest.approx(0.5 * plain), "never a gift"


def test_one_student_alone_completes_it() -> None:
    tour = demo_tour()
    assert advance(Build(), 20, 1, tour.pace).is_complete
    assert target(1, tour.pace) < 0.5 * tour.worth


def test_a_short_tour_can_be_completed_by_those_who_miss_half_of_it() -> None:
    for minutes in (1, 10, 20, 240):
        assert target(24, pace_of(86, minutes)) <= 0.5 * 86 * 24


def test_what_was_found_at_home_lights_parts_at_once() -> None:
    assert advance(Build(), 10_000, 24, PACE) == Build(PARTS, 24)


steps = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40), st.none() | st.floats(0, 60)),
    max_size=40,
)


@given(steps, st.floats(0.5, 200))
def test_no_part_ever_goes_out(steps: list[tuple[int, int, float | None]], pace: float) -> None:
    build, total = Build(), 0
    for points, present, minutes in steps:
        total += points
        after = advance(build, total, present, pace, minutes=minutes)
        assert build.parts <= after.parts <= PARTS
        idle = advance(after, total, present, pace, minutes=minutes)
        assert idle.parts == after.parts, "said twice is said once"
        build = after


@given(st.lists(st.integers(0, 40), max_size=30), st.integers(1, 2000))
def test_coming_and_going_alone_light_nothing(crowds: list[int], total: int) -> None:
    build = advance(Build(), total, 24, PACE)
    for present in crowds:
        assert advance(build, total, present, PACE).parts == build.parts


def test_the_imagined_students_are_as_fast_as_the_authors_say() -> None:
    tour = demo_tour()
    earned = [imagine(seed, 24).points_by(20) for seed in range(60)]
    assert sum(len(place.spots) for place in tour.places) == 41
    assert sum(earned) / len(earned) == pytest.approx(tour.pace, rel=0.05)


@pytest.mark.parametrize("size", SIZES)
def test_the_object_is_complete_between_minutes_12_and_22(size: int) -> None:
    ends = [_end(light_up(imagine(seed, size), demo_tour().pace)) for seed in SEEDS]
    in_time = sum(12 <= end <= 22 for end in ends) / len(ends)
    assert in_time >= 0.95
    assert 14 <= median(ends) <= 18


@pytest.mark.parametrize("size", SIZES)
def test_parts_come_at_a_steady_rhythm(size: int) -> None:
    longest = []
    for seed in SEEDS:
        minutes = light_up(imagine(seed, size), demo_tour().pace)
        longest.append(max(b - a for a, b in zip([0.0, *minutes], minutes, strict=False)))
    assert median(longest) <= 5, "the first part, while the class comes in, is the longest wait"
    assert max(longest) <= 8


@pytest.mark.parametrize("speed", [0.8, 1.2])
def test_a_slower_or_faster_class_has_its_object_too(speed: float) -> None:
    ends = [_end(light_up(imagine(seed, 24, speed), demo_tour().pace)) for seed in range(100)]
    assert sum(12 <= end <= 22 for end in ends) >= 90


def _end(minutes: list[float]) -> float:
    return minutes[-1] if len(minutes) == PARTS else LESSON
