"""Languages: French first, English complete. A choice is remembered in the session."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from babel.support import NullTranslations, Translations
from flask import Flask, has_request_context, request, session
from flask_babel import Babel

LANGUAGES = ("fr", "en")
WRITTEN = {"fr": "fr", "en": "en_GB"}
"""As dates and numbers are written: 3 April is 03/04, in Britain as in France."""
_spoken: ContextVar[str] = ContextVar("spoken", default=LANGUAGES[0])
KNOWN = "deambule.language"
"""Asked for a hundred times a page, answered once."""


def choose_language() -> str:
    """The visitor's choice, else the browser's wish, else French; in a command, its user's."""
    if not has_request_context():
        return _spoken.get()
    known: str | None = request.environ.get(KNOWN)
    if known is None:
        known = request.environ[KNOWN] = _choose()
    return known


def _choose() -> str:
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Outside of requests: speak this language while the block runs; an unknown one is French."""
    token = _spoken.set(language if language in LANGUAGES else LANGUAGES[0])
    try:
        yield
    finally:
        _spoken.reset(token)


def language_of_terminal() -> str:
    """What the user of a command reads: English where the terminal says so, else French."""
    told = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next((name for name in told if name), "")[:2]


def current_language() -> str:
    """`fr` or `en`."""
    return choose_language()


def speak(app: Flask, timezone: str) -> None:
    """Make the app speak the visitor's language, and tell the time of a zone."""
    app.config["BABEL_DEFAULT_TIMEZONE"] = timezone
    app.config["BABEL_DEFAULT_LOCALE"] = LANGUAGES[0]
    Babel(app, locale_selector=lambda: WRITTEN[choose_language()])
    app.jinja_env.globals["locale"] = LocalProxyLanguage()
    translate_templates(app)


def translate_templates(app: Flask) -> None:
    """Give templates their sentences by a single look: a page has some dozens of them."""
    folder = Path(app.root_path) / "translations"
    catalogues = {spoken: Translations.load(folder, [spoken]) for spoken in LANGUAGES}

    def catalogue() -> NullTranslations:
        return catalogues[choose_language()]

    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # Babel adds it
        gettext=lambda text: catalogue().ugettext(text),
        ngettext=lambda one, many, count: catalogue().ungettext(one, many, count),
        newstyle=True,
    )


class LocalProxyLanguage:
    """`{{ locale }}` in templates."""

    def __str__(self) -> str:
        return current_language()

    def __eq__(self, other: object) -> bool:
        return str(self) == other

    __hash__ = None  # type: ignore[assignment]  # a moving value has no hash
