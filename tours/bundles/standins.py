"""Values that stand in for those that cannot be understood, so that the others can be judged.

None of them may call for a remark of its own: a slug is new, a hotspot lies away from the others.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from quizzes.angles import angle
from tours.bundles.problems import Loc

Error = Mapping[str, Any]
"""An error as pydantic tells it."""
TEXT = {"fr": "…", "en": "…"}
FILES = {
    "panorama": "panoramas/unread.jpg",
    "picture": "pictures/unread.jpg",
    "portrait": "pictures/unread.jpg",
    "plan": "pictures/unread.jpg",
    "film": "films/unread.mp4",
    "sound": "sounds/unread.mp3",
    "document": "documents/unread.pdf",
}
_TEXTS = frozenset({"title", "question", "situation", "text", "job", "tell"})
_SLUGS = frozenset({"slug", "start", "to", "ending", "person", "job"})
_SLUG_LISTS = frozenset({"clues", "finds", "scenes"})
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TRAILS = ("machine", "people", "product")
APART = 4.0


def strings_of(value: Any) -> Iterator[str]:
    """Every text in some data."""
    if isinstance(value, str):
        yield value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        yield from strings_of(part)


def at(data: Any, loc: Loc) -> Any:
    """The value at `loc`, or None."""
    for step in loc:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def stand_in(data: Any, loc: Loc, error: Error) -> Any:
    """What may stand at `loc`, or None when nothing may."""
    name, around = loc[-1], loc[-2] if len(loc) > 1 else ""
    if error.get("ctx", {}).get("class_name") == "Text" or _lacks_text(loc, error):
        return TEXT
    if name in ("fr", "en") or (isinstance(name, int) and around in ("fr", "en")):
        return None if around in ("captions", "answers") else "…"
    if name in ("yaw", "pitch"):
        return _free_angle(data, loc) if loc[2:3] == ("hotspots",) and len(loc) == 5 else 0
    if name in ("file", "panorama"):
        return FILES.get(str(around)) if name == "file" else {"file": FILES["panorama"]}
    return _listed(data, loc, error) or _slug_at(data, loc)


def _lacks_text(loc: Loc, error: Error) -> bool:
    is_text = loc[-1] in _TEXTS and loc[-2:] != ("finish", "job")
    return is_text and error["type"] == "missing"


def _listed(data: Any, loc: Loc, error: Error) -> list[Any] | None:
    """A list that is too short or too long, made to measure; what is in it stays in its place."""
    listed, ctx = at(data, loc), error.get("ctx", {})
    if not isinstance(listed, list):
        return None
    if error["type"] == "too_long":
        return listed[: ctx["max_length"]]
    if error["type"] == "too_short" and loc[-1] in _SLUG_LISTS and loc[0] != "scenes":
        return listed + [f"unread-{n}" for n in range(len(listed), ctx["min_length"])]
    return None


def _slug_at(data: Any, loc: Loc) -> str | None:
    name, around = loc[-1], loc[-2] if len(loc) > 1 else ""
    if loc[:2] == ("mission", "trails") and name == "slug":
        taken = [at(data, (*loc[:2], n, "slug")) for n in range(3)]
        return next((slug for slug in _TRAILS if slug not in taken), None)
    is_listed = isinstance(name, int) and around in _SLUG_LISTS and loc != ("scenes", name)
    return new_slug(data, at(data, loc)) if name in _SLUGS or is_listed else None


def new_slug(data: Any, written: Any) -> str:
    """The slug that was meant, when something names it and nothing has it; else `unread-…`."""
    bare = unicodedata.normalize("NFKD", str(written or "")).encode("ascii", "ignore").decode()
    meant = "-".join(re.findall("[a-z0-9]+", bare.lower()))[:60].strip("-")
    is_meant = meant and meant in strings_of(data) and not _is_taken(data, meant)
    return meant if is_meant else f"unread-{len(str(data))}"


def _is_taken(data: Any, slug: str) -> bool:
    """Whether something is called so, not whether something names it."""
    if isinstance(data, dict):
        return data.get("slug") == slug or any(_is_taken(part, slug) for part in data.values())
    return isinstance(data, list) and any(_is_taken(part, slug) for part in data)


def good_slug(written: Any) -> bool:
    """Whether this is a slug."""
    return isinstance(written, str) and len(written) <= 60 and bool(_SLUG.fullmatch(written))


def _free_angle(data: Any, loc: Loc) -> float:
    """A yaw or pitch at which a hotspot lies away from all others of its scene."""
    name, number = loc[-1], loc[3]
    spots = at(data, loc[:3]) or []
    others = [_place(spot) for n, spot in enumerate(spots) if n != number]
    known = [place for place in others if place is not None]
    here = at(data, loc[:4])
    end = 180 if name == "yaw" else 89
    for degrees in range(-end, end, 3):
        yaw, pitch = _place({**here, name: degrees}) or (degrees, 0.0)
        if all(angle(yaw, pitch, *place) > APART for place in known):
            return float(degrees)
    return 0.0


def _place(spot: Any) -> tuple[float, float] | None:
    yaw, pitch = at(spot, ("yaw",)), at(spot, ("pitch",))
    if isinstance(yaw, int | float) and isinstance(pitch, int | float):
        return float(yaw), float(pitch)
    return None


def plain_hotspot(data: Any, loc: Loc) -> dict[str, Any]:
    """The least that a hotspot may be, with the name, the place and the way of the one at `loc`."""
    given = at(data, loc)
    raw: dict[str, Any] = given if isinstance(given, dict) else {}
    slug = raw.get("slug")
    spot = {"slug": slug if good_slug(slug) else new_slug(data, slug), "title": TEXT}
    place = _place(raw)
    if place is not None and abs(place[0]) <= 180 and abs(place[1]) <= 90:
        spot |= {"yaw": place[0], "pitch": place[1]}
    else:
        spot |= {"pitch": 0, "yaw": _free_angle_of(data, loc)}
    if raw.get("kind") == "link" or "to" in raw:
        return spot | {"kind": "link", "to": raw["to"] if good_slug(raw.get("to")) else "unread"}
    if raw.get("kind") == "person":
        return spot | {"kind": "person", "name": "…", "job": TEXT, "rome": "A1111"}
    return spot | {"kind": "info", "text": TEXT}


def plain_question(data: Any, loc: Loc) -> dict[str, Any]:
    """The least that a question without a place may be, with the name of the one at `loc`."""
    given = at(data, loc)
    slug = given.get("slug") if isinstance(given, dict) else None
    named = {"slug": slug if good_slug(slug) else new_slug(data, slug), "title": TEXT}
    words = dict.fromkeys(("question", "explanation", "in_words"), TEXT)
    return named | words | {"type": "truefalse", "answer": True}


def _free_angle_of(data: Any, loc: Loc) -> float:
    spots = list(at(data, loc[:-1]))
    spots[int(loc[-1])] = {"pitch": 0}
    scenes = {int(loc[1]): {"hotspots": spots}}
    return _free_angle({"scenes": scenes}, (*loc, "yaw"))
