"""Data in a script: `var data = {…};`, JSON but for comments and commas at the end of a list."""

import json
import re
from typing import Any

from flask_babel import lazy_gettext as _l

from tours.imports.foreign import Unreadable

_STRING_OR_NOTE = re.compile(r'("(?:[^"\\]|\\.)*")|/\*.*?\*/|//[^\n]*', re.DOTALL)
_STRING_OR_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', re.DOTALL)
_START = re.compile(r"(?:(?:var|let|const)\s+|window\.|module\.)(?:data|APP_DATA|exports)\s*=\s*")


def read_assigned(script: str) -> Any:
    """What the script gives to `data`. Raises Unreadable."""
    bare = _STRING_OR_NOTE.sub(lambda found: found[1] or " ", script)
    bare = _STRING_OR_COMMA.sub(lambda found: found[1] or "", bare)
    start = _START.search(bare)
    if start is None:
        raise Unreadable(_l("Ce fichier n’est pas une visite de Marzipano (« var data = … »)."))
    try:
        return json.JSONDecoder().raw_decode(bare, start.end())[0]
    except json.JSONDecodeError as error:
        raise Unreadable(
            _l("Ligne %(line)s : ces données ne se lisent pas (%(why)s).",
               line=error.lineno, why=error.msg)
        ) from None  # fmt: skip
    except RecursionError:
        raise Unreadable(_l("Les valeurs sont trop imbriquées.")) from None
