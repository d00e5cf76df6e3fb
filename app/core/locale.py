"""Languages: French first, English complete. A choice is remembered in the session."""

from flask import Flask, has_request_context, request, session
from flask_babel import Babel, get_locale

LANGUAGES = ("fr", "en")
KNOWN = "deambule.language"
"""Asked for a hundred times a page, answered once."""


def choose_language() -> str:
    """The visitor's choice, else the browser's wish, else French."""
    if not has_request_context():
        return LANGUAGES[0]
    known: str | None = request.environ.get(KNOWN)
    if known is None:
        known = request.environ[KNOWN] = _choose()
    return known


def _choose() -> str:
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def current_language() -> str:
    """`fr` or `en`."""
    locale = get_locale()
    return locale.language if locale is not None else LANGUAGES[0]


def speak(app: Flask) -> None:
    """Make the app speak the visitor's language."""
    app.config["BABEL_DEFAULT_LOCALE"] = LANGUAGES[0]
    Babel(app, locale_selector=choose_language)
    app.jinja_env.globals["locale"] = LocalProxyLanguage()


class LocalProxyLanguage:
    """`{{ locale }}` in templates."""

    def __str__(self) -> str:
        return current_language()

    def __eq__(self, other: object) -> bool:
        return str(self) == other

    __hash__ = None  # type: ignore[assignment]  # a moving value has no hash
