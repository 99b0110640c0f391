"""What the dialogue wants done. It never does anything itself."""

from dataclasses import dataclass

from wms.returns.dialogue.scene import Hand
from wms.returns.grades import Grade


@dataclass(frozen=True)
class Begin:
    """A parcel comes onto the bench: an open return, one of an order, or one that nobody knows."""

    return_id: int | None = None
    order_id: int | None = None
    code: str = ""


@dataclass(frozen=True)
class TakeIn:
    """Units come out of the parcel."""

    hand: Hand


@dataclass(frozen=True)
class SetAside:
    """Units that do not belong to the order come out of the parcel."""

    hand: Hand


@dataclass(frozen=True)
class Count:
    """So many units lie before the person."""

    units: int


@dataclass(frozen=True)
class GradeIt:
    """The units before the person are in this condition."""

    grade: Grade


@dataclass(frozen=True)
class Flag:
    """The units before the person are not what their code says."""


@dataclass(frozen=True)
class AskLead:
    """A thing that nobody here knows lies aside; a lead looks at it."""

    code: str


@dataclass(frozen=True)
class Undo:
    """The last act is taken back."""


@dataclass(frozen=True)
class PutAside:
    """Somebody else, or the same person later, goes on with this parcel."""


@dataclass(frozen=True)
class Finish:
    """Everything in the parcel was looked at."""


@dataclass(frozen=True)
class Leave:
    """The person goes home."""


Act = (
    Begin | TakeIn | SetAside | Count | GradeIt | Flag | AskLead | Undo | PutAside | Finish | Leave
)
