"""Captions: WebVTT files, stored beside the films that show them.

https://www.w3.org/TR/webvtt1/#file-structure
"""

import json
import re
from pathlib import Path

from flask_babel import lazy_gettext as _l

from media.intake import Taken
from media.keys import MARK, asset_key, hash_source, private_prefix
from media.storage import Storage, type_of

KIND = "captions"
_TIME = r"(?:[0-9]{2,}:)?[0-5][0-9]:[0-5][0-9]\.[0-9]{3}"
_CUE = re.compile(rf"^({_TIME})[ \t]+-->[ \t]+({_TIME})(?:[ \t].*)?$")


class BadCaptions(ValueError):
    """Captions that browsers would not show; the text is a sentence for their author."""


def read_captions(path: Path) -> str:
    """The text of a WebVTT file, checked. Raises BadCaptions."""
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise BadCaptions(_l("Les sous-titres ne sont pas en UTF-8.")) from None
    if not re.match(r"WEBVTT(?:[ \t\n]|$)", text):
        raise BadCaptions(_l("Les sous-titres doivent commencer par « WEBVTT »."))
    cues = 0
    for number, line in enumerate(text.split("\n"), 1):
        if "-->" in line:
            cues += 1
            _check_cue(line, number)
    if not cues:
        raise BadCaptions(_l("Les sous-titres sont vides."))
    return text


def _check_cue(line: str, number: int) -> None:
    found = _CUE.match(line)
    if found is None:
        raise BadCaptions(_l("Ligne %(n)s des sous-titres : l’horaire ne se lit pas.", n=number))
    if _seconds(found[1]) >= _seconds(found[2]):
        raise BadCaptions(_l("Ligne %(n)s des sous-titres : la fin précède le début.", n=number))


def _seconds(time: str) -> float:
    total = 0.0
    for part in time.split(":"):
        total = total * 60 + float(part)
    return total


def take_in_captions(path: Path, language: str, storage: Storage) -> Taken:
    """Store captions as `captions.<language>.vtt`, or find them stored. Raises BadCaptions."""
    text = read_captions(path)
    source = hash_source(path)
    key = asset_key(source, f"{KIND}-{language}")
    prefix, name = private_prefix(key), f"{KIND}.{language}.vtt"
    meta = {"kind": KIND, "language": language, "file": name}
    if storage.exists(prefix + MARK):
        return Taken(key, KIND, meta, source, [])
    storage.put(prefix + name, text.encode(), type_of(name))
    storage.put(prefix + MARK, json.dumps(meta).encode(), type_of(MARK))
    return Taken(key, KIND, meta, source, [name, MARK])
