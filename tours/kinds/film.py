"""The kind « film »: counts when mostly watched, or when its transcript was read."""

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from pydantic import BaseModel

from app.core.texts import Strict, Text, wanted
from tours.bundles.values import Captions
from tours.bundles.values import Film as FilmFile
from tours.kinds.base import NO_FACTS, Evidence, Facts, Outcome
from tours.kinds.content import ContentKind, Played, judge_played


class FilmKeys(Strict):
    """A film, its captions and its transcript."""

    film: FilmFile
    captions: Captions = wanted(Captions)
    transcript: Text = wanted(Text, description="What is said and shown, in words; Markdown.")
    text: Text = Text()


class Film(ContentKind):
    """A film with captions, and its transcript of equal standing."""

    name: ClassVar[str] = "film"
    label = _l("Film")
    Keys: ClassVar[type[BaseModel]] = FilmKeys
    Evidence: ClassVar[type[Evidence]] = Played

    def judge(self, keys: Any, evidence: Any, tries: int, facts: Facts = NO_FACTS) -> Outcome:
        """At least 80 % of its duration in distinct seconds, or the transcript to its end."""
        del tries
        return judge_played(keys.film.file, evidence, facts, self.points)
