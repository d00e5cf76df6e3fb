"""The blueprint of the player's pages and posts."""

from flask import Blueprint

from quizzes.jobs.catalogue import catalogue

blueprint = Blueprint("player", "tours.player", url_prefix="/tours", template_folder="../templates")


@blueprint.app_template_test("known_job")
def is_known_job(rome: str) -> bool:
    """Whether there is a page of the job with this ROME code."""
    return rome in catalogue().by_rome
