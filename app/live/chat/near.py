"""Which questions already asked are nearest to one that somebody is about to send."""

from collections.abc import Iterable, Sequence

from app.classes.folding import fold

MOST = 3
NEAR = 0.45
"""From this share of common words on, a question may be the same one."""
STEM = 5
"""Letters of a word that count: endings tell little in French."""
_COMMON = """
est ce que qu qui quoi quel quelle quels quelles comment combien pourquoi ou quand vous votre vos
tu ton ta tes je j il elle on nous ils elles c d l m n s t y a au aux de des du en et la le les un
une dans pour par sur avec sans plus pas ne fait faites faire avez as avoir etre etes es sont suis
ca cela se si the an is are do does did you your what how why when which who of to in for and it
"""
COMMON = frozenset(_COMMON.split())
"""Words that tell two questions apart as little as « est-ce que »."""


def stems(text: str) -> frozenset[str]:
    """The words of a question that carry its meaning, by their first letters."""
    words = "".join(sign if sign.isalnum() else " " for sign in fold(text)).split()
    telling = [word for word in words if word not in COMMON]
    return frozenset(word[:STEM] for word in telling or words)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0 to 1: twice what two share, by what both have (Dice 1945)."""
    whole = len(one) + len(other)
    return 2 * len(one & other) / whole if whole else 0.0


def nearest(text: str, known: Iterable[tuple[int, str]]) -> Sequence[int]:
    """The numbers of the questions nearest to `text`, the nearest first, at most three."""
    mine = stems(text)
    rated = [(likeness(mine, stems(other)), -number) for number, other in known]
    best = sorted((rate, number) for rate, number in rated if rate >= NEAR)
    return [-number for _rate, number in reversed(best[-MOST:])]
