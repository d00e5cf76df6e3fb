"""The texts of the house, its languages, and what it says to robots."""

from flask import Response, abort, redirect, render_template, request, session
from werkzeug.wrappers import Response as AnyResponse

from app.core.locale import LANGUAGES
from app.pages.blueprint import blueprint
from app.people.access import anybody


@blueprint.post("/language/<language>")
@anybody
def language(language: str) -> AnyResponse:
    """Choose a language and stay where one is."""
    if language not in LANGUAGES:
        abort(404)
    session["language"] = language
    back = request.form.get("next", "/")
    is_ours = back.startswith("/") and not back.startswith(("//", "/\\"))
    return redirect(back if is_ours else "/")


@blueprint.get("/about")
@anybody
def about() -> str:
    """What Déambule is."""
    return render_template("about.html")


@blueprint.get("/privacy")
@anybody
def privacy() -> str:
    """What is held of whom, how long."""
    return render_template("privacy.html")


@blueprint.get("/accessibility")
@anybody
def accessibility() -> str:
    """What works for whom, and what does not yet."""
    return render_template("accessibility.html")


@blueprint.get("/robots.txt")
@anybody
def robots() -> Response:
    """Pages that make a visitor are not for robots."""
    return Response("User-agent: *\nDisallow: /tours/\nDisallow: /me\n", mimetype="text/plain")
