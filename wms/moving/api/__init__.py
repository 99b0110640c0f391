"""Moves that somebody has to do, for machines: ask for one, see how it goes, take it back."""

from wms.moving.api import tasks
from wms.moving.api.blueprint import api

__all__ = ["api", "tasks"]
