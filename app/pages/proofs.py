"""The link that shows that a reward was earned: what, when, by which rule; never by whom."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.classes.visitors import remembered_visitor
from app.core.db import db
from app.core.errors import Refusal
from app.core.writer import write
from app.pages.blueprint import blueprint
from app.pages.rewards import page_of, rule_of, shown_reward
from app.people.access import anybody
from app.points.proofs import make_proof, read_proof, withdraw_proof


def my_visitor() -> int:
    """Whoever asks. Raises Refusal when nobody is known."""
    visitor = remembered_visitor()
    if visitor is None:
        raise Refusal("no_visitor", _("Ouvre d’abord un lieu de la visite."), status=409)
    return visitor


@blueprint.post("/rewards/<slug>/proof")
@anybody
def prove(slug: str) -> AnyResponse:
    """Make the link, on purpose."""
    shown_reward(slug)
    visitor = my_visitor()
    write(lambda tx: make_proof(tx, visitor, slug))
    flash(_("Le lien est prêt. Tu peux le retirer quand tu veux."), "done")
    return redirect(url_for("pages.reward", slug=slug, _anchor="proof"))


@blueprint.post("/rewards/<slug>/proof/withdraw")
@anybody
def withdraw(slug: str) -> AnyResponse:
    """Close the link: whoever has it sees nothing any more."""
    visitor = my_visitor()
    write(lambda tx: withdraw_proof(tx, visitor, slug))
    flash(_("Le lien est retiré : il ne montre plus rien à personne."), "done")
    return redirect(url_for("pages.reward", slug=slug, _anchor="proof"))


@blueprint.get("/proofs/<token>")
@anybody
def proof(token: str) -> AnyResponse:
    """What a link shows; 404 in kind words when it shows nothing."""
    proven = read_proof(db.session(), token)
    page = page_of(*shown_reward(proven.reward.slug))
    reply = make_response(
        render_template(
            "proof.html",
            reward=page,
            rule=rule_of(page),
            month=format_date(proven.earned_at, "MMMM y"),
            issuer=request.host,
        )
    )
    reply.headers["X-Robots-Tag"] = "noindex"
    return reply
