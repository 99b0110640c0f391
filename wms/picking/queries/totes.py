"""What was picked into which tote, unit for unit."""

from dataclasses import dataclass

from sqlalchemy.orm import Session


@dataclass(frozen=True)
class InTote:
    """Units of one thing in a tote, and the line they are for."""

    fo_id: int
    fo_line_id: int
    item_id: int
    lot_id: int
    serial_id: int
    quantity: int


def picked_into(session: Session, tote_id: int) -> list[InTote]:
    """Return what was picked into a bound tote, packed or not; packing knows what is left of it."""
    raise NotImplementedError
