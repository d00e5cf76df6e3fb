"""Passwords: hashed in a thread, and refused when anybody would guess them."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import gettext as _
from gevent import get_hub

SHORTEST = 10
LONGEST = 200
COMMON = frozenset(
    """
    0123456789 0987654321 1029384756 1111111111 1122334455 1234512345 1234567890 12345678910
    1234567891 123456789a 1q2w3e4r5t 1qaz2wsx3edc 2222222222 5555555555 9876543210 987654321a
    aaaaaaaaaa abcdefghij abcd123456 abcdefg123 administrateur administrator administration
    admin12345 azerty1234 azerty12345 azerty123456 azertyuiop azertyuiop123 bienvenue1
    bienvenue123 bonjour123 bonjour1234 bonjourbonjour changeme123 chocolat123 college123
    deambule123 doudou1234 doudoudoudou education1 football123 iloveyou12 jetaime123 jetaimejetaime
    letmein123 loulou1234 louloulouloul lycee12345 marseille13 marseille1 michael123 monmotdepasse
    motdepasse motdepasse1 motdepasse12 motdepasse123 nicolas123 olympique13 password01 password10
    password11 password12 password123 password1234 passw0rd123 pokemon123 princesse1 princesse123
    professeur professeur1 professeur123 q1w2e3r4t5 qwerty1234 qwerty12345 qwerty123456 qwertyuiop
    qwertyuiop123 raspberry1 sauvegarde secret1234 soleil1234 soleil12345 starwars123 sunshine123
    superman123 thomas1234 trustno1234 vacances123 welcome123 welcome1234
    """.split()  # noqa: SIM905  words, not code
)
"""Long enough, and among the first that anybody tries."""

_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """The argon2 hash of a password, computed in a thread: it is slow on purpose."""
    hashed: str = get_hub().threadpool.apply(_hasher.hash, (password,))
    return hashed


def is_right(hashed: str, password: str) -> bool:
    """Whether the password fits; it takes as long when there is nothing to fit."""
    right: bool = get_hub().threadpool.apply(_fits, (hashed or _nobody(), password))
    return right


def _fits(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    """A hash that no password fits: checking it takes as long as checking a real one."""
    return _hasher.hash(secrets.token_hex())


def fault_of(password: str, email: str = "") -> str | None:
    """What is wrong with a password somebody wants, as a sentence; None when nothing is."""
    plain = password.strip().lower()
    if len(plain) < SHORTEST:
        return str(_("Il faut au moins %(count)d caractères.", count=SHORTEST))
    if len(password) > LONGEST:
        return str(_("C’est trop long : %(count)d caractères au plus.", count=LONGEST))
    if plain in COMMON or len(set(plain)) < 4:
        return str(
            _("Ce mot de passe est parmi les premiers qu’on essaie. Choisissez-en un autre.")
        )
    if email and plain in (email, email.partition("@")[0]):
        return str(_("Le mot de passe ne peut pas être votre adresse."))
    return None
