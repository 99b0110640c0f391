"""Sheets and printers for machines: what waits, what became of it; a bench agent takes sheets and says what it did."""

from wms.printing.api import agents, answers, jobs, printers
from wms.printing.api.shapes import api

__all__ = ["agents", "answers", "api", "jobs", "printers"]
