"""Telephone numbers, in digits, in words, and half in each."""

import re

_UNITS = (
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
)
_TEENS = (
    "nought one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_ROUND = {
    "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70,
    "huitante": 80, "octante": 80, "nonante": 90, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "oh": 0,
}  # fmt: skip
_COUNTED = {word: at for words in (_UNITS, _TEENS) for at, word in enumerate(words.split())}
_VALUES = {
    word: str(value) for word, value in (_COUNTED | _ROUND).items() if word not in {"un", "one"}
}
_ONES = {"un": "1", "une": "1", "one": "1", "o": "0"}
"""Words that are mostly no numbers: only beside one that is."""
_ANY = re.compile(rf"\d|\b(?:{'|'.join(_VALUES)})\b")
_TENS = range(20, 100, 10)
_LOOKALIKE = str.maketrans("oilsz", "01152")

_DIGIT = re.compile(r"\d")
_FEWEST = 6
"""Digits of the shortest number that any of the patterns finds."""
_TOKEN = re.compile(r"[^\W_]+|[\W_]+")
_RUN = re.compile(r"\d(?:[\W_]{0,4}\d){5,}")
_PLUS = re.compile(
    r"(?:\+|(?<!\d)00)[\W_]{0,3}[1-9](?:[\W_]{0,4}\d){7,14}"
    r"|\+[\W_]{0,2}(?:508|681|687)(?:[\W_]{0,4}\d){6}"
)
_HOME = re.compile(r"(?<!\d)0[\W_]{0,4}[1-9](?:[\W_]{0,4}\d){8}")
_BARE = re.compile(r"(?<!\d)(?:33[1-9]|590690|590590|594694|594594|596696|596596|26269[23]|262262)"
                   r"\d{6}(?:\d\d)?(?!\d)")  # fmt: skip
_TORN = re.compile(r"(?<!\d)0[67][^\d]{0,6}[a-z][^\d]{0,6}\d(?:[\W_]{0,3}\d){7}(?!\d)")
_HINT = re.compile(r"\b(?:num|numero|tel|telephone|portable|appel\w*|phone|call|text|whatsapp)\b"
                   r"[^\d.!?]{0,25}\d(?:[\W_]{0,3}\d){5,}")  # fmt: skip
_CLOCK = re.compile(r"(?:(?:[01]?\d|2[0-3])[:.][0-5]\d|\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d)"
                    r"(?:[\W_]{1,4}(?!$)|$)")  # fmt: skip


def has_telephone(folded: str, text: str) -> bool:
    """Whether a folded text holds a telephone number; `text` is the same `in_digits`."""
    if len(_DIGIT.findall(text)) < _FEWEST:
        return False
    text = _RUN.sub(lambda run: " " if _is_clock(run[0]) else run[0], text)
    numbers = (_HOME, _PLUS, _BARE, _TORN, _HINT)
    return any(found.search(text) for found in numbers) or _is_spelt(folded, text)


def in_digits(folded: str) -> str:
    """The same text with numbers in digits: "zéro six" is "0 6", "O6" is "06"."""
    if not _ANY.search(folded):
        return folded
    tokens = _TOKEN.findall(folded)
    if not folded.isascii():
        tokens = [_decimal(token) for token in tokens]
    out: list[str] = []
    after_word = False
    for at, token in enumerate(tokens):
        value = _value(tokens, at)
        is_word = value is not None and token.isalpha()
        if value is None or not (is_word and after_word and _add_up(out, value)):
            out.append(token if value is None else value)
        after_word = is_word or (after_word and not token[0].isalnum())
    return "".join(out)


def _decimal(token: str) -> str:
    if token.isdecimal() and not token.isascii():
        return "".join(str(int(sign)) for sign in token)
    return token


def _value(tokens: list[str], at: int) -> str | None:
    token = tokens[at]
    if token in _VALUES:
        return _VALUES[token]
    if token in _ONES and any(_next_to_a_number(tokens, at, step) for step in (-2, 2)):
        return _ONES[token]
    if _is_sign_or_word(token):
        return None
    if any(sign.isdigit() for sign in token):
        meant = token.translate(_LOOKALIKE)
        return meant if meant.isdigit() else None
    return None


def _is_sign_or_word(token: str) -> bool:
    return token.isalpha() or not token[0].isalnum()


def _next_to_a_number(tokens: list[str], at: int, step: int) -> bool:
    """Whether a number comes next on one side, other words of `_ONES` passed over: six un un.

    Words and signs take turns in `tokens`, so that the next word is two steps away.
    """
    at += step
    while 0 <= at < len(tokens) and tokens[at] in _ONES:
        at += step
    return 0 <= at < len(tokens) and _is_number(tokens[at])


def _is_number(token: str) -> bool:
    return token in _VALUES or token.isdigit()


def _add_up(out: list[str], value: str) -> bool:
    """Adds to the tens before it what completes them: soixante-dix-huit, quatre-vingt-deux."""
    if len(out) < 2 or out[-1] not in (" ", "-"):
        return False
    return _complete(out, value)


def _complete(out: list[str], value: str) -> bool:
    if not out[-2].isdigit():
        return False
    before, more = int(out[-2]), int(value)
    if (before, more) == (4, 20):
        whole = 80
    elif _goes_on(before, more):
        whole = before + more
    else:
        return False
    out[-2:] = [str(whole)]
    return True


def _goes_on(tens: int, more: int) -> bool:
    """Whether `more` is said after `tens`: vingt-deux, soixante-douze, dix-sept."""
    if tens in {10, 70, 90} and 7 <= more <= 9:
        return True
    return (tens in _TENS and 1 <= more <= 9) or (tens in {60, 80} and 10 <= more <= 16)


def _is_clock(run: str) -> bool:
    """Whether a run of digits is only hours and dates: 05:00 - 13:00, 13:00 - 21:00."""
    at = 0
    while at < len(run):
        found = _CLOCK.match(run, at)
        if not found:
            return False
        at = found.end()
    return True


def _is_spelt(folded: str, text: str) -> bool:
    """Words that begin as a number does, zero six, and go on: some sums are ambiguous."""
    if not re.search(r"zero|\boh?\b|\bnought\b", folded):
        return False
    return bool(re.search(r"(?<!\d)0[\W_]{1,4}[1-9](?:[\W_]{0,4}\d){5,}", text))
