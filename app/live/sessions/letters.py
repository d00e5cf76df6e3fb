"""What is written about sessions: to teachers, in the hour of their class; to who answers there."""

from dataclasses import dataclass

from flask_babel import gettext as _

from app.people.letters import Letter


@dataclass(frozen=True)
class About:
    """The session that a letter is about, in the language and on the clocks of who reads it."""

    subject: str
    when: str
    """Day, hour and zone."""
    url: str
    classroom: str = ""
    """The class's name; empty for those who have none there."""
    is_written: bool = False
    has_begun: bool = False
    """Nobody books any more."""
    room: str = ""
    """Where it takes place."""


def _facts(about: About) -> tuple[str, ...]:
    if about.is_written:
        when = _("La boîte à questions ouvre le %(when)s.", when=about.when)
    else:
        when = _("La rencontre a lieu le %(when)s.", when=about.when)
    return (when, _("Classe : %(name)s.", name=about.classroom)) if about.classroom else (when,)


def booked(about: About) -> Letter:
    """The class has its place."""
    return Letter(
        _("Réservé : %(subject)s", subject=about.subject),
        (_("Votre classe a sa place."), *_facts(about)),
        about.url,
        _("Voir la rencontre"),
        _("Vous ne pouvez pas venir ? Annulez sur cette page : une autre classe attend."),
    )


def waiting(about: About) -> Letter:
    """The class is in the waiting list."""
    return Letter(
        _("En liste d’attente : %(subject)s", subject=about.subject),
        (
            _("Toutes les places sont prises. Votre classe est sur la liste d’attente."),
            *_facts(about),
        ),
        about.url,
        _("Voir la rencontre"),
        _("Une place qui se libère va à qui attend depuis le plus longtemps : un mail le dira."),
    )


def promoted(about: About) -> Letter:
    """A place was freed: it is theirs."""
    return Letter(
        _("Une place pour vous : %(subject)s", subject=about.subject),
        (_("Une place s’est libérée : elle est à votre classe."), *_facts(about)),
        about.url,
        _("Voir la rencontre"),
        _("Vous ne pouvez pas venir ? Annulez sur cette page : une autre classe attend."),
    )


def given_back(about: About) -> Letter:
    """The class has given its place back."""
    return Letter(
        _("Place rendue : %(subject)s", subject=about.subject),
        (_("Votre classe a rendu sa place dans cette rencontre."), *_was(about)),
        about.url,
        _("Voir la rencontre"),
        "" if about.has_begun else _("Vous pouvez réserver de nouveau tant qu’il reste une place."),
    )


def without_class(about: About) -> Letter:
    """No class is left, and the session is still offered."""
    open_still = _("La rencontre reste ouverte : une autre classe peut encore réserver.")
    return Letter(
        _("Plus de classe : %(subject)s", subject=about.subject),
        (
            _("Plus aucune classe n’est inscrite."),
            *_facts(about),
            *(() if about.has_begun else (open_still,)),
        ),
        about.url,
        _("Voir la rencontre"),
    )


def corrected(about: About) -> Letter:
    """Another invitation takes the place of this one."""
    return Letter(
        _("Invitation corrigée : %(subject)s", subject=about.subject),
        (
            _("Une nouvelle invitation prend la place de celle-ci, avec un nouveau lien."),
            *_was(about),
        ),
        about.url,
        _("Voir l’ancienne"),
    )


def cancelled(about: About) -> Letter:
    """It does not take place."""
    return Letter(
        _("Annulé : %(subject)s", subject=about.subject),
        (_("Cette rencontre n’aura pas lieu."), *_was(about)),
        about.url,
        _("Voir la rencontre"),
    )


def _was(about: About) -> tuple[str, ...]:
    when = _("Elle était prévue le %(when)s.", when=about.when)
    return (when, _("Classe : %(name)s.", name=about.classroom)) if about.classroom else (when,)


def moved(about: About) -> Letter:
    """It takes place at another hour."""
    return Letter(
        _("Nouvel horaire : %(subject)s", subject=about.subject),
        (_("L’horaire a changé."), *_facts(about)),
        about.url,
        _("Voir la rencontre"),
    )


def reminder(about: About) -> Letter:
    """It is for tomorrow."""
    if about.is_written:
        lines: tuple[str, ...] = (_("Les questions partent bientôt à l’usine."), *_facts(about))
        return Letter(
            _("Bientôt : %(subject)s", subject=about.subject),
            lines,
            about.url,
            _("Voir l’échange"),
        )
    return Letter(
        _("Demain : %(subject)s", subject=about.subject),
        (_("La rencontre est pour bientôt."), *_facts(about)),
        about.room,
        _("Ouvrir la salle"),
        _("La salle d’attente est ouverte avant l’heure : arrivez cinq minutes plus tôt."),
    )


def approved(about: About) -> Letter:
    """The guests may come."""
    return Letter(
        _("Approuvé : %(subject)s", subject=about.subject),
        (_("Votre invité peut venir : son lien marche maintenant."), *_facts(about)),
        about.url,
        _("Voir la rencontre"),
    )


def refused(about: About) -> Letter:
    """The guests may not come."""
    return Letter(
        _("Non approuvé : %(subject)s", subject=about.subject),
        (_("L’organisation n’a pas approuvé cette rencontre. Son lien ne marche pas."),),
        about.url,
        _("Voir la rencontre"),
    )


def to_approve(about: About) -> Letter:
    """A teacher wants to invite somebody."""
    return Letter(
        _("À approuver : %(subject)s", subject=about.subject),
        (_("Un professeur vérifié invite quelqu’un dans sa classe."), *_facts(about)),
        about.url,
        _("Répondre à la demande"),
    )
