"""What becomes of units that came back: by their grade, and by whether anybody knows whose they are."""

from enum import StrEnum


class Grade(StrEnum):
    """In what condition units came back."""

    LIKE_NEW = "A"
    OPENED = "B"
    WORN = "C"
    UNSELLABLE = "D"


class Disposition(StrEnum):
    """What becomes of units that came back."""

    RESTOCK = "restock"
    QUARANTINE = "quarantine"
    SCRAP = "scrap"


def disposition(grade: Grade, *, is_known: bool) -> Disposition:
    """Say what becomes of units of that grade. What nobody here knew of is set aside, whatever its condition."""
    if not is_known:
        return Disposition.QUARANTINE
    match grade:
        case Grade.LIKE_NEW:
            return Disposition.RESTOCK
        case Grade.OPENED | Grade.WORN:
            return Disposition.QUARANTINE
        case Grade.UNSELLABLE:
            return Disposition.SCRAP
