"""The purchase of a label as the house remembers it: the intent before the wire, and what came of it after."""

from wms.shipping.actions.buying.intending import intend
from wms.shipping.actions.buying.rating import rated
from wms.shipping.actions.buying.sold import has_document, has_no_sheet, is_bought
from wms.shipping.actions.buying.unsold import (
    is_absent,
    is_away,
    is_in_doubt,
    is_not_sent,
    is_queued,
    is_refused,
)

__all__ = [
    "has_document",
    "has_no_sheet",
    "intend",
    "is_absent",
    "is_away",
    "is_bought",
    "is_in_doubt",
    "is_not_sent",
    "is_queued",
    "is_refused",
    "rated",
]
