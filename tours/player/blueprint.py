"""The blueprint of the player's pages and posts."""

from flask import Blueprint

blueprint = Blueprint("player", "tours.player", url_prefix="/tours", template_folder="../templates")
