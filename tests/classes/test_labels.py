"""Lists of names as schools export them, and the labels that are suggested from them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.classes.labels import LONGEST, MOST_PEOPLE, Reading, clean_label, read_names
from app.core.errors import Refusal


def names(data: bytes | str) -> list[tuple[str, str]]:
    """First names and surnames that were read."""
    return [(row.first_name, row.surname) for row in read_names(data).rows]


LEA, NOE = ("Léa", "MARTIN"), ("Noé", "DE LA TOUR")


@pytest.mark.parametrize(
    "data",
    [
        "NOM;Prénom\nMARTIN;Léa\nDE LA TOUR;Noé\n",
        "Prénom;Né(e) le;NOM\nLéa;03/02/2012;MARTIN\nNoé;04/02/2012;DE LA TOUR\n",
        "Élève\nMARTIN Léa\nDE LA TOUR Noé",
        "MARTIN Léa\nDE LA TOUR Noé",
        "MARTIN\tLéa\nDE LA TOUR\tNoé",
        'Nom,Prénom\n"MARTIN","Léa"\n"DE LA TOUR","Noé"',
        "Classe de 4e B\n\nNom;Prénom;Classe\nMARTIN;Léa;4B\n\nDE LA TOUR;Noé;4B\n",
        "\ufeffNom;Prénom\r\nMARTIN;Léa\r\nDE LA TOUR;Noé\r\n".encode(),
        "Nom;Prénom\r\nMARTIN;Léa\r\nDE LA TOUR;Noé\r\n".encode("cp1252"),
        "Nom;Prénom\r\nMARTIN;Léa\r\nDE LA TOUR;Noé\r\n".encode("utf-16"),
    ],
)
def test_exports_of_schools_are_read(data: bytes | str) -> None:
    assert names(data) == [LEA, NOE]


def test_labels_tell_students_apart() -> None:
    reading = read_names("Nom;Prénom\nMartin;Léa\nMarchand;Léa\nPetit;Noé\nPetit;Noé\nRoux;Zoé")
    labels = [row.suggestions[0] for row in reading.rows]
    assert len(set(labels)) == len(labels)
    assert labels[-1] == "Zoé"
    assert all(len(label) <= LONGEST for row in reading.rows for label in row.suggestions)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("", "names-empty"),
        (b"PK\x03\x04" + bytes(100), "names-document"),
        (bytes(range(256)) * 4, "names-binary"),
        ('Nom;Prénom\n"MARTIN;Léa\n', "names-quotes"),
        ("12;13\n14;15\n", "names-no-names"),
        ("Nom\n" + "".join(f"Personne{chr(97 + n // 26)}{chr(97 + n % 26)}\n"
                           for n in range(MOST_PEOPLE + 1)), "names-too-many"),
    ],
)  # fmt: skip
def test_what_is_no_list_of_names_says_so(data: bytes | str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_names(data)
    assert str(refused.value.message)
    assert refused.value.code == code


def read_or_refused(data: bytes | str) -> Reading | int:
    """What comes of a list: a reading, or the status of a refusal."""
    try:
        return read_names(data)
    except Refusal as refusal:
        return refusal.status


@given(st.one_of(st.text(max_size=300), st.binary(max_size=300)))
def test_any_list_is_read_or_refused(data: bytes | str) -> None:
    came = read_or_refused(data)
    assert came == 422 or (isinstance(came, Reading) and came.rows)


CELLS = ("Nom", "Prénom", "MARTIN", "Léa", "de", "", '"', ";", ",", "\t", "\n", "1")


@given(st.lists(st.sampled_from(CELLS), max_size=40).map("".join))
def test_any_rubble_of_a_list_is_read_or_refused(data: str) -> None:
    came = read_or_refused(data)
    assert came == 422 or (isinstance(came, Reading) and came.rows)


def test_a_label_is_trimmed_and_short() -> None:
    assert clean_label("  Léa \u00a0 M. ") == "Léa M."
    for wrong in ("x" * (LONGEST + 1), "a\u202eb"):
        with pytest.raises(Refusal):
            clean_label(wrong)
