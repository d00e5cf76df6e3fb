"""What a page sends as evidence: JSON from its script, or the fields of a plain form."""

from typing import Annotated, Any

from flask import request
from flask_babel import gettext as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.core.errors import Refusal
from tours.content import HotspotContent
from tours.kinds.base import Evidence

FORM_FLAGS = ("opened", "read", "followed")
BODY_BYTES = 64 * 1024
"""More than any evidence needs; what is larger is refused before it is read."""


class Look(BaseModel):
    """Where a visitor looks: degrees."""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)

    yaw: Annotated[float, Field(ge=-360, le=360)]
    pitch: Annotated[float, Field(ge=-90, le=90)]
    hfov: Annotated[float, Field(ge=1, le=360)] = 100.0


def read_evidence(hotspot: HotspotContent) -> Evidence:
    """The evidence in this request, as the hotspot's kind wants it.

    Raises Refusal (422) when it has another shape.
    """
    given = read_body() if request.is_json else _read_form()
    given.pop("scene", None)
    try:
        evidence: Evidence = hotspot.kind.read_evidence(given)
    except ValidationError as error:
        location = error.errors()[0]["loc"]
        field = str(location[0]) if location else None
        raise Refusal("bad_evidence", _("Réponds avant d’envoyer."), 422, field) from None
    return evidence


def read_look() -> Look:
    """The view in this request. Raises Refusal (422)."""
    try:
        return Look.model_validate(read_body())
    except ValidationError:
        raise Refusal("bad_view", _("Cette direction n’existe pas."), 422) from None


def read_body() -> dict[str, Any]:
    """The JSON object of this request. Raises Refusal (422) for anything else."""
    request.max_content_length = BODY_BYTES
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise Refusal("bad_body", _("La demande est incomplète."), 422)
    return body


def _read_form() -> dict[str, Any]:
    """Form fields as evidence: flags are true by their presence, answers may be several."""
    form = request.form
    given: dict[str, Any] = {name: True for name in FORM_FLAGS if name in form}
    if "answer" in form:
        given["answer"] = form.getlist("answer")
    if "riddle" in form:
        given["riddle"] = form["riddle"]
    return given
