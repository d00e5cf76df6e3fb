"""Everything that must be written is written, in both languages."""

from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_gettext as _l
from pydantic import BaseModel

from app.core.texts import Text
from tours.bundles.problems import Fault
from tours.bundles.values import Captions
from tours.bundles.walking import Key, keys_of

_MISSING = {
    "alt": _l("Le texte alternatif manque (« alt ») : dites ce que l’image montre."),
    "people": _l("« people » manque : none, agreed ou blurred."),
    "approved_by": _l("« approved_by » manque : qui a autorisé la publication, et quand ?"),
    "captions": _l("Les sous-titres manquent (« captions ») : un fichier .vtt par langue."),
    "transcript": _l("La transcription manque (« transcript »)."),
    "in_words": _l("« in_words » manque : comment répondre sans voir l’image ?"),
    "explanation": _l("L’explication de la réponse manque (« explanation »)."),
    "text": _l("Le texte manque (« text »)."),
}
_LANGUAGES = {
    "fr": _l("Le français manque."),
    "en": _l("La traduction anglaise manque."),
}
_CAPTIONS = {
    "fr": _l("Les sous-titres français manquent."),
    "en": _l("Les sous-titres anglais manquent."),
}


def written_faults(model: BaseModel) -> Iterator[Fault]:
    """What remains to be written in a factory or a tour."""
    for key in keys_of(model):
        if isinstance(key.value, Text):
            yield from _text_faults(key)
        elif isinstance(key.value, Captions):
            yield from _captions_faults(key)
        elif key.is_wanted and key.value in ("", None, []) and key.name not in ("fr", "en"):
            yield Fault(key.loc, _missing(key.name), is_unfinished=True)


def _text_faults(key: Key) -> Iterator[Fault]:
    if not key.value:
        if key.is_wanted:
            yield Fault(key.loc, _missing(key.name), is_unfinished=True)
        return
    for language, sentence in _LANGUAGES.items():
        if not getattr(key.value, language).strip():
            yield Fault((*key.loc, language), sentence, is_unfinished=True)


def _captions_faults(key: Key) -> Iterator[Fault]:
    written = [name for name, file in key.value.files().items() if file]
    if not written:
        yield Fault(key.loc, _missing("captions"), is_unfinished=True)
        return
    if key.value.fr == key.value.en:
        yield Fault((*key.loc, "en"), _l("Les deux langues ont les mêmes sous-titres."))
    for language, sentence in _CAPTIONS.items():
        if language not in written:
            yield Fault((*key.loc, language), sentence, is_unfinished=True)


def _missing(name: str) -> Any:
    return _MISSING.get(name) or _l("« %(key)s » manque.", key=name)
