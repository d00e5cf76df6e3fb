"""The profiler's scores and matches, against oracles that nobody here wrote."""

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from quizzes.jobs.build import build
from quizzes.jobs.catalogue import FAMILIES, Job, catalogue
from quizzes.jobs.sources import high_points, interests
from quizzes.profiler.areas import AREAS, Area, ranked
from quizzes.profiler.items import Instrument, instrument
from quizzes.profiler.matching import SHOWN, band_of, correlation, explain, suggest, visitable
from quizzes.profiler.scoring import Profile, score

DEMO = Path(__file__).parents[2] / "demo"
DATA = Path(__file__).parents[3] / "shared" / "data"
published = pytest.mark.skipif(
    not DATA.is_dir(), reason="../shared/data, where the published tables are, is not there"
)
BETWEEN_GENDERS: dict[Area, float] = {
    "R": 0.84, "I": 0.26, "A": -0.35, "S": -0.68, "E": 0.04, "C": -0.33,
}  # fmt: skip
"""Cohen's d, men minus women, of Su, Rounds and Armstrong (2009)."""
SCORE = st.integers(0, 40)


def profile(*scores: float) -> Profile:
    """A full profile with these scores, brought between 0 and 40."""
    kept = (max(0, min(40, round(one))) for one in scores)
    return Profile(dict(zip(AREAS, kept, strict=True)), "full")


def answered(**areas: int) -> dict[str, int]:
    """The same answer to all items of an area; 1 elsewhere."""
    return {item.id: areas.get(item.area, 1) for item in instrument().items}


@published
def test_the_top_areas_are_those_that_were_published() -> None:
    """Misses are exact ties, where the tie holds the published area."""
    scores = interests(DATA)
    right, there = [0, 0, 0], [0, 0, 0]
    for code, points in high_points(DATA).items():
        levels = ranked(scores[code])
        order = [area for level in levels for area in level]
        for place, point in enumerate(points):
            if point:
                wanted = AREAS[point - 1]
                there[place] += 1
                right[place] += order[place] == wanted
                assert scores[code][order[place]] == scores[code][wanted], code
    assert (right, there) == ([922, 901, 489], [923, 903, 490])


@published
def test_the_jobs_are_made_of_the_published_tables() -> None:
    made = build(DATA)["jobs"]
    assert [Job.model_validate(job) for job in made] == list(catalogue().jobs)


@pytest.mark.parametrize("form", ["full", "short"])
def test_all_answers_three_give_a_flat_profile(form: str) -> None:
    given = score(instrument().items, dict.fromkeys(instrument().by_id, 3), "full")
    assert set(given.scores.values()) == {20}
    assert given.is_flat
    assert given.top == ()
    assert suggest(given, catalogue().jobs) == []


def test_loving_one_area_and_hating_the_others_gives_forty_and_nothing() -> None:
    for area in AREAS:
        given = score(instrument().items, answered(**{area: 5}), "full")
        assert given.scores == dict.fromkeys(AREAS, 0) | {area: 40}
        assert given.top == (area,)


def test_the_short_form_goes_to_twenty_and_is_flat_below_three() -> None:
    items = instrument().form("short")
    given = score(items, answered(S=5), "short")
    assert given.scores["S"] == given.most == 20
    almost = Profile(dict.fromkeys(AREAS, 10) | {"R": 12}, "short")
    assert almost.is_flat
    assert not Profile(dict.fromkeys(AREAS, 10) | {"R": 13}, "short").is_flat


def test_an_area_has_no_score_when_more_than_a_fifth_was_left_out() -> None:
    answers = answered(R=5)
    for name in ("r01", "r02"):
        del answers[name]
    assert score(instrument().items, answers, "full").scores["R"] == 32
    del answers["r03"]
    given = score(instrument().items, answers, "full")
    assert given.scores["R"] is None
    assert not given.is_complete
    assert suggest(given, catalogue().jobs) == []


def test_what_is_no_answer_counts_for_nothing() -> None:
    answers = answered(R=5) | {"r01": 9, "r02": 0, "zz": 5}
    assert score(instrument().items, answers, "full").scores["R"] == 32


def test_ties_are_ties() -> None:
    given = profile(30, 30, 5, 5, 5, 20)
    assert given.levels == [("R", "I"), ("C",), ("A", "S", "E")]
    assert given.top == ("R", "I")


@given(st.randoms(use_true_random=False))
def test_scores_do_not_depend_on_the_order_of_the_items(chance: random.Random) -> None:
    items = list(instrument().items)
    answers = {item.id: chance.randint(1, 5) for item in items}
    before = score(items, answers, "full")
    chance.shuffle(items)
    assert score(items, answers, "full") == before


