"""What the screen shows at a returns bench."""

from collections.abc import Sequence
from dataclasses import dataclass

from wms.floor.turn import Amount, Button, Order, Sentence, Thing, Tone, Turn, say
from wms.returns.dialogue import Parcel, Step, Want, Where

PROCESS = "returns"

LINES = 4
"""Most lines of an order on its card: more cannot be read at arm's length."""

EXPECTED = 6
"""Most codes that a pretend scanner is offered."""

VERBS = {
    Step.BENCH: "returns.verb_bench",
    Step.PARCEL: "returns.verb_parcel",
    Step.ITEM: "returns.verb_item",
    Step.LOT: "returns.verb_lot",
    Step.SERIAL: "returns.verb_serial",
    Step.FOREIGN: "returns.verb_foreign",
    Step.GRADE: "returns.verb_grade",
    Step.EMPTY: "returns.verb_empty",
}

UNDO = Button(Order.UNDO, "returns.button_undo", "undo")
SKIP = Button(Order.SKIP, "returns.button_aside", "skip")
DONE = Button(Order.DONE, "returns.button_done", "check")
LEAVE = Button(Order.DONE, "returns.button_leave", "check")
YES = Button(Order.YES, "returns.button_yes", "check")
NO = Button(Order.NO, "returns.button_no", "cross")
BLIND = Button(Order.NO, "returns.button_blind", "cross", under="returns.under_blind")
NO_LABEL = Button(Order.UNREADABLE, "returns.button_no_label")
CANNOT_READ = Button(Order.NO, "returns.button_unread")
WRONG = Button(Order.WRONG_ITEM, "returns.button_wrong")
EMPTY = Button(Order.EMPTY, "returns.button_empty")

GRADES = (
    Button(Order.GOOD, "returns.button_good", under="returns.under_good"),
    Button(Order.OPENED, "returns.button_opened", under="returns.under_opened"),
    Button(Order.WORN, "returns.button_worn", under="returns.under_worn"),
    Button(Order.SCRAP, "returns.button_scrap", under="returns.under_scrap"),
)
BLIND_GRADES = (
    Button(Order.GOOD, "returns.button_good", under="returns.under_aside"),
    Button(Order.OPENED, "returns.button_opened", under="returns.under_aside"),
    Button(Order.WORN, "returns.button_worn", under="returns.under_aside"),
    Button(Order.SCRAP, "returns.button_scrap", under="returns.under_aside"),
)
GRADE_CODES = ("WXCGOOD", "WXCOPENED", "WXCWORN", "WXCSCRAP")
ANSWERS = ("WXCYES", "WXCNO")


@dataclass(frozen=True)
class Card:
    """What people read of a return and of what lies before them."""

    customer: str = ""
    reason: str = ""
    item: Thing | None = None
    codes: tuple[str, ...] = ()
    """Before a parcel is in hand: codes of benches, or of parcels that may come back."""


def shown(
    parcel: Parcel | None,
    where: Where,
    card: Card,
    said: Sentence | None = None,
    tone: Tone = Tone.QUIET,
) -> Turn:
    """Return the screen of one step."""
    if parcel is None:
        return _before(where, card, said, tone)
    return Turn(
        PROCESS,
        where.step,
        say(VERBS[where.step]),
        say=said,
        tone=tone,
        title=say("returns.title", number=parcel.number),
        thing=_thing(parcel, where, card),
        amount=_amount(parcel, where),
        progress=_progress(parcel),
        buttons=_buttons(parcel, where),
        problems=_problems(where),
        asks_quantity=where.step is Step.GRADE,
        expects=_expects(parcel, where),
    )


def _before(where: Where, card: Card, said: Sentence | None, tone: Tone) -> Turn:
    """Return the screen while no parcel is in hand."""
    is_lost = where.step is Step.PARCEL and bool(where.unknown)
    return Turn(
        PROCESS,
        where.step,
        say(VERBS[where.step]),
        say=said,
        tone=tone,
        title=say("returns.tile"),
        buttons=(BLIND, LEAVE) if is_lost else (LEAVE,),
        problems=(NO_LABEL,) if where.step is Step.PARCEL else (),
        expects=(*(("WXCNO",) if is_lost else ()), *card.codes)[:EXPECTED],
    )


def _thing(parcel: Parcel, where: Where, card: Card) -> Thing | None:
    if where.step is Step.ITEM:
        lines = [_line(want) for want in sorted(parcel.wants, key=_rank)]
        more = (card.reason or parcel.number, *_few(lines))
        return Thing(card.customer, parcel.order or parcel.number, None, more)
    return card.item


def _line(want: Want) -> str:
    return f"{want.sku} × {want.expected or want.left}"


def _few(lines: Sequence[str]) -> tuple[str, ...]:
    more = len(lines) - LINES
    return (*lines[:LINES], f"+ {more}") if more > 0 else tuple(lines)


def _rank(want: Want) -> tuple[bool, bool]:
    """Put what was announced first, and last what is all back."""
    return not want.expected, not want.left


def _amount(parcel: Parcel, where: Where) -> Amount | None:
    lying = parcel.lying
    if where.step is not Step.GRADE or lying is None:
        return None
    want = parcel.want(lying.item_id)
    return Amount(lying.units, lying.units + (want.left if want else 0))


def _progress(parcel: Parcel) -> Amount | None:
    """Return how many of the units that were announced came."""
    coming = sum(want.expected for want in parcel.wants)
    return Amount(parcel.came, parcel.came + coming) if coming else None


def _buttons(parcel: Parcel, where: Where) -> tuple[Button, ...]:
    match where.step:
        case Step.GRADE:
            return (UNDO, *(BLIND_GRADES if parcel.is_blind else GRADES))
        case Step.FOREIGN | Step.EMPTY:
            return (YES, NO)
        case Step.LOT | Step.SERIAL:
            return (UNDO,)
        case _:
            return (*([UNDO] if parcel.came else []), SKIP, DONE)


def _problems(where: Where) -> tuple[Button, ...]:
    match where.step:
        case Step.GRADE:
            return (WRONG,)
        case Step.LOT | Step.SERIAL:
            return (CANNOT_READ,)
        case Step.ITEM:
            return (WRONG, EMPTY)
        case _:
            return ()


def _expects(parcel: Parcel, where: Where) -> tuple[str, ...]:
    match where.step:
        case Step.GRADE:
            return GRADE_CODES
        case Step.FOREIGN | Step.EMPTY:
            return ANSWERS
        case Step.LOT | Step.SERIAL:
            return _labels(parcel, where)
        case _:
            return _things(parcel)


def _labels(parcel: Parcel, where: Where) -> tuple[str, ...]:
    """Return the lots or numbers that tell the thing in the hand apart; else that nobody can read it."""
    want = parcel.want(where.hand.item_id) if where.hand and not where.hand.why else None
    known = () if want is None else want.lots if where.step is Step.LOT else want.serials
    return (*known[: EXPECTED - 1], "WXCNO")


def _things(parcel: Parcel) -> tuple[str, ...]:
    """Return what may come out of the parcel next: what was announced, then the end, then the rest of the order."""
    told = [want.sku for want in parcel.wants if want.expected]
    others = [want.sku for want in parcel.wants if want.left and not want.expected]
    done = ["WXCDONE"] if parcel.came and not told else []
    return tuple([*told, *done, *others][:EXPECTED])
