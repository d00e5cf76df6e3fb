"""E-mail addresses, links, postal addresses and accounts, under the usual disguises."""

import re

from app.live.chat.filter.lists import groups

_SURE_ENDS = r"com|fr|net|org|io|gg|eu|xyz|biz|co\.uk"
_ENDS = _SURE_ENDS + "|ly|tv|uk|us|de|es|it|be|ch|ca|lu|re|gp|mq|nc|pf|app|dev"
_AT = re.compile(
    r"\s*[\[({<]\s*(?:at|arobase|a|chez)\s*[\])}>]\s*|\s*\b(?:arobas|arobase|arrobase)\b\s*"
)
_DOT = re.compile(
    r"\s*[\[({<]\s*(?:dot|point|pt|\.)\s*[\])}>]\s*|(?<=\w)\s+(?:dot|point|pt)\s+(?=\w)"
)
_WORD_AT = re.compile(r"(?<=\w)\s+(?:at|chez)\s+(?=[\w-]+\.(?:com|fr|net|org|co|eu)\b)")

_PROVIDERS = ("gmail", "hotmail", "icloud", "protonmail", "yahoo", "outlook", "laposte")
_EMAIL = re.compile(
    rf"[\w.+-]+ ?@ ?[a-z0-9-]{{2,}}(?: ?\. ?[a-z0-9-]+)* ?\. ?(?:{_ENDS})\b"
    rf"|\w@?\s?\b(?:{'|'.join(_PROVIDERS)})\s?\.\s?(?:com|fr|net)\b"
)
_MAY_LINK = re.compile(r"\.\s?\w|/|www")
"""A sign of every address of the web: most texts have none, and are not read for one."""
_LINK = re.compile(
    r"\bh(?:tt|xx)ps?\s?:\s?/|\bwww\s?[.,]\s?\w"
    rf"|\b[a-z0-9][a-z0-9-]+\.(?:{_SURE_ENDS})\b(?!\.\w{{3}})"
    rf"|\b[a-z0-9-]+\.(?:{_ENDS}|me|to|link|page)/\w"
    r"|\b[a-z0-9-]{3,}\s?\.\s?(?:com|net|org|gg)\b|\b[a-z0-9-]{3,}\s\.\s?(?:fr|io|eu)\b"
)

_NUMBER = r"\b\d{1,4}\s?(?:bis|ter|b)?\s?,?\s?"
_WAY = (
    "(?:rue|avenue|av|bd|bld|boulevard|impasse|allee|chemin|route|quai|square|lotissement"
    "|residence|hameau|faubourg|passage|sentier)"
)
_FLAT = "(?:appart|appartement|apt|bat|batiment|etage)"
_STREET = re.compile(
    rf"{_NUMBER}{_WAY}\b\s+\w|{_NUMBER}(?:r\s+d(?:es?|u)?|place\s+d(?:u|es?)?)\b\s*\w"
    rf"|\b(?:residence|{_FLAT})\b.{{0,30}}\b{_FLAT}\s?\w+"
    rf"|\b(?:j\W?habite|adresse)\b.{{0,20}}\b(?:{_WAY}|{_FLAT})\b"
)
_BETWEEN = r"(?!(?:the|a|of|on|by|in|per|down|machines?|minutes?|people|miles|km)\b)[a-z]+\s"
_ROAD = re.compile(
    rf"\b\d{{1,4}}[a-c]?,?\s(?:{_BETWEEN}){{1,2}}"
    r"(?:street|road|avenue|lane|crescent|terrace|gardens|rd|ave)\b|\blive at (?:number )?\d"
)
_POSTCODE = re.compile(
    r"\b(?:0[1-9]|[1-8]\d|9[0-8])\d{3},? (?:à )?[A-ZÉÈÎ][a-zéèêîïôâçë]{2,}"
    r"|\b[A-Z]{1,2}\d[A-Z0-9]? ?\d[A-Z]{2}\b"
)

_APPS = groups()["app"].replace("_", " ?").replace("/", "|")
_APP_NAMES = ("ig", *(name.partition("_")[0] for name in groups()["app"].split("/")))
_HANDLE = re.compile(
    r"(?<![\w.])@ ?[a-z_][\w.]{2,}|\b[a-z]\w+ ?#\d{4}\b"
    rf"|\b(?:{_APPS}|ig)\b(?: c est| cest| is)?\s?[:=>-]*\s?(?!360\b|\d+\b)"
    r"(?:[a-z]*[_.\d][\w.]+|[a-z]\w*[._]\w+)"
    rf"|\b(?:{_APPS}|ig)\s?[:=]\s?\w"
)
"""@name, name#1234, a service before a name with signs in it, a service and a colon."""


def reveal(folded: str) -> str:
    """The same text with spelt signs as signs: "arobase" is @, "(point)" is a dot."""
    has_bracket = any(sign in folded for sign in "[({<")
    if has_bracket or "arobas" in folded or "arrobase" in folded:
        folded = _AT.sub("@", folded)
    if has_bracket or any(word in folded for word in ("dot", "point", "pt")):
        folded = _DOT.sub(".", folded)
    return _WORD_AT.sub("@", folded) if "." in folded else folded


def has_email(revealed: str) -> bool:
    """Whether a revealed text holds an e-mail address, its letters one by one perhaps."""
    if not _may_hold_email(revealed):
        return False
    if _EMAIL.search(revealed):
        return True
    return "@" in revealed and bool(_EMAIL.search(re.sub(r"\s", "", revealed)))


def _may_hold_email(revealed: str) -> bool:
    """Whether there is the sign or the provider without which there is no e-mail address."""
    return "@" in revealed or any(name in revealed for name in _PROVIDERS)


def _without_emails(revealed: str) -> str:
    return _EMAIL.sub(" ", revealed) if _may_hold_email(revealed) else revealed


def has_link(revealed: str) -> bool:
    """Whether a revealed text holds an address of the web."""
    if not _MAY_LINK.search(revealed):
        return False
    return bool(_LINK.search(_without_emails(revealed)))


def has_address(text: str, digits: str) -> bool:
    """Whether there is a postal address; `digits` is the folded text with numbers in digits."""
    return bool(_STREET.search(digits) or _ROAD.search(digits) or _POSTCODE.search(text))


def has_handle(revealed: str) -> bool:
    """Whether a revealed text names an account by its sign or beside its service."""
    if not _may_name_account(revealed):
        return False
    return bool(_HANDLE.search(_without_emails(revealed)))


def _may_name_account(revealed: str) -> bool:
    return "@" in revealed or "#" in revealed or any(name in revealed for name in _APP_NAMES)
