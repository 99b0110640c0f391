"""What printing does by itself: it sends sheets, one at a time to each printer, and asks printers how they are."""

from wms.printing.worker.sending import step
from wms.printing.worker.watching import watch

__all__ = ["step", "watch"]
