"""Files of a draft, for those who may change it; published files never come this way."""

from flask import Response, abort, current_app, redirect
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from app.core.db import db
from app.people.access import anybody
from media.private import send_private
from media.storage import Absent
from tours.access import stand_in
from tours.models import TourAsset
from tours.player.blueprint import blueprint


@blueprint.get("/<tour>/media/<shard>/<key>/<path:name>")
@anybody
def private_file(tour: str, shard: str, key: str, name: str) -> Response | AnyResponse:
    """A file of one of the tour's assets, once the tour itself may be seen."""
    standing = stand_in(tour)
    if standing.is_published:
        return redirect(f"{current_app.extensions['settings'].media_url}/{shard}/{key}/{name}")
    query = select(TourAsset.asset_key).where(
        TourAsset.tour_id == standing.tour_id, TourAsset.asset_key == key
    )
    if db.session.execute(query).first() is None:
        abort(404)
    try:
        return send_private(current_app.extensions["storage"], key, name)
    except Absent:
        abort(404)
