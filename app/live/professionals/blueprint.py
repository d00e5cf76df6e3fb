"""The blueprint of the pages of professionals, and of the organiser's approvals."""

from flask import Blueprint

blueprint = Blueprint("professionals", __name__)
