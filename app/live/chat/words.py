"""What the script of a room says, in the visitor's language."""

from typing import Any

from flask_babel import gettext as _

from app.classes.classrooms import LEVELS


def mode_names() -> dict[str, str]:
    """The modes of a room, as those who lead it read them."""
    return {
        "approved": _("Tout est relu d’abord"),
        "questions": _("Questions seulement"),
        "slow": _("Au ralenti"),
        "paused": _("En pause"),
        "read_only": _("Lecture seule"),
    }


def report_reasons() -> dict[str, str]:
    """Why somebody reports a message."""
    return {
        "hurts": _("C’est blessant"),
        "personal": _("Il y a une information personnelle"),
        "strange": _("Ça me met mal à l’aise"),
        "other": _("Autre chose"),
    }


def filter_reasons() -> dict[str, str]:
    """What the filter found, as those who decide read it."""
    return {
        "telephone": _("numéro de téléphone"),
        "email": _("adresse e-mail"),
        "address": _("adresse postale"),
        "handle": _("compte"),
        "link": _("lien"),
        "elsewhere": _("invitation à continuer ailleurs"),
        "insult": _("mot qui blesse"),
        "personal": _("information personnelle"),
        "distress": _("détresse"),
        "abuse": _("quelqu’un fait du mal"),
        "violence": _("menace de violence"),
        "button": _("un adulte a touché « Alerte »"),
    }


def page_words() -> dict[str, Any]:
    """All of them, by the names that static/js/room.js uses."""
    return {
        "levels": {code: str(name) for code, name in LEVELS.items()},
        "roles": _roles(),
        "phases": _phases(),
        "notices": _notices(),
        "why": _why_not(),
        "news": {
            "question": _("Nouvelle question : {text}"),
            "answer": _("{name} répond : {text}"),
            "follow": _("{name} ajoute : {text}"),
            "notice": _("{name} dit à tous : {text}"),
        },
        "filter": filter_reasons(),
        "report_reasons": report_reasons(),
        **_short(),
    }


def _roles() -> dict[str, str]:
    return {
        "student": _("élève"),
        "professional": _("professionnel"),
        "guest": _("invité"),
        "teacher": _("professeur"),
        "moderator": _("modérateur"),
        "organiser": _("équipe"),
    }


def _phases() -> dict[str, str]:
    return {
        "waiting": _("Bientôt"),
        "open": _("En direct"),
        "approved": _("En direct"),
        "questions": _("En direct"),
        "slow": _("En direct, au ralenti"),
        "paused": _("En pause"),
        "read_only": _("Lecture seule"),
        "closed": _("Terminée"),
        "written": _("Boîte à questions"),
    }


def _notices() -> dict[str, str]:
    return {
        "waiting": _("Ça commence bientôt. Prépare ta question : elle est relue dès maintenant."),
        "waiting_adult": _(
            "Ça commence bientôt. Les élèves préparent leurs questions, qui sont déjà relues."
        ),
        "last_call": _("Dernières questions : la discussion se termine bientôt."),
        "slow": _("Au ralenti : une question par minute et par élève."),
        "closed": _("La discussion est terminée. Merci à tous : tout reste lisible ici."),
        "written": _("Pose ta question : les réponses arriveront sur cette page."),
        "class_paused": _(
            "Ton professeur s’est absenté : la discussion attend, ce que tu écris est gardé."
        ),
        "class_away": _("Ton professeur n’est plus là : la discussion va faire une pause."),
        "adult_lost": _("Sans son professeur, une classe attend : n° {numbers}."),
    }


def _why_not() -> dict[str, str]:
    return {
        "closed": _("La discussion est terminée."),
        "paused": _("La discussion est en pause : ce que tu écris est gardé."),
        "read_only": _("On peut lire, et plus écrire."),
        "class_paused": _("On attend ton professeur : ce que tu écris est gardé."),
        "pending": _("Une question à la fois : tu peux la reformuler ou la reprendre."),
    }


def _short() -> dict[str, str]:
    return {
        "claimed": _("{name} y répond"),
        "place": _("dans la visite"),
        "class_itself": _("La classe"),
        "erased": _("(effacé)"),
        "many_news": _("{count} nouveaux messages"),
        "send": _("Envoyer"),
        "send_again": _("Renvoyer"),
        "rewording": _("Tu reformules ta question."),
        "following": _("Une petite suite à la réponse :"),
        "too_long": _("Plus court : {most} signes au plus."),
        "voted": _("Ta voix est ajoutée."),
        "reported": _("Un adulte regarde. Merci."),
        "away": _("La ligne est coupée : ce qui est écrit est gardé et partira tout seul."),
        "unheard": _(
            "Le réseau manque : ce n’est peut-être pas parti. À vérifier dans un instant."
        ),
        "dead": _("Cette page n’est plus ouverte : il suffit de la recharger."),
        "answer_sent": _("Réponse publiée."),
        "answer_held": _("Votre réponse attend d’être relue par un autre adulte."),
        "shown": _("La classe voit la carte « Regarder »."),
        "alerted": _("Prévenus. Ils prennent la suite."),
        "shows": _("{name} montre {title}"),
        "look": _("Regarder"),
        "with": _("avec {names}"),
        "with_nobody": _("on attend les professionnels"),
        "students_none": _("aucun élève"),
        "students_one": _("{count} élève"),
        "students_other": _("{count} élèves"),
        "begins_in": _("dans {minutes} min"),
        "ends_in": _("encore {minutes} min"),
        "approve_all": _("Tout publier ({count})"),
        "seen_by": _("{name} s’en occupe."),
        "oldest": _("La plus ancienne attend depuis {seconds} s"),
        "done": _("C’est noté."),
        "unmute": _("Rendre la parole"),
        "readmit": _("Laisser revenir"),
        "muted": _("lecture seule"),
        "out": _("dehors"),
    }
