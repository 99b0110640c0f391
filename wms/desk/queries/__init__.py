"""What the desk asks of several slices at once: how the house stands, what words could mean, where a bin is."""

from wms.desk.queries.house import House, Ledger, Needs, house, ledger, needs
from wms.desk.queries.lookup import Found, Hit, Thing, exact, look_up, words_of
from wms.desk.queries.shelves import Around, around

__all__ = [
    "Around",
    "Found",
    "Hit",
    "House",
    "Ledger",
    "Needs",
    "Thing",
    "around",
    "exact",
    "house",
    "ledger",
    "look_up",
    "needs",
    "words_of",
]
