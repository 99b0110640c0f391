"""Pages over several processes, one module a page."""

from flask import Blueprint

pages = Blueprint("desk", __name__)
