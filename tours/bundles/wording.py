"""What pydantic refuses, in sentences that authors understand."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l

from tours.bundles.problems import Fault, Loc
from tours.bundles.scene import loc_in_file
from tours.bundles.schema import json_schema

_PATTERNS = {
    "file": _l(
        "« %(value)s » n’est pas un chemin accepté : dossier/nom.fin, sans accent ni espace."
    ),
    "fr": _l("« %(value)s » n’est pas un fichier de sous-titres : films/nom.fr.vtt."),
    "en": _l("« %(value)s » n’est pas un fichier de sous-titres : films/nom.en.vtt."),
    "accent": _l('« %(value)s » n’est pas une couleur : écrivez-la comme "#1b998b".'),
    "rome": _l("« %(value)s » n’est pas un code ROME : une lettre et quatre chiffres."),
}
_SLUG = _l("« %(value)s » : il faut des minuscules, des chiffres et des traits d’union.")
_TYPES = {
    "missing": _l("« %(key)s » manque."),
    "union_tag_not_found": _l("« %(key)s » manque."),
    "string_type": _l("Il faut un texte : mettez %(value)s entre guillemets."),
    "int_type": _l("Il faut un nombre entier, pas « %(value)s »."),
    "int_parsing": _l("Il faut un nombre entier, pas « %(value)s »."),
    "int_from_float": _l("Il faut un nombre entier, pas « %(value)s »."),
    "float_type": _l("Il faut un nombre, pas « %(value)s »."),
    "float_parsing": _l("Il faut un nombre, pas « %(value)s »."),
    "bool_type": _l("Il faut « true » ou « false », pas « %(value)s »."),
    "bool_parsing": _l("Il faut « true » ou « false », pas « %(value)s »."),
    "list_type": _l("Il faut une liste : une ligne par élément, chacune avec un tiret."),
}
_LIMITS = {
    "greater_than_equal": _l("%(value)s est trop petit : au moins %(limit)s."),
    "less_than_equal": _l("%(value)s est trop grand : au plus %(limit)s."),
    "too_short": _l("Il en faut au moins %(limit)s, il y en a %(count)s."),
    "too_long": _l("Il en faut au plus %(limit)s, il y en a %(count)s."),
    "string_too_short": _l("Ce texte est trop court : au moins %(limit)s signes."),
    "string_too_long": _l("Ce texte est trop long : au plus %(limit)s signes."),
}
_VALUES = {
    "control-sign": _l(
        "Ce texte contient un signe invisible : effacez-le et écrivez-le à nouveau."
    ),
    "one-right": _l("Une question « single » a une option juste, une seule (« right: true »)."),
    "one-place": _l("Une question « place » nomme un endroit juste, un seul (« right: true »)."),
    "some-right": _l("Une question « multiple » a au moins une option juste (« right: true »)."),
}


def put_in_words(error: Mapping[str, Any]) -> Fault:
    """The fault that one error of pydantic stands for."""
    loc: Loc = loc_in_file(error["loc"])
    return Fault(loc, _sentence(error, str(loc[-1]) if loc else ""))


def _sentence(error: Mapping[str, Any], key: str) -> Any:
    kind, value, ctx = error["type"], _short(error.get("input")), error.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown(key, error.get("input"))
    if kind in ("literal_error", "union_tag_invalid"):
        return _choices(error, value, ctx)
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return _shape(ctx, value)
    if kind == "string_pattern_mismatch":
        sentence = _PATTERNS.get(key, _SLUG)
    else:
        sentence = (_TYPES | _LIMITS).get(kind) or _VALUES.get(str(ctx.get("error")))
    key = str(ctx.get("discriminator", key)).strip("'")
    facts = {"value": value, "key": key, "limit": _limit(ctx), "count": ctx.get("actual_length")}
    return str(sentence) % facts if sentence else error["msg"]


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _limit(ctx: Mapping[str, Any]) -> Any:
    return next((v for k, v in ctx.items() if k in ("ge", "le", "min_length", "max_length")), "?")


def _choices(error: Mapping[str, Any], value: str, ctx: Mapping[str, Any]) -> Any:
    if error["type"] == "union_tag_invalid":
        value, expected = str(ctx["tag"]), str(ctx["expected_tags"])
    else:
        expected = str(ctx["expected"])
    names = expected.replace("'", "").replace(" or ", ", ")
    return _l("« %(value)s » n’existe pas ici. Au choix : %(names)s.", value=value, names=names)


def _shape(ctx: Mapping[str, Any], value: str) -> Any:
    if ctx.get("class_name") == "Text":
        return _l("Écrivez ce texte dans les deux langues : {fr: …, en: …}.")
    return _l("Il faut ici des clés et des valeurs, pas « %(value)s ».", value=value)


def _unknown(key: str, value: Any) -> Any:
    if value is None:
        return _l(
            "« %(key)s » n’est pas une clé : entre accolades, un texte qui contient une virgule "
            "se met entre guillemets.",
            key=key,
        )
    near = nearest_key(key)
    if near is not None:
        return _l("La clé « %(key)s » est inconnue ; « %(near)s » ?", key=key, near=near)
    return _l("La clé « %(key)s » est inconnue ici.", key=key)


def nearest_key(key: str) -> str | None:
    """The known key that was perhaps meant by one that is not."""
    return next(iter(get_close_matches(key, _known_keys(), 1, 0.75)), None)


@cache
def _known_keys() -> tuple[str, ...]:
    models = json_schema()["$defs"].values()
    return tuple(sorted({name for model in models for name in model.get("properties", ())}))
