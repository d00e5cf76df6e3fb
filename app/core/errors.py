"""Errors as people and scripts see them: one shape, in the user's language, what to do next."""

import logging
from typing import Any

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import HTTPException

log = logging.getLogger(__name__)


class Refusal(Exception):
    """Something is refused for a reason the user can read.

    `code` is for scripts, `message` for people, `field` names the wrong input.
    """

    def __init__(
        self,
        code: str,
        message: Any,
        status: int = 400,
        field: str | None = None,
        problems: tuple[str, ...] = (),
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status
        self.field = field
        self.problems = problems


PAGES: dict[int, tuple[Any, Any]] = {
    400: (
        _l("La demande est incomplète"),
        _l("Rien n’est perdu. Reviens à la page précédente et recommence."),
    ),
    401: (_l("Il faut se connecter"), _l("Connectez-vous, puis recommencez.")),
    403: (_l("Cette page est fermée"), _l("Elle demande d’autres droits que les tiens.")),
    404: (
        _l("Cette page n’existe pas"),
        _l("L’adresse a peut-être changé. L’accueil mène à toutes les usines."),
    ),
    405: (_l("Cette page ne se demande pas ainsi"), _l("Reviens à l’accueil.")),
    409: (_l("Quelque chose a changé entre-temps"), _l("Recharge la page et recommence.")),
    413: (_l("Le fichier est trop lourd"), _l("Choisissez un fichier plus léger.")),
    415: (_l("Ce format n’est pas accepté"), _l("Choisissez un autre fichier.")),
    429: (_l("Trop d’essais à la fois"), _l("Attends une minute, puis recommence.")),
    500: (
        _l("Quelque chose s’est cassé de notre côté"),
        _l("Tes boulons sont gardés. Recharge la page dans un instant."),
    ),
    503: (_l("Le site se repose un instant"), _l("Tes boulons sont gardés. Reviens bientôt.")),
}


def wants_json() -> bool:
    """Whether a script asked, rather than a person."""
    if request.is_json or request.path == "/healthz":
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json"


def answer_error(
    status: int,
    code: str,
    message: str,
    field: str | None = None,
    what_to_do: str = "",
    template: str = "error.html",
) -> Response:
    """One refusal, as JSON or as a page."""
    if wants_json():
        body = jsonify(error={"code": code, "message": message, "field": field})
        return make_response(body, status)
    title = PAGES.get(status, PAGES[400])[0]
    page = render_template(
        template, code=status, title=title, message=message, what_to_do=what_to_do
    )
    return make_response(page, status)


def catch_errors(app: Flask) -> None:
    """Give every error of the app its answer. Never a stack trace, never a silent drop."""
    app.register_error_handler(Refusal, _answer_refusal)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_crash)


def _answer_refusal(error: Refusal) -> Response:
    return answer_error(error.status, error.code, str(error.message), error.field)


def _answer_http(error: HTTPException) -> Response:
    status = error.code or 500
    if error.response is not None or status < 400:
        return make_response(error.get_response())
    title, what_to_do = PAGES.get(status, PAGES[400 if status < 500 else 500])
    if wants_json():
        response = answer_error(status, error.name.lower().replace(" ", "_"), str(title))
    else:
        response = answer_error(status, str(status), str(title), what_to_do=str(what_to_do))
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response


def _answer_crash(_error: Exception) -> Response:
    log.error("unexpected error", exc_info=True)  # noqa: LOG014  Flask calls this while handling it
    title, what_to_do = PAGES[500]
    for template in ("error.html", "error_plain.html"):
        try:
            return answer_error(
                500, "internal_error", str(title), what_to_do=str(what_to_do), template=template
            )
        except Exception:
            log.exception("the error page failed too")
    return Response("Déambule: error 500", 500, mimetype="text/plain")
