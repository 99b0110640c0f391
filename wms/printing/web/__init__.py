"""Printers and sheets, in the browser."""

from wms.printing.web import pictures, printers, sheets
from wms.printing.web.blueprint import pages

__all__ = ["pages", "pictures", "printers", "sheets"]
