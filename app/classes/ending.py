"""Erasing one student, or the whole class, by a teacher who is sure."""

from flask import current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.classes.blueprint import blueprint
from app.classes.chairs import changeable, stand_up
from app.classes.codes import clean_code
from app.classes.erasing import erase_classroom
from app.classes.students import erase_student, student_of
from app.core.db import db
from app.core.errors import Refusal
from app.core.privacy import PrivacyRegistry
from app.core.writer import write
from app.people.access import anybody


@blueprint.post("/classes/<slug>/students/<int:student>/erase")
@anybody
def erase_one_student(slug: str, student: int) -> AnyResponse:
    """Erase all that is kept of a student; the class keeps the sums."""
    classroom_id = changeable(slug).classroom.id
    name = student_of(db.session(), classroom_id, student).pseudonym
    if request.form.get("sure") != "yes":
        raise Refusal("not_sure", _("Cochez la case pour confirmer : rien n’est effacé."), 422)
    registry: PrivacyRegistry = current_app.extensions["privacy"]
    write(lambda tx: erase_student(tx, registry, classroom_id, student))
    flash(_("Il ne reste rien de %(name)s, sauf dans les totaux.", name=name), "done")
    return redirect(url_for("classes.settings", slug=slug))


@blueprint.post("/classes/<slug>/erase")
@anybody
def erase_class(slug: str) -> AnyResponse:
    """Erase the class with all its students, when its code was typed."""
    classroom = changeable(slug).classroom
    if clean_code(request.form.get("code", "")[:40]) != classroom.code:
        told = _("Ce n’est pas le code de la classe : rien n’est effacé.")
        raise Refusal("not_sure", told, 422, "code")
    erase_classroom(current_app.extensions["privacy"], classroom.id)
    stand_up(slug)
    flash(_("La classe est effacée. Il n’en reste que des nombres, sans nom."), "done")
    return redirect(url_for("classes.classes"))
