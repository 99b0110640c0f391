"""Counts, for machines: ask for one, see what came of it, judge it. Never what is expected while somebody counts."""

from wms.counting.api import counts
from wms.counting.api.blueprint import api

__all__ = ["api", "counts"]
