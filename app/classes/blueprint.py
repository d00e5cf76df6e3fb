"""The blueprint of classes: doors, places, and the teacher's side of them."""

from flask import Blueprint

blueprint = Blueprint("classes", __name__)
