"""How people build waves: the page with filters and a preview, and the buttons that plan, cancel and leave out."""

from wms.waves.web import acts, building
from wms.waves.web.blueprint import pages

__all__ = ["acts", "building", "pages"]
