"""What the screen shows at each step: one verb, one target, the card, and four buttons."""

from dataclasses import replace

from wms.floor.turn import Amount, Button, Order, Sentence, Thing, Tone, Turn, say
from wms.picking.dialogue.summing import came_of
from wms.picking.dialogue.trip import KEYPAD_ABOVE, At, Pick, Step, Tote, Trip

PROCESS = "picking"

UNDO = Button(Order.UNDO, "picking.undo", "undo")
SKIP = Button(Order.SKIP, "picking.skip", "skip")
FULL = Button(Order.FULL, "picking.full", "tote")
YES = Button(Order.YES, "picking.yes", "done")
NO = Button(Order.NO, "picking.no", "cross")
DONE = Button(Order.DONE, "picking.done", "done")
GET_WORK = Button(Order.WORK, "picking.get_work", "next")

PROBLEMS = (
    Button(Order.EMPTY, "picking.not_here"),
    Button(Order.SHORT, "picking.fewer"),
    Button(Order.DAMAGED, "picking.damaged"),
    Button(Order.WRONG_ITEM, "picking.wrong_in_bin"),
    Button(Order.UNREADABLE, "picking.cannot_read"),
    Button(Order.FULL, "picking.full"),
)


def show(trip: Trip, at: At, sentence: Sentence | None = None, tone: Tone = Tone.QUIET) -> Turn:
    """Return the screen for where somebody stands."""
    pick = trip.pick(at.task_id)
    turn = Turn(
        process=PROCESS,
        step=at.step.value,
        verb=say(f"picking.verb_{at.step.value}"),
        say=sentence,
        tone=tone,
        title=say("picking.title", run=trip.number),
        progress=Amount(trip.done, trip.of),
    )
    if at.step in {Step.LOAD, Step.DROP, Step.DONE} or (pick is None and at.step is not Step.ZERO):
        return _between(trip, at, turn)
    if at.step is Step.ZERO or pick is None:
        return replace(turn, buttons=(UNDO, NO, YES), expects=("WXCYES",))
    return _picking(trip, at, pick, turn)


def _between(trip: Trip, at: At, turn: Turn) -> Turn:
    if at.step is Step.LOAD and trip.wants:
        want = trip.wants[0]
        amount = Amount(len(trip.totes), len(trip.totes) + len(trip.wants))
        return replace(
            turn,
            target=want.slot,
            slot=want.slot,
            say=turn.say or say("picking.scan_tote", order=want.order, slot=want.slot),
            amount=amount,
            buttons=(UNDO,),
            expects=trip.offers,
        )
    if at.step is Step.DONE:
        told = turn.say or say("picking.summary")
        return replace(turn, say=told, facts=came_of(trip), buttons=(GET_WORK,))
    return _at_the_end(trip, turn)


def _at_the_end(trip: Trip, turn: Turn) -> Turn:
    """Tell where the totes are put down: in the place that is there for it, or in any."""
    place = next(iter(trip.offers), "")
    totes = ", ".join(tote.slot for tote in trip.totes)
    told = say("picking.put_them_down", totes=totes, place=place)
    return replace(
        turn,
        verb=turn.verb if place else say("picking.verb_drop_anywhere"),
        target=place or totes,
        say=turn.say or (told if place else say("picking.scan_place")),
        buttons=(UNDO,),
        expects=trip.offers,
    )


def _picking(trip: Trip, at: At, pick: Pick, turn: Turn) -> Turn:
    tote = next(iter(trip.open_totes(pick.fo_id)), None)
    shown = replace(
        turn,
        target=_target(at, pick, tote),
        thing=_thing(pick),
        amount=Amount(pick.done + at.count, pick.of),
        slot=tote.slot if tote else pick.slot,
        into=tote.code if tote else "",
        came_from="" if at.step is Step.GO else pick.bin,
        next=_next(trip, pick),
        buttons=(UNDO, SKIP, FULL),
        problems=PROBLEMS,
        expects=_expects(at, pick, tote),
    )
    if at.step is Step.LOT:
        return replace(shown, buttons=(UNDO, NO, YES))
    if at.step is Step.TOTE and trip.has_one_tote:
        return replace(shown, buttons=(UNDO, SKIP, DONE), asks_quantity=True)
    if at.step in {Step.TOTE, Step.FEWER}:
        return replace(shown, asks_quantity=True)
    return replace(shown, asks_quantity=bool(at.counts) and pick.left > KEYPAD_ABOVE)


def _target(at: At, pick: Pick, tote: Tote | None) -> str:
    match at.step:
        case Step.TOTE if tote:
            return tote.slot or tote.code
        case Step.LOT:
            return pick.lot
        case Step.GO:
            return pick.bin
        case _:
            return pick.sku


def _expects(at: At, pick: Pick, tote: Tote | None) -> tuple[str, ...]:
    match at.step:
        case Step.GO:
            return (pick.bin,)
        case Step.TOTE:
            return (tote.code,) if tote else ()
        case Step.LOT:
            return ("WXCYES", pick.lot)
        case Step.ITEM:
            return (*pick.codes, pick.sku)
        case _:
            return ()


def _thing(pick: Pick) -> Thing:
    more = tuple(text for text in (*pick.codes[:1], pick.lot, pick.serial) if text)
    return Thing(pick.name, pick.sku, pick.picture, more)


def _next(trip: Trip, pick: Pick) -> str:
    later = (other.bin for other in trip.picks if other.bin_id != pick.bin_id)
    return next(later, "")
