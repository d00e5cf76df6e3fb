"""Pseudonyms are drawn from reviewed words: none is ugly, none is taken for another."""

import re
from functools import cache
from itertools import combinations, pairwise
from random import Random

import pytest

from app.classes.folding import fold, sounds
from app.classes.insults import is_insult, meets_insult, read_words, short_insults
from app.classes.pseudonyms import (
    NoneLeft,
    all_pseudonyms,
    draw_pseudonym,
    join,
    nouns,
    qualities,
    suits,
)

BANNED = re.findall(
    r"\w+",
    """
porc cochon truie baleine vache veau boeuf thon dinde morue blaireau chien chienne rat souris
cafard limace poule poulet chatte chat bite ane bourrique buse oie pie perruche mouton chevre bouc
elephant hippopotame girafe singe gorille macaque guenon requin serpent vipere crapaud hyene
vautour chouette pou puce punaise moule maquereau sangsue larve ver tortue escargot paresseux
autruche pigeon paon belette fouine putois taupe biche gazelle grue raie gland melon banane faucon
gros grosse gras grasse maigre noir noire blanc blanche jaune rouge basane bronze brun brune gai
gaie riche pauvre nain naine geant geante laid laide vieux vieille sale bete lent lente leger
""",
)
"""Words that were considered and left out; they must not come back."""

FIRST_NAMES = re.findall(
    r"\w+",
    """
iris olivier violette jasmin jasmine aurore ambre jade rose marguerite capucine myrtille eglantine
lilas prune clementine angelique oceane marin marine celeste sylvestre constant fleur ange flore
perle opale coline elise gabin robin lou colin martin leon leo lea zoe noe noa hugo emma louise
""",
)


@cache
def everyone() -> tuple[str, ...]:
    """Every pseudonym, made once."""
    return tuple(all_pseudonyms())


def distance(one: str, other: str) -> int:
    """Signs to change, add or take away to go from one word to the other."""
    row = list(range(len(other) + 1))
    for above, letter in enumerate(one, 1):
        before, row = row, [above]
        for at, sign in enumerate(other, 1):
            row.append(min(before[at] + 1, row[-1] + 1, before[at - 1] + (letter != sign)))
    return row[-1]


def test_there_are_more_than_twenty_thousand() -> None:
    assert len(nouns()) >= 140
    assert len(qualities()) >= 90
    pseudonyms = everyone()
    assert len(pseudonyms) > 20_000
    assert len({fold(pseudonym) for pseudonym in pseudonyms}) == len(pseudonyms)


def test_every_pseudonym_passes_the_corpus_written_run_together_and_by_its_initials() -> None:
    for pseudonym in everyone():
        one, two = pseudonym.split()
        assert not is_insult(pseudonym), pseudonym
        assert not is_insult(one + two), pseudonym
        assert fold(one[0] + two[0]) not in short_insults(), pseudonym


def test_no_pseudonym_holds_an_insult_across_its_two_words() -> None:
    # Written anew, without the lookup that the code draws by: every window over the junction.
    entries = {fold(entry).rstrip("*") for entry in read_words("insults.fr.txt")}
    entries = {entry for entry in entries if len(entry) >= 3 and " " not in entry}
    longest = max(map(len, entries))
    for pseudonym in everyone():
        one, two = fold(pseudonym).split()
        tails = [one[-size:] for size in range(1, min(len(one), longest) + 1)]
        heads = [two[:size] for size in range(1, min(len(two), longest) + 1)]
        assert not entries & {tail + head for tail in tails for head in heads}, pseudonym


def test_the_words_are_few_signs_one_word_and_reviewed() -> None:
    words = [noun.word for noun in nouns()]
    words += [form for quality in qualities() for form in quality]
    for word in words:
        assert word.isalpha(), word
        assert fold(word) not in {*BANNED, *FIRST_NAMES}, word
        assert not is_insult(word), word
    assert all(len(pseudonym) <= 30 for pseudonym in everyone())
    assert all(noun.word[0].isupper() for noun in nouns())
    assert all(form.islower() for quality in qualities() for form in quality)


def test_no_two_nouns_and_no_two_qualities_can_be_taken_for_each_other() -> None:
    spelt = [fold(noun.word) for noun in nouns()]
    assert [pair for pair in combinations(spelt, 2) if distance(*pair) < 2] == []
    assert len({sounds(word) for word in spelt}) == len(spelt)
    for gender in (0, 1):
        forms = [fold(quality[gender]) for quality in qualities()]
        assert [pair for pair in combinations(forms, 2) if distance(*pair) < 2] == []


def test_the_files_are_in_order_for_those_who_review_them() -> None:
    for name in ("animals", "plants", "tools", "machines", "sky", "qualities"):
        lines = [line.split() for line in read_words(f"{name}.txt")]
        words = [fold(line[0] if name == "qualities" else line[1]) for line in lines]
        assert all(one < two for one, two in pairwise(words)), name
        assert all(len(line) == 2 for line in lines), name


@pytest.mark.parametrize(
    ("noun", "expected"),
    [("Renard", "Renard cuivré"), ("Loutre", "Loutre cuivrée"), ("Écureuil", "Écureuil cuivré")],
)
def test_the_quality_agrees_with_the_noun(noun: str, expected: str) -> None:
    quality = next(quality for quality in qualities() if quality.masculine == "cuivré")
    assert join(next(one for one in nouns() if one.word == noun), quality) == expected


def test_a_class_of_a_hundred_has_a_hundred_different_first_words() -> None:
    taken: set[str] = set()
    for _ in range(100):
        taken.add(draw_pseudonym(taken))
    assert len({pseudonym.split()[0] for pseudonym in taken}) == 100


def test_what_is_taken_is_known_without_its_accents_and_case() -> None:
    rng = Random(3)
    everything = set(everyone())
    last = draw_pseudonym((), rng)
    taken = [fold(pseudonym) for pseudonym in everything - {last}]
    assert draw_pseudonym(taken, rng) == last
    with pytest.raises(NoneLeft):
        draw_pseudonym([pseudonym.upper() for pseudonym in everything], rng)


def test_the_same_seed_draws_the_same_and_the_default_does_not() -> None:
    assert draw_pseudonym((), Random(7)) == draw_pseudonym((), Random(7))
    assert len({draw_pseudonym(()) for _ in range(20)}) > 15


def test_pairs_that_meet_in_something_ugly_are_never_drawn() -> None:
    left_out = [
        (noun, quality) for noun in nouns() for quality in qualities() if not suits(noun, quality)
    ]
    assert left_out
    assert all(meets_insult(*join(*pair).split()) for pair in left_out)
    assert not {join(*pair) for pair in left_out} & set(everyone())
