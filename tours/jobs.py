"""The work of the worker for tours."""

from pathlib import Path

from flask_babel import gettext as _
from sqlalchemy import select

from app.core.db import db
from app.core.errors import Refusal
from app.core.jobs import Running
from app.people.models import Account
from tours.access import may_edit_factory
from tours.bundles.factory import FactoryFile
from tours.bundles.importing import import_bundle as bring_in
from tours.bundles.problems import BadBundle
from tours.bundles.tour import TourFile
from tours.imports.arriving import arriving
from tours.models import Factory

SHOWN_PROBLEMS = 200


def import_bundle(job: Running) -> None:
    """Import the zip at `path` for the member of staff `account_id`, as a draft.

    Raises Refusal with every problem; the zip is kept until it is in, so that one may try again.
    """
    path = Path(job.arguments["path"])
    account_id = job.arguments["account_id"]

    def allow(factory: FactoryFile, _tour: TourFile) -> None:
        refuse_stranger(factory.slug, account_id)

    try:
        with arriving(path) as arrival:
            imported = bring_in(
                arrival.folder,
                as_draft=True,
                owner_id=account_id,
                allow=allow,
                progress=job.report,
            )
    except BadBundle as bad:
        name = job.arguments.get("name", path.name)  # the one that its author gave it
        problems = tuple(
            str(problem).replace(path.name, name) for problem in bad.problems[:SHOWN_PROBLEMS]
        )
        raise Refusal(
            "bad_bundle", _("Le dossier n’est pas importé."), 422, None, problems
        ) from bad
    job.conclude(
        _("La visite « %(slug)s » est là.", slug=imported.slug),
        [*arrival.lost, *map(str, imported.problems)][:SHOWN_PROBLEMS],
    )
    path.unlink(missing_ok=True)


def refuse_stranger(factory_slug: str, account_id: int) -> None:
    """Raise Refusal when the factory is there and not this member of staff's to change."""
    session = db.session()
    factory_id = session.scalar(select(Factory.id).where(Factory.slug == factory_slug))
    account = session.get(Account, account_id)
    if account is None or account.role not in ("author", "organiser"):
        raise Refusal("not_yours", _("Ce compte ne peut rien importer."), 403)
    if factory_id is not None and not may_edit_factory(session, account, factory_id):
        raise Refusal("not_yours", _("Cette usine est celle d’une autre équipe."), 403)
