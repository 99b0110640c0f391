"""What others may ask about returns: which there are, what came back, and what may still come back of an order."""

from wms.returns.lifecycle import State
from wms.returns.queries.inside import Line, Unit, lines, units
from wms.returns.queries.owed import OrderLike, Owing, orders_like, owing, unannounced
from wms.returns.queries.parcels import (
    NoSuchReturn,
    ReturnsAsked,
    Shown,
    Views,
    going_on,
    in_views,
    mine,
    names,
    one,
    open_of,
    returns,
    waiting,
)

__all__ = [
    "Line",
    "NoSuchReturn",
    "OrderLike",
    "Owing",
    "ReturnsAsked",
    "Shown",
    "State",
    "Unit",
    "Views",
    "going_on",
    "in_views",
    "lines",
    "mine",
    "names",
    "one",
    "open_of",
    "orders_like",
    "owing",
    "returns",
    "unannounced",
    "units",
    "waiting",
]
