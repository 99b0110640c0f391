"""What people and the house do with counts: ask, claim, hand in, judge, book."""

from wms.counting.actions.asking import NoSuchCount, ask, cancel
from wms.counting.causes import Cause

__all__ = ["Cause", "NoSuchCount", "ask", "cancel"]
