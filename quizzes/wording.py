"""Comparing what people write, as people would: case, accents, spaces, articles do not matter."""

import re
import unicodedata

_ARTICLES = re.compile(r"^(?:(?:de la|le|la|les|un|une|des|du|the|a|an)\s+|l['\s])")
_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ‘`´", "'"))


def plain_words(text: str) -> str:
    """`text` without its first article, accents, punctuation, case and doubled spaces."""
    split = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    bare = "".join(letter for letter in split if not unicodedata.combining(letter)).casefold()
    bare = " ".join(bare.replace("œ", "oe").replace("æ", "ae").split())
    bare = _ARTICLES.sub("", bare)
    return " ".join(re.sub(r"[\W_]+", " ", bare).split())


def same_words(one: str, other: str) -> bool:
    """Whether both say the same; nothing at all says nothing."""
    return plain_words(one) != "" and plain_words(one) == plain_words(other)
