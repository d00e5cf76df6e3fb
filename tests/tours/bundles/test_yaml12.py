"""Reading YAML that others wrote."""

import pytest

from tours.bundles.yaml12 import BadYaml, decode, parse_yaml


def test_values_follow_yaml_1_2() -> None:
    source = parse_yaml("a: yes\nb: true\nc: 012\nd: 1.5\ne: ~\nf: '7'\ng: on\nh: |\n  x\n  y\n")
    assert source.value == {
        "a": "yes", "b": True, "c": 12, "d": 1.5, "e": None, "f": "7", "g": "on", "h": "x\ny\n",
    }  # fmt: skip


def test_every_value_knows_its_place() -> None:
    source = parse_yaml("scenes:\n  - slug: hall\n    view: {yaw: 3}\n")
    assert source.place(("scenes", 0, "view", "yaw")) == (3, 12)
    assert source.place(("scenes", 0, "missing")) == (2, 5)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: &x [1]\n", 2, "ancres"),
        ("a: &x 1\nb: *x\n", 1, "ancres"),
        ("a: !!python/object:os.system x\n", 1, "étiquettes"),
        ("a: 1\nb: 2\na: 3\n", 3, "deux fois"),
        ("a:\n\t- b\n", 2, "tabulation"),
        ("a: b: c\n", 1, "Deux-points"),
        ("a: [1\n", 2, "avant la fin"),
        ("a: 'x\n", 2, "avant la fin"),
        ("a: x\x01\n", 1, "interdit"),
        ("a: 1\n---\nb: 2\n", 2, "plusieurs documents"),
        ("[a, b]: c\n", 1, "clé"),
        ("a: " + "[" * 60 + "]" * 60 + "\n", 1, "imbriquées"),
        ("- a\nb: c\n", 2, "décalage"),
    ],
)  # fmt: skip
def test_what_is_not_taken_is_told_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(BadYaml) as caught:
        parse_yaml(text)
    assert words in str(caught.value.sentence)
    assert caught.value.line == line


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"\xef\xbb\xbfa: 1", 1, "BOM"),
        ("a: é".encode("utf-16"), 1, "UTF-16"),
        ("a: 1\nb: é".encode("latin-1"), 2, "UTF-8"),
        (b"a" * 2_000_001, 0, "2 Mo"),
    ],
)
def test_a_file_that_is_not_plain_utf_8_is_told(data: bytes, line: int, words: str) -> None:
    with pytest.raises(BadYaml) as caught:
        decode(data)
    assert words in str(caught.value.sentence)
    assert caught.value.line == line


def test_an_empty_file_says_nothing() -> None:
    assert parse_yaml("").value is None
