"""A student who says who they are: a name beside an age or a class, a school by its name."""

import re

_NAME = re.compile(
    r"(?:\b[Mm]oi,? c.?est|\b[Jj]e suis|\bI.?m|\bI am|\b[Mm]y name.?s|\b[Mm]e llamo)"
    r" (?!Français|French|Airbus)[A-ZÉ][\w’'-]+(?: (?:[Ll]e |[Dd]e |[Dd]u )?[A-ZÉ][\w’'-]+)+"
)
_FIRST_NAME = re.compile(r"(?:\b[Mm]oi,? c.?est|\b[Jj]e suis|\bI.?m|\bI am) [A-ZÉ][\w’'-]+")
_AGE_OR_CLASS = re.compile(
    r"\b1[0-9] (?:ans|years?)\b|\bi ?.?m 1[0-9]\b"
    r"|\b(?:[3-6]|2n?d)e ?[a-h1-9]?\b|\b[3-6] ?eme\b"
)
_SCHOOL = r"\b(?:[Cc]oll[èe]ge|[Ll]yc[ée]e|[ÉEée]cole)s? "
_NAMED_SCHOOL = re.compile(
    _SCHOOL + r"(?:[Ll]es? |[Ll]a |[Dd]es? |[Dd]u )?(?!Pro\b)[A-ZÉ][\w’'-]{2,}"
    r"|\b[A-Z]\w+ (?:[A-Z]\w+ )?(?:High|Primary|Secondary|Grammar) School\b"
)
_LIKELY_SCHOOL = re.compile(
    r"\b(?:college|lycee) (?:les? |la |des |du )?"
    r"(?!(?:et|ou|pro|pour|mais|c|on|il|est|de|du|a|les?|la|des|dans|avec|qui|que)\b"
    r"|general|tech|prive|public)[a-z]{3,}"
)
_OWN = re.compile(r"\b(?:je|j|moi|on|nous|notre|mon|i|my|we|our)\b")


def has_identity(text: str, folded: str) -> bool:
    """Whether a student says enough to be found; `folded` is `text` folded."""
    if _NAME.search(text):
        return True
    old = bool(_AGE_OR_CLASS.search(folded))
    if old and (_FIRST_NAME.search(text) or _LIKELY_SCHOOL.search(folded)):
        return True
    return bool(_NAMED_SCHOOL.search(text)) and (old or bool(_OWN.search(folded)))
