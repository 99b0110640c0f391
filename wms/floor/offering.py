"""What somebody can still do at home, between two pieces of work: keys that lead back into a process."""

from dataclasses import replace

from wms.codes.queries import normal
from wms.floor.here import Here
from wms.floor.process import OFFERS, Offer, Stand, home_with
from wms.floor.turn import Heard, Order, Turn


def offered(here: Here, heard: Heard) -> Stand | None:
    """Return where a key, or a scan that says the same, leads somebody who is at home; None where it leads nowhere."""
    kept = here.stand.data.get(OFFERS, {})
    is_yes = heard.order is None and normal(heard.code) in map(normal, here.turn.expects)
    order = Order.YES if is_yes else heard.order
    found = kept.get(order.value) if order else None
    return Stand(**found) if found else None


def came_home(stand: Stand, here: Here, turn: Turn) -> Here:
    """Return home with the keys of the turn that sent the person there."""
    if OFFERS not in stand.data:
        return here
    return replace(here, stand=stand, turn=replace(here.turn, buttons=turn.buttons))


def with_offer(here: Here, offer: Offer) -> Here:
    """Return a card at home with what may be done about it."""
    turn = replace(
        here.turn, say=offer.say or here.turn.say, buttons=(offer.button,), expects=offer.codes
    )
    return replace(here, stand=home_with(offer), turn=turn)


def still(here: Here, before: Here) -> Here:
    """Let somebody who stays at home keep what they can take back there."""
    undo = Order.UNDO.value
    kept = before.stand.data.get(OFFERS, {})
    key = next((one for one in before.turn.buttons if one.order is Order.UNDO), None)
    if before.stand.process or key is None or undo not in kept:
        return here
    offers = {**here.stand.data.get(OFFERS, {}), undo: kept[undo]}
    turn = replace(here.turn, buttons=(key, *here.turn.buttons))
    return replace(here, stand=replace(here.stand, data={OFFERS: offers}), turn=turn)