@given(
    st.lists(st.integers(0, 10), min_size=6, max_size=6).filter(lambda row: len(set(row)) > 1),
    st.integers(1, 3),
    st.integers(0, 10),
    st.sampled_from(catalogue().jobs),
)
def test_an_affine_change_leaves_the_correlation(
    row: list[int], factor: int, shift: int, job: Job
) -> None:
    changed = profile(*(factor * one + shift for one in row))
    assert correlation(profile(*row), job) == pytest.approx(correlation(changed, job), abs=1e-12)


def test_a_correlation_is_pearsons() -> None:
    """Six pairs worked out by hand: r = 58 / √(70 · 52)."""
    made = (
        catalogue()
        .jobs[0]
        .model_copy(
            update={"scores": dict(zip(AREAS, (1.0, 2.0, 3.0, 4.0, 5.0, 6.0), strict=True))}
        )
    )
    for name in ("direction", "top"):
        made.__dict__.pop(name, None)
    assert correlation(profile(0, 1, 2, 3, 4, 5), made) == pytest.approx(1)
    assert correlation(profile(5, 4, 3, 2, 1, 0), made) == pytest.approx(-1)
    # Σ(x−x̄)(y−ȳ) = 14.5, Σ(x−x̄)² = 17.5, Σ(y−ȳ)² = 17.5
    assert correlation(profile(1, 0, 2, 3, 5, 4), made) == pytest.approx(15.5 / 17.5)
    assert [band_of(one) for one in (0.73, 0.61, 0.6)] == ["strong", "good", "explore"]


@given(st.lists(SCORE, min_size=6, max_size=6))
def test_suggestions_hold_what_they_promise(scores: list[int]) -> None:
    given = profile(*scores)
    found = suggest(given, catalogue().jobs)
    if given.is_flat:
        assert found == []
        return
    assert len({job.rome for job, _band in found}) == len(found) == SHOWN
    assert any(set(given.top).isdisjoint(job.top) for job, _band in found)
    assert found == suggest(given, list(reversed(catalogue().jobs)))


def test_longer_studies_can_be_left_out() -> None:
    found = suggest(profile(5, 38, 20, 10, 12, 8), catalogue().jobs, "bac")
    assert found
    assert {job.studies for job, _band in found} <= {"3e", "bac"}


def test_a_suggestion_says_why() -> None:
    answers = answered(I=5, C=4)
    given = score(instrument().items, answers, "full")
    told = explain(suggest(given, catalogue().jobs), given, answers, instrument())
    strong = [one for one in told if one.band == "strong"]
    assert strong
    for one in strong:
        assert set(one.areas) <= {"I", "C"}
        assert {instrument().by_id[name].area for name in one.items} <= set(one.areas)
        assert len(one.items) == 3


def mixed(chance: random.Random) -> Profile:
    """Somebody: six tastes that have nothing to do with each other."""
    return profile(*(chance.gauss(20, 8) for _area in AREAS))


def gendered(sign: float) -> Callable[[random.Random], Profile]:
    """Somebody of a population that lies half of d away from the middle in each area."""

    def draw(chance: random.Random) -> Profile:
        return profile(
            *(20 + 7 * (chance.gauss(0, 1) + sign * BETWEEN_GENDERS[area] / 2) for area in AREAS)
        )

    return draw


Found = Sequence[Sequence[tuple[Job, str]]]


def population(draw: Callable[[random.Random], Profile], size: int) -> Found:
    """What is suggested to `size` people whose profile is not flat."""
    chance = random.Random(2009)
    found = (suggest(draw(chance), catalogue().jobs) for _one in range(size))
    return [one for one in found if one]


def test_every_job_is_for_somebody_and_none_for_everybody() -> None:
    people = population(mixed, 10_000)
    counts = Counter(job.rome for found in people for job, _band in found)
    assert set(counts) == {job.rome for job in catalogue().jobs}
    most, count = counts.most_common(1)[0]
    assert count <= 0.15 * len(people), f"{most}: {count / len(people):.3f}"


def shares(people: Found, bands: set[str]) -> dict[str, float]:
    """The part of these people who see each family in these bands."""
    seen = Counter(
        family
        for found in people
        for family in {job.family for job, band in found if band in bands}
    )
    return {family: seen[family] / len(people) for family in FAMILIES}


@pytest.fixture(scope="module")
def boys_and_girls() -> tuple[Found, Found]:
    """What is suggested to the two populations."""
    return population(gendered(1), 2500), population(gendered(-1), 2500)


