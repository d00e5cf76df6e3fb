"""Understanding what can be understood of a file that is not as it must be.

Each wrong part is told, then replaced by a stand-in, until the rest can be read: so every other
rule can be heard on it at once. What was replaced is remembered, and nothing is said that is only
so because of it.
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from tours.bundles.problems import Fault, Loc
from tours.bundles.scene import loc_in_file
from tours.bundles.standins import (
    TEXT,
    Error,
    at,
    good_slug,
    plain_hotspot,
    plain_question,
    stand_in,
)
from tours.bundles.wording import nearest_key, put_in_words
from tours.bundles.yaml12 import Source
from tours.kinds import KINDS
from tours.kinds.question import TOUR_FORMS

M = TypeVar("M", bound=BaseModel)
ROUNDS = 12
_LISTS = frozenset({"too_short", "too_long"})


@dataclass
class Mended(Generic[M]):
    """A file as far as it could be understood."""

    source: Source
    data: Any = None
    """What it says, with the stand-ins."""
    model: M | None = None
    faults: list[Fault] = field(default_factory=list)
    broken: set[Loc] = field(default_factory=set)
    """Where stand-ins are: nothing more is said of what is there."""
    tried: set[Loc] = field(default_factory=set)
    """Where a stand-in was tried once."""
    doubts: set[str] = field(default_factory=set)
    """What is no longer known whole; see `Fault.rests_on`."""

    @property
    def whole(self) -> M | None:
        """The model, when nothing of it had to be replaced."""
        return None if self.faults else self.model

    def is_told(self, loc: Loc) -> bool:
        """Whether `loc` is in a part that was told to be wrong already."""
        return any(loc[: len(one)] == one for one in self.broken)

    def certain(self, faults: Iterable[Fault]) -> Iterator[Fault]:
        """Those faults that are not there because of what was replaced."""
        for fault in faults:
            if not self.is_told(fault.loc) and self.doubts.isdisjoint(fault.rests_on):
                yield fault

    def replace(self, loc: Loc, value: Any, *doubts: str) -> None:
        """Put a stand-in at `loc`."""
        at(self.data, loc[:-1])[loc[-1]] = value
        self.broken.add(loc)
        self.doubt(loc, "files", *doubts)

    def remove(self, loc: Loc, *doubts: str) -> None:
        """Leave out the key at `loc`."""
        del at(self.data, loc[:-1])[loc[-1]]
        self.broken.add(loc)
        self.doubt(loc, *doubts)

    def doubt(self, loc: Loc, *doubts: str) -> None:
        """Some things are no longer known whole; the texts of its scene never are."""
        self.doubts.update(doubts)
        if loc[:1] == ("scenes",) and len(loc) > 1:
            self.doubts.add(f"texts-{loc[1]}")


def mend(model: type[M], source: Source) -> Mended[M]:
    """Read a file as far as can be; without a model when nothing of it can be understood."""
    mended: Mended[M] = Mended(source, deepcopy(source.value))
    for _round in range(ROUNDS):
        try:
            mended.model = model.model_validate(mended.data)
            break
        except ValidationError as refused:
            errors: list[Error] = [dict(e) for e in refused.errors(include_url=False)]
        news = [error for error in errors if not _follows(mended, error)]
        mended.faults.extend(put_in_words(error) for error in news)
        for error in errors:
            _repair(mended, loc_in_file(error["loc"]), error)
    return mended


def _follows(mended: Mended[Any], error: Error) -> bool:
    """Whether an error is there because something near it was replaced."""
    loc = loc_in_file(error["loc"])
    # The two rules on whole questions look at their options only.
    near = (*loc, "options") if error["type"] == "value_error" else loc
    return mended.is_told(loc) or any(one[: len(near)] == near for one in mended.broken)


def _repair(mended: Mended[Any], loc: Loc, error: Error) -> None:
    """Mend one part; what is around it may be replaced already."""
    if not loc or any(loc[: len(one)] == one and loc != one for one in mended.broken):
        return
    if error["type"] == "extra_forbidden":
        _leave_out_unknown(mended, loc)
        return
    if error["type"] in ("union_tag_invalid", "union_tag_not_found"):
        if not _guess_kind(mended, loc, error):
            _replace_part(mended, loc)
        return
    value = None if loc in mended.tried else stand_in(mended.data, loc, error)
    mended.tried.add(loc)
    if value is not None and error["type"] in _LISTS:
        _fit_list(mended, loc, value)
    elif value is not None:
        mended.replace(loc, value, *_doubts_of(loc, value))
    elif isinstance(loc[-1], str) and loc[-1] in at(mended.data, loc[:-1]):
        mended.remove(loc, "files", *_doubts_without(loc, loc[-1]))
    else:
        _replace_part(mended, loc)


def _leave_out_unknown(mended: Mended[Any], loc: Loc) -> None:
    """A key that is unknown may be another one misspelt: that one is not told to be missing."""
    near = nearest_key(str(loc[-1]))
    mended.remove(loc)
    if near is not None and near not in at(mended.data, loc[:-1]):
        mended.broken.add((*loc[:-1], near))
        mended.doubts.update(_doubts_without(loc, near))


def _doubts_without(loc: Loc, name: str) -> tuple[str, ...]:
    """What is no longer known whole when the key `name` is left out."""
    if name == "mission":
        return ("mission", "points")
    if name == "hotspots":
        return ("ways", "hotspots", "points")
    if name == "questions":
        return ("hotspots", "points")
    is_asked = loc[2:3] == ("hotspots",) or question_at(loc) is not None
    return ("points",) if is_asked and name in ("options", "type") else ()


def question_at(loc: Loc) -> Loc | None:
    """The way to the question without a place in which `loc` is."""
    end = 4 if loc[:1] == ("scenes",) else 2
    return loc[:end] if loc[end - 2 : end - 1] == ("questions",) and len(loc) >= end else None


def _guess_kind(mended: Mended[Any], loc: Loc, error: Error) -> bool:
    """A kind or type that is misspelt is read as the one it looks like."""
    key = str(error["ctx"]["discriminator"]).strip("'")
    written = at(mended.data, (*loc, key))
    names = KINDS if key == "kind" else TOUR_FORMS
    near = get_close_matches(str(written), names, 1, 0.6)
    if near:
        mended.replace((*loc, key), near[0], "points")
    return bool(near)


def _fit_list(mended: Mended[Any], loc: Loc, fitted: list[Any]) -> None:
    """What was in the list is still judged; the list as a whole is not."""
    before = len(at(mended.data, loc))
    at(mended.data, loc[:-1])[loc[-1]] = fitted
    mended.broken.update((*loc, n) for n in range(before, len(fitted)))
    mended.doubt(loc, *_doubts_of((*loc, 0), ""), "points")
    if len(fitted) < before:
        mended.doubts.update({"scenes", "hotspots", "ways", "endings"})
    if loc[0] == "rewards":
        mended.doubts.add("finds")


def _doubts_of(loc: Loc, value: Any) -> tuple[str, ...]:
    """What is no longer known whole when a stand-in is at `loc`."""
    unread = str(value).startswith("unread")
    if question_at(loc) is not None:
        return ("hotspots",) if loc[-1] == "slug" and unread else ("points",)
    if loc[0] == "start" or loc[-1] == "to":
        return ("ways",)
    if loc[0] == "scenes" and loc[-1] == "slug" and unread:
        return ("hotspots",) if "hotspots" in loc else ("scenes", "ways", "hotspots", "clues")
    if loc[0] == "scenes" and "options" in loc:
        return ("points",)
    if loc[0] == "mission":
        return ("clues",) if loc[1] == "clues" else ("endings",)
    return ()


def _replace_part(mended: Mended[Any], loc: Loc) -> None:
    """Replace the part of the tour around `loc`, if there is one."""
    question = question_at(loc)
    if question is not None:
        stand = plain_question(mended.data, question)
        mended.replace(question, stand, "points", "hotspots")
    elif loc[2:3] == ("hotspots",) and len(loc) > 3:
        _replace_hotspot(mended, loc[:4])
    elif loc[0] == "rewards" and len(loc) > 1:
        needs = {"finds": ["decision"]}
        mended.replace(loc[:2], {"slug": f"unread-{loc[1]}", "title": TEXT, "needs": needs})
    elif loc[0] == "scenes" and len(loc) > 1:
        stand = {"slug": f"unread-{loc[1]}", "title": TEXT, "panorama": {"file": "panoramas/x.jpg"}}
        mended.replace(loc[:2], stand, "scenes", "ways", "hotspots", "clues", "points")
    elif loc[0] == "mission" and "mission" in mended.data:
        mended.remove(("mission",), "mission", "points", "files")


def _replace_hotspot(mended: Mended[Any], loc: Loc) -> None:
    raw = at(mended.data, loc)
    stand = plain_hotspot(mended.data, loc)
    mended.replace(loc, stand, "points")
    if stand["slug"].startswith("unread"):
        mended.doubts.add("hotspots")
    if not isinstance(raw, dict) or str(raw.get("kind")) not in KINDS:
        mended.doubts.update({"kinds", "ways"})
    if stand["kind"] == "link" and not good_slug(raw.get("to")):
        mended.doubts.add("ways")
