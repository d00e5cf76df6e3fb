"""Before the first session: the charter, the briefing, the practice room.

All three may be read by anybody: families want to know how the adults of a chat are prepared, and
guests, who have no account, prepare themselves there too.
"""

from flask import current_app, flash, redirect, render_template
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.core.db import db
from app.core.locale import choose_language
from app.core.writer import write
from app.live.chat.wording import wording
from app.live.professionals.blueprint import blueprint
from app.live.professionals.profile import find_profile
from app.live.professionals.vetting import accept_charter, note_practice
from app.live.sessions.models import Professional
from app.people.access import anybody, current_staff, staff


def _own_row() -> tuple[bool, Professional | None]:
    """Whether a professional is logged in, and what they said."""
    account = current_staff()
    if account is None or account.role != "professional":
        return False, None
    return True, find_profile(db.session(), account.id)


@blueprint.get("/professionals/charter")
@anybody
def charter() -> str:
    """What a professional promises to children and their families."""
    is_mine, row = _own_row()
    days, said = current_app.extensions["settings"].chat_days, wording()
    return render_template(
        "professionals/charter.html",
        is_mine=is_mine,
        accepted_at=row.charter_at if row else None,
        title=said.charter.title.say(choose_language()),
        promises=said.promises(choose_language(), days),
        accept=said.charter.accept.say(choose_language()),
    )


@blueprint.post("/professionals/charter")
@staff("professional")
def accept() -> Response:
    """Accept the charter."""
    account_id = current_user.id
    write(lambda tx: accept_charter(tx, account_id))
    flash(_("Merci : la charte est acceptée."), "done")
    return redirect("/professionals/me", 303)


@blueprint.get("/professionals/briefing")
@anybody
def briefing() -> str:
    """How a room goes, on one page that can be printed."""
    return render_template("professionals/briefing.html", is_mine=_own_row()[0])


@blueprint.get("/professionals/practice")
@anybody
def practice() -> str:
    """A room without anybody else: three questions of a class that does not exist."""
    is_mine, row = _own_row()
    first_name = row.first_name if row else ""
    is_done = row is not None and row.practised_at is not None
    return render_template(
        "professionals/practice.html", is_mine=is_mine, is_done=is_done, first_name=first_name
    )


@blueprint.post("/professionals/practice")
@staff("professional")
def practised() -> Response:
    """Note that I have practised."""
    account_id = current_user.id
    write(lambda tx: note_practice(tx, account_id))
    flash(_("Bravo : vous savez comment une salle se passe."), "done")
    return redirect("/professionals/me", 303)
