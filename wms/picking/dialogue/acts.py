"""What the dialogue wants done. It never does anything itself."""

from dataclasses import dataclass

from wms.picking.dialogue.trip import ShortReason


@dataclass(frozen=True)
class Load:
    """A tote goes onto the trip, for an order or for all of them."""

    tote_id: int
    fo_id: int | None


@dataclass(frozen=True)
class LoadCart:
    """All free totes that stand on a cart go onto the trip, as many as are wanted."""

    cart_id: int


@dataclass(frozen=True)
class TakeOver:
    """The trip that this tote belongs to is walked on by the person."""

    run_id: int


@dataclass(frozen=True)
class Arrive:
    """The person stands before the right bin."""

    task_id: int


@dataclass(frozen=True)
class Take:
    """Units go from the bin into the tote; what is left then is short, where a reason is given."""

    task_id: int
    tote_id: int
    quantity: int
    rest: ShortReason | None = None


@dataclass(frozen=True)
class Short:
    """What is left of a task is not there to be picked."""

    task_id: int
    reason: ShortReason


@dataclass(frozen=True)
class Skip:
    """The task comes last on the walk."""

    task_id: int


@dataclass(frozen=True)
class Full:
    """Nothing more goes into this tote."""

    tote_id: int


@dataclass(frozen=True)
class Looked:
    """The person says whether a bin is empty that is empty by the book."""

    bin_id: int
    is_empty: bool


@dataclass(frozen=True)
class Drop:
    """The totes stand here now; the trip is over."""

    place_id: int


@dataclass(frozen=True)
class Undo:
    """The last act is taken back."""


@dataclass(frozen=True)
class GetWork:
    """The person wants the next trip."""


Act = (
    Load
    | LoadCart
    | TakeOver
    | Arrive
    | Take
    | Short
    | Skip
    | Full
    | Looked
    | Drop
    | Undo
    | GetWork
)
