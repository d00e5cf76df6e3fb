"""Questions of whole tours need no view, and what counts for a challenge can be completed."""

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from tours.bundles.graph import hotspots_of
from tours.bundles.problems import Fault
from tours.bundles.tour import TourFile


def question_faults(tour: TourFile) -> Iterator[Fault]:
    """Places to point at where there is no view; ways that would count for a challenge."""
    for number, question in enumerate(tour.questions):
        if getattr(question, "type", "") == "place":
            sentence = _l("Montrer un endroit demande une vue : posez la question dans une scène.")
            yield Fault(("questions", number, "type"), sentence)
    for loc, _scene, hotspot in hotspots_of(tour):
        if hotspot.kind == "link" and hotspot.challenges:
            sentence = _l("Un passage ne compte pour aucun défi : retirez « challenges ».")
            yield Fault((*loc, "challenges"), sentence)
