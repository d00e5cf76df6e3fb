"""The kind « sound »: counts when mostly heard, or when its transcript was read."""

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from pydantic import BaseModel

from app.core.texts import Strict, Text, wanted
from tours.bundles.values import Sound as SoundFile
from tours.kinds.base import NO_FACTS, Evidence, Facts, Outcome
from tours.kinds.content import ContentKind, Played, judge_played


class SoundKeys(Strict):
    """A sound and its transcript."""

    sound: SoundFile
    transcript: Text = wanted(Text, description="What is heard, in words; Markdown.")
    text: Text = Text()


class Sound(ContentKind):
    """Something to listen to, and its transcript of equal standing."""

    name: ClassVar[str] = "sound"
    label = _l("Son")
    Keys: ClassVar[type[BaseModel]] = SoundKeys
    Evidence: ClassVar[type[Evidence]] = Played

    def judge(self, keys: Any, evidence: Any, tries: int, facts: Facts = NO_FACTS) -> Outcome:
        """At least 80 % of its duration in distinct seconds, or the transcript to its end."""
        del tries
        return judge_played(keys.sound.file, evidence, facts, self.points)
