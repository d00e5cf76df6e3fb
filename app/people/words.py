"""What several pages of the staff say alike."""

from flask_babel import lazy_gettext as _l

LAST_ORGANISER = _l(
    "C’est le dernier compte d’organisation : le site n’aurait plus personne pour l’ouvrir. "
    "Invitez d’abord quelqu’un d’autre."
)
ROLE_NAMES = {
    "teacher": _l("Professeur"),
    "professional": _l("Professionnel"),
    "author": _l("Auteur"),
    "moderator": _l("Modérateur"),
    "organiser": _l("Organisateur"),
}
