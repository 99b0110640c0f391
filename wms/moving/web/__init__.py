"""Moves in the browser: which are to do, and what is set aside."""

from wms.moving.web import aside, tasks
from wms.moving.web.blueprint import pages

__all__ = ["aside", "pages", "tasks"]
