"""Returns, for people in the office: which there are, what came of each, announce one, call one off."""

from wms.returns.web import announcing, parcels
from wms.returns.web.blueprint import pages

__all__ = ["announcing", "pages", "parcels"]
