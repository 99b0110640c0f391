"""The pages of this slice, and its words for conditions, states and kinds of sheets."""

from flask import Blueprint

from wms.kernel.words import say
from wms.printing.queries import Condition, Printer, State

pages = Blueprint("printing", __name__)

KINDS = (
    "carrier_label",
    "house_label",
    "packing_slip",
    "return_slip",
    "manifest",
    "bin_label",
    "item_label",
    "tote_label",
    "test_sheet",
)
"""Kinds of sheets that have a word."""

HELD, UNASKED, REVOKED = "held", "unasked", "revoked"
"""How a printer looks that somebody stopped, one that was never asked, and one that is not used any more."""


@pages.app_template_filter("printer_is")
def worded_condition(printer: Printer) -> str:
    """Return how a printer is, in words."""
    return say(f"printing.condition_{_looks(printer)}")


@pages.app_template_filter("printer_cure")
def worded_cure(printer: Printer) -> str:
    """Return what to do about a printer; nothing about one that is well."""
    condition = _looks(printer)
    is_well = condition in (Condition.READY, Condition.BUSY, UNASKED)
    return "" if is_well else say(f"printing.cure_{condition}")


@pages.app_template_filter("sheet_state")
def worded_state(state: str) -> str:
    """Return where a sheet stands, in words."""
    return say(f"printing.state_{state}")


@pages.app_template_filter("sheet_kind")
def worded_kind(kind: str) -> str:
    """Return what a sheet is, in words."""
    return say(f"printing.kind_{kind}") if kind in KINDS else kind.replace("_", " ")


@pages.app_template_filter("sheet_outcome")
def worded_outcome(outcome: str) -> str:
    """Return what became of a try, in words."""
    return say(f"printing.outcome_{outcome or 'open'}")


def states() -> list[tuple[str, str]]:
    """Return every state of a sheet with its word."""
    return [(state.value, worded_state(state)) for state in State]


def kinds() -> list[tuple[str, str]]:
    """Return every kind of sheet with its word."""
    return [(kind, worded_kind(kind)) for kind in KINDS]


def _looks(printer: Printer) -> str:
    if printer.is_revoked:
        return REVOKED
    if printer.is_held:
        return HELD
    return UNASKED if printer.told_at is None else printer.condition
