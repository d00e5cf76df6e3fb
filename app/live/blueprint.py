"""The blueprint of what happens live: boards, lessons, reports."""

from flask import Blueprint

blueprint = Blueprint("live", __name__)
