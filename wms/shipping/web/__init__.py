"""How people reach labels, parcels and trucks, and what they set up for shipping."""

from wms.shipping.web import acts, hooks, labels, lists, settings, trucks
from wms.shipping.web.blueprint import pages

__all__ = ["acts", "hooks", "labels", "lists", "pages", "settings", "trucks"]
