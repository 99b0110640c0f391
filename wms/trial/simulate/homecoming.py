"""What customers send back: what the file says they did, and a parcel now and then that nobody announced."""

from collections.abc import Mapping, Sequence
from random import Random

from wms.channels.filed import FiledOrder, FiledReversal
from wms.codes.queries import normal
from wms.trial.simulate.files import Day
from wms.trial.simulate.returning import Parcel
from wms.trial.simulate.world import Goods, World

UNASKED = 0.02
"""Of the parcels that left, so many come back in part although the file does not say so; at least one."""

UNITS_MOST = 3


def sent_back(world: World, day: Day, parcels: Mapping[str, str], dice: Random) -> list[Parcel]:
    """Return the parcels that come back; what is in them is taken out of what customers had got.

    `parcels` tells by the code of its label whose order each parcel was that left.
    """
    back = [_of_file(world, told, day.orders, parcels) for told in day.reversals]
    count = max(1, round(UNASKED * len(parcels))) if parcels else 0
    for code in dice.sample(sorted(parcels), count):
        back += _unasked(world, code, dice)
    return back


def _of_file(
    world: World,
    told: FiledReversal,
    orders: Sequence[FiledOrder],
    parcels: Mapping[str, str],
) -> Parcel:
    """Return a parcel with what the customer got of it; else with what they must have bought on another day."""
    place = f"BACK {told.source_id}"
    theirs = [one.head.number for one in orders if one.head.contact.name == told.customer]
    for number in theirs:
        boxes = sorted(code for code, order in parcels.items() if order.startswith(number))
        taken = [_unpack(world, boxes, line.sku, line.quantity, place) for line in told.lines]
        if any(taken):
            return Parcel(number, place)
    for line in told.lines:
        world.put(place, world.another(line.sku), line.quantity)
    return Parcel(told.source_id, place)


def _unpack(world: World, boxes: Sequence[str], sku: str, wanted: int, place: str) -> int:
    """Take up to so many units out of somebody's boxes; returns how many."""
    taken = 0
    for box in boxes:
        for goods, units in world.here(outside(box)):
            share = min(units, wanted - taken)
            if normal(goods.sku) == normal(sku) and share > 0:
                _carry(world, outside(box), place, goods, share)
                taken += share
    return taken


def _unasked(world: World, code: str, dice: Random) -> list[Parcel]:
    piles = world.here(outside(code))
    if not piles:
        return []
    goods, units = dice.choice(piles)
    place = f"BACK {code}"
    _carry(world, outside(code), place, goods, dice.randint(1, min(units, UNITS_MOST)))
    return [Parcel(code, place)]


def outside(code: str) -> str:
    """Return the place that a parcel is, once it has left the house."""
    return f"OUT {code}"


def _carry(world: World, source: str, target: str, goods: Goods, units: int) -> None:
    world.take(source, goods, units)
    world.put(target, goods, units)