def test_no_family_is_kept_from_girls_or_boys(
    boys_and_girls: tuple[Found, Found], capsys: pytest.CaptureFixture[str]
) -> None:
    """Among the first ten; where fit alone parts them it is printed: « to explore » mends it."""
    fitting = [shares(people, {"strong", "good"}) for people in boys_and_girls]
    first_ten = [shares(people, {"strong", "good", "explore"}) for people in boys_and_girls]
    with capsys.disabled():
        for family in FAMILIES:
            fit, shown = ([one[family] for one in row] for row in (fitting, first_ten))
            apart = max(fit) / min(fit)
            note = "  mended by « to explore »" if apart > 2 or min(fit) < 0.1 else ""
            print(f"\n{family:12} fit {fit[0]:.2f} {fit[1]:.2f} ({apart:.2f}), "  # noqa: T201
                  f"first ten {shown[0]:.2f} {shown[1]:.2f}{note}", end="")  # fmt: skip
        print()  # noqa: T201
    for family in FAMILIES:
        one, other = (row[family] for row in first_ten)
        assert min(one, other) >= 0.1, family
        assert max(one, other) <= 2 * min(one, other), family


def test_no_job_is_pushed_on_girls_or_on_boys(boys_and_girls: tuple[Found, Found]) -> None:
    for people in boys_and_girls:
        counts = Counter(job.rome for found in people for job, _band in found)
        assert set(counts) == {job.rome for job in catalogue().jobs}
        most, count = counts.most_common(1)[0]
        assert count <= 0.15 * len(people), f"{most}: {count / len(people):.3f}"


PURE_AND_PAIRS = [*((area,) for area in AREAS), *combinations(AREAS, 2)]


@pytest.mark.parametrize("liked", PURE_AND_PAIRS, ids="".join)
def test_every_pure_and_paired_profile_gets_three_jobs(liked: tuple[Area, ...]) -> None:
    given = score(instrument().items, answered(**dict.fromkeys(liked, 5)), "full")
    found = suggest(given, catalogue().jobs)
    assert len(found) >= 3
    assert any(job.is_technical for job, _band in found)
    here = demo_jobs()
    seen = visitable(given, here)
    assert len({job.rome for job, _band in seen} & {job.rome for job in here}) == 3
    assert any(job.is_technical for job, _band in seen)
    best = max(correlation(given, job) for job in here)
    assert correlation(given, seen[0][0]) == best > 0, "the demo has something near everybody"


@cache
def demo_jobs() -> list[Job]:
    """The jobs that the demo's tours show, read out of their files."""
    codes = set()
    for path in DEMO.glob("*/tour.yaml"):
        for scene in YAML(typ="safe").load(path.read_text("utf-8"))["scenes"]:
            codes |= {*scene.get("jobs", ()), *(h.get("rome") for h in scene["hotspots"])}
    return [job for job in catalogue().jobs if job.rome in codes]


def test_all_jobs_that_the_demo_names_are_known() -> None:
    text = "".join(path.read_text("utf-8") for path in DEMO.glob("*/tour.yaml"))
    lists = re.findall(r"^    jobs: \[(.*)\]$", text, re.MULTILINE)
    named = {code for one in lists for code in one.split(", ")}
    named |= set(re.findall(r"rome: (\w+)", text))
    assert named == {job.rome for job in demo_jobs()}


def test_what_can_be_visited_holds_a_technical_job_where_there_is_one() -> None:
    given = profile(5, 5, 10, 40, 10, 5)
    helping = [job for job in catalogue().jobs if job.top == ("S",) and not job.is_technical]
    fitter = catalogue().by_rome["I1310"]
    assert visitable(given, helping)
    assert visitable(given, [*helping, fitter])[-1][0] == fitter
    assert visitable(profile(20, 20, 20, 20, 20, 20), [fitter]) == []
    assert visitable(given, []) == []
    assert visitable(given, [catalogue().by_rome["H1206"]], "bac") == []


def test_the_instrument_is_refused_when_it_is_not_balanced() -> None:
    good = instrument().model_dump()
    doubled = good | {"items": [*good["items"][:-1], good["items"][0]]}
    with pytest.raises(ValueError, match="stands twice"):
        Instrument.model_validate(doubled)
    with pytest.raises(ValueError, match="wants 10 items"):
        Instrument.model_validate(good | {"items": good["items"][:-1]})
    unread = good | {"items": [{**good["items"][0], "colour": "red"}, *good["items"][1:]]}
    with pytest.raises(ValueError, match="colour"):
        Instrument.model_validate(unread)


def test_official_letters_that_disagree_are_told() -> None:
    jobs = catalogue().jobs
    apart = [job for job in jobs if not job.letters_agree]
    assert 0 < len(apart) < len(jobs) / 3
    assert catalogue().by_rome["H1303"].letters_agree
    assert not catalogue().by_rome["H2504"].letters_agree
