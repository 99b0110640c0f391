"""How it is: the grade of what lies before the person, and how many there are."""

from collections.abc import Mapping

from wms.floor.turn import Order, say
from wms.returns.dialogue.acts import Count, Flag, GradeIt, Undo
from wms.returns.dialogue.reply import Reply, ask, good, wrong
from wms.returns.dialogue.scene import Lying, Parcel, Said, Step, Where
from wms.returns.dialogue.taking import take
from wms.returns.grades import Disposition, Grade, disposition

GRADES: Mapping[Order, Grade] = {
    Order.GOOD: Grade.LIKE_NEW,
    Order.OPENED: Grade.OPENED,
    Order.WORN: Grade.WORN,
    Order.SCRAP: Grade.UNSELLABLE,
}


def at_grade(parcel: Parcel, where: Where, said: Said) -> Reply:
    """Hear in what condition the units are; more of the same may be scanned before."""
    lying = parcel.lying
    if lying is None:
        return wrong(where.to(Step.ITEM), say("returns.scan_what_is_in"))
    if said.order is not None:
        return _ordered(parcel, where, lying, said)
    same = next((goods for goods in said.goods if goods.item_id == lying.item_id), None)
    if same is not None:
        return take(parcel, where, same, said.key)
    if said.goods:
        return wrong(where, say("returns.grade_first", sku=lying.sku, other=said.goods[0].sku))
    return wrong(where, say("returns.say_how_it_is", sku=lying.sku, code=said.seen))


def _ordered(parcel: Parcel, where: Where, lying: Lying, said: Said) -> Reply:
    match said.order:
        case Order.GOOD | Order.OPENED | Order.WORN | Order.SCRAP:
            return _graded(parcel, where, lying, GRADES[said.order])
        case Order.QUANTITY:
            return _typed(parcel, where, lying, said.number or 0)
        case Order.WRONG_ITEM:
            told = say("returns.set_aside", n=lying.units, sku=lying.sku)
            return ask(where.to(Step.ITEM), told, Flag())
        case Order.UNDO:
            return ask(where, say("returns.undone"), Undo())
        case _:
            return wrong(where, say("returns.how_is", sku=lying.sku))


def _graded(parcel: Parcel, where: Where, lying: Lying, grade: Grade) -> Reply:
    fate = disposition(grade, is_known=not parcel.is_blind)
    told = say(f"returns.graded_{fate}", n=lying.units, sku=lying.sku)
    reply = good if fate is Disposition.RESTOCK else ask
    return reply(where.to(Step.ITEM), told, GradeIt(grade))


def _typed(parcel: Parcel, where: Where, lying: Lying, units: int) -> Reply:
    if lying.serials and units != lying.units:
        return wrong(where, say("returns.scan_each", sku=lying.sku))
    want = parcel.want(lying.item_id)
    most = lying.units + want.left if want else None
    if most is not None and units > most:
        return wrong(where, say("returns.most_of_it", units=units, most=most, sku=lying.sku))
    if units == 0:
        return ask(where.to(Step.ITEM), say("returns.none_of_it", sku=lying.sku), Count(0))
    return good(where, say("returns.taken", n=units, sku=lying.sku), Count(units))
