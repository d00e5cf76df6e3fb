"""The words of the jobs' pages: the way through studies, for students and for adults."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from app.pages.profile_words import STUDY_NAMES
from quizzes.jobs.catalogue import STUDIES, Studies

AFTER: Mapping[Studies, Any] = {
    "3e": _l("Après la 3e"),
    "bac": _l("Après le bac"),
    "bac2": _l("À bac + 2 ou 3"),
    "bac5": _l("À bac + 5"),
}
"""The rungs of the ladder, for students."""
WAYS: Mapping[Studies, Mapping[Studies, Any]] = {
    "3e": {
        "3e": _l("Un CAP en deux ans ou un bac pro en trois, au lycée ou en apprentissage."),
        "bac": _l("Tu peux travailler, ou continuer : une mention complémentaire, un BTS."),
        "bac2": _l("Avec un BTS, tu règles, tu améliores, tu formes les autres."),
        "bac5": _l("Ce n’est pas nécessaire. Les responsables d’atelier viennent aussi de là."),
    },
    "bac": {
        "3e": _l("Un bac pro ou technologique ; un bac général va aussi."),
        "bac": _l("Le bac, parfois une année de plus pour la spécialité."),
        "bac2": _l("Un BTS ou un BUT ouvre plus de portes, mais on commence sans."),
        "bac5": _l("Ce n’est pas nécessaire pour ce métier."),
    },
    "bac2": {
        "3e": _l("Un bac technologique, général ou pro : les trois mènent ici."),
        "bac": _l("Un BTS en deux ans ou un BUT en trois, souvent possible en apprentissage."),
        "bac2": _l("Le diplôme d’entrée. Une licence pro ajoute une spécialité."),
        "bac5": _l("On peut continuer plus tard : école d’ingénieurs, master."),
    },
    "bac5": {
        "3e": _l("Un bac général ou technologique ; après un bac pro, un BTS est un bon pont."),
        "bac": _l("Une licence, un BUT, une prépa ou une école qui prend après le bac."),
        "bac2": _l("Encore deux ou trois ans : master ou école, aussi en apprentissage."),
        "bac5": _l("Le diplôme d’entrée."),
    },
}
"""By the studies that a job asks for: what one does on each rung."""
ADULT_WAYS: Mapping[Studies, Sequence[tuple[Any, Any]]] = {
    "3e": (
        (
            _l("Titre professionnel"),
            _l(
                "De niveau 3 ou 4 (CAP, bac), souvent six à dix mois à plein temps, sans "
                "diplôme exigé à l’entrée."
            ),
        ),
        (
            _l("CQP de la branche"),
            _l(
                "Certificat de qualification professionnelle : quelques mois, en grande "
                "partie dans l’entreprise."
            ),
        ),
        (
            _l("Contrat de professionnalisation ou POE"),
            _l(
                "Une entreprise vous embauche et vous forme, ou vous prépare à l’emploi "
                "avant de vous embaucher."
            ),
        ),
    ),
    "bac": (
        (
            _l("Titre professionnel"),
            _l(
                "De niveau 4 (bac), souvent six à douze mois à plein temps dans un centre "
                "pour adultes."
            ),
        ),
        (
            _l("Le diplôme en formation continue"),
            _l("Dans un GRETA ou un centre privé, parfois réduit aux matières professionnelles."),
        ),
        (
            _l("CQP de la branche"),
            _l(
                "Certificat de qualification professionnelle : quelques mois, en grande "
                "partie dans l’entreprise."
            ),
        ),
    ),
    "bac2": (
        (
            _l("Titre professionnel"),
            _l("De niveau 5 (bac + 2), souvent huit à douze mois à plein temps."),
        ),
        (
            _l("BTS ou licence pro en formation continue"),
            _l(
                "Un à deux ans, en GRETA, à l’université ou au Cnam, le soir ou en "
                "alternance aussi."
            ),
        ),
        (
            _l("Depuis un poste d’ouvrier ou de technicien"),
            _l(
                "Beaucoup y arrivent par une promotion : l’entreprise forme, un CQP ou "
                "une VAE le reconnaît."
            ),
        ),
    ),
    "bac5": (
        (
            _l("Diplôme d’ingénieur ou master en formation continue"),
            _l("Deux à trois ans, au Cnam, à l’université ou en école, souvent à côté du travail."),
        ),
        (
            _l("Entrer sans le diplôme demandé"),
            _l(
                "La VAPP (validation des acquis professionnels et personnels) ouvre "
                "l’inscription sur dossier."
            ),
        ),
        (
            _l("Depuis un poste de technicien"),
            _l(
                "Avec de l’expérience, on accède au poste, puis on fait valider le "
                "diplôme par la VAE."
            ),
        ),
    ),
}
"""By the studies that a job asks for: how adults get there."""
VAE = (
    _l("VAE"),
    _l(
        "La validation des acquis de l’expérience donne le diplôme entier ou une partie, "
        "sans durée minimale d’activité depuis 2023. France VAE guide le dossier."
    ),
)
"""It is there for every diploma."""
NUMBER_WORDS = (_l("très peu"), _l("peu"), _l("un peu"), _l("assez"), _l("beaucoup"))
"""For a number from 1 to 7, in five steps."""


def ladder(studies: Studies, diploma: str) -> list[dict[str, Any]]:
    """The four rungs, with what one does on each and where the job's diploma is."""
    return [
        {
            "name": AFTER[rung],
            "says": WAYS[studies][rung],
            "diploma": diploma if rung == studies else "",
        }
        for rung in STUDIES
    ]


def adult_ways(studies: Studies) -> list[tuple[Any, Any]]:
    """How adults learn a job that asks for these studies."""
    return [*ADULT_WAYS[studies], VAE]


def say_number(number: float) -> Any:
    """How much of an area there is in a job."""
    return NUMBER_WORDS[min(len(NUMBER_WORDS) - 1, int((number - 1) / 6 * len(NUMBER_WORDS)))]


ADULT_STUDIES: Mapping[Studies, Any] = {
    "3e": _l("Niveau CAP ou bac pro"),
    "bac": _l("Niveau bac"),
    "bac2": STUDY_NAMES["bac2"],
    "bac5": STUDY_NAMES["bac5"],
}
