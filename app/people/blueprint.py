"""The blueprint of the staff's pages."""

from flask import Blueprint

blueprint = Blueprint("people", __name__)
