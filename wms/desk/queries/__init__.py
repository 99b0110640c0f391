"""What the desk asks of several slices at once: how the house stands, what words could mean, where a bin is."""

from wms.bins.queries.shelves import Around, around
from wms.desk.queries.house import House, Ledger, Needs, house, ledger, needs
from wms.desk.queries.keepers import Kept, kept_in_place, kept_of_item
from wms.desk.queries.lookup import Found, Hit, Thing, exact, look_up, words_of
from wms.desk.queries.order_story import Bought, Picked, Source, Story, story
from wms.desk.queries.orders import Listed, Orders, View, orders_listed
from wms.desk.queries.review import open_cases, open_counts, review_queue
from wms.desk.queries.side import Waits, waits

__all__ = [
    "Around",
    "Bought",
    "Found",
    "Hit",
    "House",
    "Kept",
    "Ledger",
    "Listed",
    "Needs",
    "Orders",
    "Picked",
    "Source",
    "Story",
    "Thing",
    "View",
    "Waits",
    "around",
    "exact",
    "house",
    "kept_in_place",
    "kept_of_item",
    "ledger",
    "look_up",
    "needs",
    "open_cases",
    "open_counts",
    "orders_listed",
    "review_queue",
    "story",
    "waits",
    "words_of",
]
