"""Bins from a file."""

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from wms.bins.imports import BINS
from wms.bins.sheet import BinRow
from wms.bins.web.blueprint import pages
from wms.kernel.import_page import ImportPage
from wms.people.policy import LEADS, allow

PAGE: ImportPage[BinRow] = ImportPage(BINS, "bins/import.html", "bins.look_at_bins", "bins.bins")


@pages.get("/bins/import")
@allow(*LEADS)
def import_bins() -> Response:
    """Ask for bins.csv, or a workbook like it."""
    return PAGE.ask()


@pages.post("/bins/import")
@allow(*LEADS)
def drop_bins() -> AnyResponse:
    """Keep the file, and go to look at it."""
    return PAGE.receive()


@pages.get("/bins/import/<name>")
@allow(*LEADS)
def look_at_bins(name: str) -> Response:
    """Show what taking the file would do."""
    return PAGE.look(name)


@pages.post("/bins/import/<name>")
@allow(*LEADS)
def take_bins(name: str) -> AnyResponse:
    """Take the file, all of it or nothing."""
    return PAGE.take(name)
