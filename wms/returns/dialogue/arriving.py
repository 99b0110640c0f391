"""Which bench, and which parcel: what a code on it leads to, and what is done where it leads nowhere."""

from dataclasses import replace

from wms.floor.turn import Order, say
from wms.returns.dialogue.acts import Begin, Leave
from wms.returns.dialogue.reply import Reply, ask, good, wrong
from wms.returns.dialogue.scene import Found, Said, Step, Where


def at_bench(where: Where, said: Said) -> Reply:
    """Hear at which bench the person works."""
    if said.order in {Order.DONE, Order.SKIP, Order.NO}:
        return Reply(where, say("returns.left"), act=Leave())
    if len(said.benches) != 1:
        return wrong(where, say("returns.scan_your_bench"))
    [bench] = said.benches
    there = replace(where, step=Step.PARCEL, place_id=bench.place_id, station_id=bench.station_id)
    return good(there, say("returns.at_bench", place=bench.place))


def at_parcel(where: Where, said: Said) -> Reply:
    """Hear which parcel lies on the bench."""
    match said.order:
        case Order.NO if where.unknown:
            return _blind(where, where.unknown)
        case Order.UNREADABLE:
            return _blind(where, "")
        case Order.DONE:
            return Reply(where, say("returns.left"), act=Leave())
        case None:
            return _found(where, said)
        case _:
            return wrong(where, say("returns.scan_a_parcel"))


def _found(where: Where, said: Said) -> Reply:
    if len({(one.order_id, one.return_id) for one in said.parcels}) > 1:
        return wrong(where, say("returns.several_orders", code=said.seen))
    if said.parcels:
        return _of_order(where, said, said.parcels[0])
    if said.goods:
        return wrong(where, say("returns.parcel_first", sku=said.goods[0].sku))
    if said.benches:
        return at_bench(where, said)
    return ask(where.to(Step.PARCEL, unknown=said.code), say("returns.none_found", code=said.seen))


def _of_order(where: Where, said: Said, found: Found) -> Reply:
    if found.return_id is not None:
        begin = Begin(return_id=found.return_id, code=said.code)
        return good(where.to(Step.ITEM), say("returns.begun", order=found.order), begin)
    known = where.to(Step.PARCEL, unknown=said.code)
    if not found.shipped:
        return ask(known, say("returns.not_shipped", order=found.order))
    if not found.left:
        return ask(known, say("returns.all_back", order=found.order, n=found.shipped))
    begin = Begin(order_id=found.order_id, code=said.code)
    return good(where.to(Step.ITEM), say("returns.begun", order=found.order), begin)


def _blind(where: Where, code: str) -> Reply:
    return ask(where.to(Step.ITEM), say("returns.begun_blind"), Begin(code=code))
