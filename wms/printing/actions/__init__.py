"""What people and the house do with sheets and printers."""

from wms.printing.actions.answering import (
    abandon,
    came_out,
    cancel,
    cancel_about,
    confirm_scanned,
    did_not_come_out,
)
from wms.printing.actions.asking import UnfitForPrinter, ask, ask_at, ask_for_test
from wms.printing.actions.printers import (
    UnfitNext,
    UnknownDpi,
    hold_printer,
    let_printer_go,
    set_dpi,
    set_next,
)
from wms.printing.actions.repeating import ComesByItself, reprint, reroute, reroute_all
from wms.printing.actions.reporting import report_printers
from wms.printing.actions.rows import NoSuchJob, NoSuchPrinter
from wms.printing.actions.taking_over import end_leases

__all__ = [
    "ComesByItself",
    "NoSuchJob",
    "NoSuchPrinter",
    "UnfitForPrinter",
    "UnfitNext",
    "UnknownDpi",
    "abandon",
    "ask",
    "ask_at",
    "ask_for_test",
    "came_out",
    "cancel",
    "cancel_about",
    "confirm_scanned",
    "did_not_come_out",
    "end_leases",
    "hold_printer",
    "let_printer_go",
    "report_printers",
    "reprint",
    "reroute",
    "reroute_all",
    "set_dpi",
    "set_next",
]
