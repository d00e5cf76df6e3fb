"""The corpus sees insults under their disguises, and leaves clean sentences alone."""

from itertools import pairwise
from pathlib import Path

import pytest

from app.classes.insults import (
    find_insults,
    is_insult,
    meets_insult,
    read_words,
    spells_insult,
)

SENTENCES = (Path(__file__).parent / "school_sentences.txt").read_text("utf-8").splitlines()

DISGUISED = [
    *("connard", "Connards", "CONNARD", "connnnard", "c0nnard", "con nard", "c o n n a r d"),
    *("con-nard", "c.o.n.n.a.r.d", "conn@rd", "t’es con", "CON!", "qu’il est con…", "c*n"),
    *("pute", "p u t e", "P.U.T.E.", "pu*te", "p*te", "puuute", "pu7e", "p-u-t-e", "pu_te"),
    *("fils de pute", "FILS   DE\nPUTE", "fdp", "f d p", "f.d.p", "fils de p*te"),
    *("enculé", "encule", "e n c u l é", "enc ulé", "3ncul3", "encu1é", "ENCULÉS", "d’enculés"),
    *("salope", "$alope", "s@lope", "sa1ope", "sa|ope", "salopes", "ѕаlоре", "ｓａｌｏｐｅ"),
    *("nique ta mère", "n1que ta mère", "NTM", "niquer", "nique", "ni\u200bque"),
    *("pédé", "PEDE", "pd", "PD", "gros pédé", "tapette", "tarlouze", "gouine"),
    *("nègre", "négro", "N3GR0", "bougnoule", "youpin", "sale arabe", "sale   juif", "sales noirs"),
    *("ta gueule", "TA GUEULE", "ta gueuuule", "ferme ta gueule", "casse-toi", "va mourir"),
    *("bite", "b1te", "b!te", "biiite", "chatte", "cul", "c u l", "merde", "m3rd3", "merdique"),
    *("suicide-toi", "tue toi", "retourne dans ton pays", "heil hitler", "nazi"),
    *("fuck", "f u c k", "fucking", "f**k", "f*ck", "FUUUCK", "phuck you, fuck you", "sh1t"),
    *("bitch", "b1tch", "a$$hole", "asshole", "ass", "nigger", "n1gg3r", "faggot", "retarded"),
    *("kill yourself", "kys", "go back to your country", "son of a bitch", "slut"),
]


@pytest.mark.parametrize("text", DISGUISED)
def test_an_insult_is_seen_under_its_disguise(text: str) -> None:
    assert find_insults(text)
    assert is_insult(f"Bonjour, {text} et merci")


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_clean_sentence_is_left_alone(sentence: str) -> None:
    assert find_insults(sentence) == []
    assert find_insults(sentence.upper()) == find_insults(sentence.lower()) == []


def test_the_sentences_are_many_and_neighbours_make_nothing_ugly() -> None:
    assert len(set(SENTENCES)) >= 150
    assert [two for two in pairwise(SENTENCES) if is_insult(" ".join(two))] == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_entry_of_the_corpus_is_found_by_itself(language: str) -> None:
    entries = read_words(f"insults.{language}.txt")
    assert len(entries) > 200
    assert len(set(entries)) == len(entries)
    assert [entry for entry in entries if not is_insult(entry.rstrip("*"))] == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_exception_is_needed_and_clean(language: str) -> None:
    entries = read_words(f"clean.{language}.txt")
    assert len(set(entries)) == len(entries)
    assert [entry for entry in entries if is_insult(f"un {entry} ici")] == []


def test_a_clean_word_does_not_hide_the_insult_beside_it() -> None:
    assert find_insults("la mer de connard") == ["connard*", "conard"]
    assert find_insults("un succès de merde") == ["merde", "merd*"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Lac", "ulcéré"),  # cul, as written
        ("Phoque", "ulcérée"),  # the same, as heard
        ("Pinceau", "nocturne"),
        ("Sapin", "étoilé"),
        ("Panda", "doré"),  # P. D.
        ("Tigre", "gracieux"),  # T. G.
    ],
)
def test_two_clean_words_may_meet_in_an_insult(first: str, second: str) -> None:
    assert meets_insult(first, second)
    assert not is_insult(first)
    assert not is_insult(second)


def test_two_clean_words_mostly_meet_in_peace() -> None:
    assert not meets_insult("Renard", "cuivré")
    assert not meets_insult("Hirondelle", "boréale")


@pytest.mark.parametrize("letters", ["CAC", "7KD4RW", "HVNMRT", "QRSTVW"])
def test_a_code_may_be_any_letters_that_say_nothing(letters: str) -> None:
    assert not spells_insult(letters)


@pytest.mark.parametrize(
    "letters", ["CACA23", "22NEGR3"[1:], "XFAGXX", "SA2PDX", "V4G3NE", "RA88TT"]
)
def test_a_code_that_says_something_ugly_is_seen(letters: str) -> None:
    assert spells_insult(letters) is (letters != "V4G3NE")
