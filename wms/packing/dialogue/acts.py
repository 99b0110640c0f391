"""What the dialogue wants done. It never does anything itself."""

from dataclasses import dataclass

from wms.packing.dialogue.job import Held, Want


@dataclass(frozen=True)
class Sit:
    """Somebody packs at this bench from now on."""

    station_id: int


@dataclass(frozen=True)
class Open:
    """A tote is unpacked; `is_sure` after it was said that somebody else has its order in hand."""

    tote_id: int
    code: str
    is_sure: bool = False


@dataclass(frozen=True)
class Resume:
    """A box that was begun is gone on with."""

    package_id: int


@dataclass(frozen=True)
class Put:
    """Units go from the tote into the box of their order."""

    want: Want
    quantity: int


@dataclass(frozen=True)
class Missing:
    """All that should lie in the tote still is not there."""


@dataclass(frozen=True)
class Damaged:
    """A unit cannot be sent as it is."""

    want: Want


@dataclass(frozen=True)
class Spoiled:
    """A unit in the box cannot be sent as it is."""

    held: Held


@dataclass(frozen=True)
class Foreign:
    """In the place of a unit another thing lay in the box: which item, where that is known."""

    held: Held
    item_id: int | None


@dataclass(frozen=True)
class Close:
    """Nothing more goes into the box, which is of this type."""

    box_type_id: int


@dataclass(frozen=True)
class Weigh:
    """The closed box weighs so much."""

    grams: int
    is_by_hand: bool
    is_right: bool = False
    """Whether a lead says that it is right although it is off."""


@dataclass(frozen=True)
class Reopen:
    """The box is opened again, to be counted."""


@dataclass(frozen=True)
class OpenAgain:
    """A box that stands in its lane is opened again at this bench."""

    package_id: int


@dataclass(frozen=True)
class Unpack:
    """Everything goes back out of the box, and the box is void."""


@dataclass(frozen=True)
class AskAgain:
    """A label is asked for once more."""


@dataclass(frozen=True)
class Number:
    """The number of a label that was had elsewhere."""

    number: str


@dataclass(frozen=True)
class Stage:
    """The label sits on the box."""


@dataclass(frozen=True)
class Answer:
    """Whether the sheet came out of the printer."""

    came_out: bool


@dataclass(frozen=True)
class Reprint:
    """The label is printed once more, for this reason."""

    reason: str


@dataclass(frozen=True)
class Emptied:
    """Nothing is in the tote."""


@dataclass(frozen=True)
class Leftover:
    """Something is in the tote that nobody wants of it."""

    sku: str


@dataclass(frozen=True)
class GiveBack:
    """What was packed of a cancelled order lies in this tote again."""

    tote_id: int
    code: str


@dataclass(frozen=True)
class Hold:
    """Tote and box are put aside; the packer goes on with another."""


@dataclass(frozen=True)
class Undo:
    """The last act is taken back."""


Act = (
    Sit
    | Open
    | Resume
    | Put
    | Missing
    | Damaged
    | Spoiled
    | Foreign
    | Close
    | Weigh
    | Reopen
    | OpenAgain
    | Unpack
    | AskAgain
    | Number
    | Stage
    | Answer
    | Reprint
    | Emptied
    | Leftover
    | GiveBack
    | Hold
    | Undo
)
