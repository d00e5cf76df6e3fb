"""Texts as the ear and a quick eye take them: no case, no accents, no disguise."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
_TWINS = dict(zip("аеёкмнорстухіјѕьвαεικνορτυχ", "aeekmhopctyxijsbbaeiknoptux", strict=True))
"""Cyrillic and Greek letters that look like ours."""
_BARE = str.maketrans(_LIGATURES | _TWINS)


class _Seen(dict[int, int | None]):
    """For `str.translate`: what cannot be seen goes. Looked up once for each sign."""

    def __missing__(self, code: int) -> int | None:
        is_hidden = unicodedata.category(chr(code)) in {"Mn", "Me", "Cf"}
        if len(self) > _MOST_SIGNS:
            self.clear()
        self[code] = None if is_hidden else code
        return self[code]


_SEEN = _Seen()
_MOST_SIGNS = 5000

_MASKS = "013457@$€!|+"
_UNMASKED = str.maketrans(_MASKS, "oieast" + "aseiit")
_UNMASKED_L = str.maketrans(_MASKS, "oleast" + "asellt")
_MASKED = re.compile(f"[{re.escape(_MASKS)}]")
_CLOSING = re.compile(r"[!|+]+(?!\w)")
"""Signs at the end of a word are only signs."""

_SOUNDS = (
    (re.compile("ph"), "f"),
    (re.compile("qu?|ck|c(?=[aour]|$)"), "k"),
    (re.compile("e?au"), "o"),
    (re.compile("ai|ei"), "e"),
    (re.compile("y"), "i"),
    (re.compile("h"), ""),
)


def fold(text: str) -> str:
    """`text` in small letters without accents or signs that cannot be seen."""
    if text.isascii():
        return text.casefold()
    split = unicodedata.normalize("NFKD", text.casefold())
    return split.translate(_SEEN).casefold().translate(_BARE)


def unmask(folded: str) -> Iterator[str]:
    """Readings of a folded text: as it is, then with digits and signs taken for letters."""
    yield folded
    if _MASKED.search(folded):
        yield " ".join(_read_as_letters(word, _UNMASKED) for word in folded.split())
        if any(mask in folded for mask in "1!|"):
            yield " ".join(_read_as_letters(word, _UNMASKED_L) for word in folded.split())


def _read_as_letters(word: str, table: dict[int, int]) -> str:
    if sum(sign.isalpha() for sign in word) < 2:
        return word  # a number, a price, a road: 1000, 10$, A55
    return _CLOSING.sub(" ", word).translate(table)


@lru_cache(20_000)
def runs(word: str) -> tuple[str, tuple[int, ...]]:
    """The letters of `word`, and how often each stands in a row: "pool" is "pol", (1, 2, 1)."""
    rows = [(letter, len(list(row))) for letter, row in groupby(word)]
    return "".join(letter for letter, _ in rows), tuple(count for _, count in rows)


def sounds(folded: str) -> str:
    """Roughly how a folded French word sounds, every doubled letter once."""
    for pattern, sound in _SOUNDS:
        folded = pattern.sub(sound, folded)
    return runs(folded)[0]
