"""The blueprint of the pages that show several rooms."""

from flask import Blueprint

blueprint = Blueprint("pages", __name__)
