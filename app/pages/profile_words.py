"""The words of the profiler's pages: areas, bands, families, studies."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from quizzes.jobs.catalogue import Family, Studies
from quizzes.profiler.areas import Area
from quizzes.profiler.matching import Band

AREA_NAMES: Mapping[Area, tuple[Any, Any]] = {
    "R": (_l("Faire"), _l("Manipuler, réparer, construire, conduire des machines.")),
    "I": (_l("Comprendre"), _l("Observer, mesurer, chercher pourquoi, résoudre.")),
    "A": (_l("Créer"), _l("Imaginer, dessiner, écrire, donner une forme.")),
    "S": (_l("Aider"), _l("Écouter, expliquer, soigner, accompagner.")),
    "E": (_l("Entreprendre"), _l("Convaincre, décider, mener un projet.")),
    "C": (_l("Mettre en ordre"), _l("Ranger, vérifier, compter, suivre un ordre.")),
}
"""A verb for each of Holland's areas, and what it covers."""
BANDS: Mapping[Band, tuple[Any, Any]] = {
    "strong": (
        _l("Très proches de tes goûts"),
        _l("Ce que tu aimes y est presque tous les jours."),
    ),
    "good": (_l("Proches de tes goûts"), _l("Une bonne part de ce que tu aimes s’y retrouve.")),
    "explore": (
        _l("À explorer"),
        _l("Plus loin de tes réponses : pour voir plus large, et parce qu’un goût se découvre."),
    ),
}
FAMILY_NAMES: Mapping[Family, Any] = {
    "production": _l("Production"),
    "maintenance": _l("Maintenance"),
    "quality": _l("Qualité et sécurité"),
    "laboratory": _l("Laboratoire"),
    "design": _l("Conception"),
    "logistics": _l("Logistique et achats"),
    "support": _l("Autour de l’atelier"),
}
STUDY_NAMES: Mapping[Studies, Any] = {
    "3e": _l("Après la 3e : CAP ou bac pro"),
    "bac": _l("Autour du bac"),
    "bac2": _l("Bac + 2 ou 3"),
    "bac5": _l("Bac + 5"),
}
LONGEST: Mapping[Studies, Any] = {
    "3e": _l("CAP ou bac pro"),
    "bac": _l("jusqu’au bac"),
    "bac2": _l("jusqu’à bac + 3"),
    "bac5": _l("toutes les durées"),
}
