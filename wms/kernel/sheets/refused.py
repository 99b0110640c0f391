"""Why a sheet was not taken."""

from wms.kernel.refusal import Wrong

FAULT_LIMIT = 100
"""Most faults that one answer lists; it always says how many there are in all."""


class SheetRefused(Wrong):
    """Some cells or columns must change; a fault is at a cell (`C17 weight_g`) or a column. `n` counts them all."""

    sentence = "kernel.sheet_refused"


class SheetUnreadable(Wrong):
    """The file is no sheet that we can read, from `row` on; its fault says what it is and what to do."""

    sentence = "kernel.sheet_unreadable"
