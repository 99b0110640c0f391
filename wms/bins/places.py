"""What kinds of places there are, and what follows from the kind alone."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a place is. Bins, docks, lanes, stages and benches stand still; the others move or are somebody."""

    BIN = "bin"
    DOCK = "dock"
    LANE = "lane"
    STAGE = "stage"
    BENCH = "bench"
    TOTE = "tote"
    CARTON = "carton"
    PALLET = "pallet"
    CART = "cart"
    PACKAGE = "package"
    PERSON = "person"
    OUTSIDE = "outside"


class Role(StrEnum):
    """What a place is there for, where its kind does not say enough."""

    PLAIN = ""
    RESERVE = "reserve"
    PROBLEM = "problem"
    QUARANTINE = "quarantine"
    RETURNS = "returns"


class Mixing(StrEnum):
    """What may lie together in one place."""

    ANY = "any"
    ONE_ITEM = "one_item"
    ONE_LOT = "one_lot"


class Outside(StrEnum):
    """Where goods are when they are in no place of the warehouse: each warehouse has one of each."""

    SUPPLIER = "SUPPLIER"
    CUSTOMER = "CUSTOMER"
    ADJUSTMENT = "ADJUSTMENT"
    SCRAP = "SCRAP"
    LOST = "LOST"
    TRANSIT = "TRANSIT"


FIXED = (Kind.BIN, Kind.DOCK, Kind.LANE, Kind.STAGE, Kind.BENCH)
"""Places of the building: people make, edit and archive them."""

MOVABLE = (Kind.TOTE, Kind.CARTON, Kind.PALLET, Kind.CART)
"""Places with a number of their own that stand now here, now there."""

UNSCANNED = (Kind.OUTSIDE, Kind.PERSON)
"""Places that no label leads to: what a person holds is found by the badge, what is outside not at all."""

PROMISED = (Role.PLAIN, Role.RESERVE)
"""Roles of bins whose contents can be promised to customers."""

APART = (Role.QUARANTINE, Role.RETURNS, Role.PROBLEM)
"""Roles of bins for what is not sold as it is: it waits there for somebody's decision."""


def holds_sellable(kind: Kind, role: Role) -> bool:
    """Tell whether what lies in such a place can be promised to customers."""
    return kind is Kind.BIN and role in PROMISED


@dataclass(frozen=True)
class Place:
    """What people say about a place when they make or change it. Lengths in millimetres, weights in grams."""

    code: str
    kind: Kind
    zone_id: int | None = None
    role: Role = Role.PLAIN
    is_pick_face: bool = False
    mixing: Mixing = Mixing.ANY
    capacity_units: int | None = None
    capacity_g: int | None = None
    x_mm: int | None = None
    y_mm: int | None = None
    block: int | None = None
    aisle: int | None = None
    bay: int | None = None
    side: str | None = None
    level: int | None = None
