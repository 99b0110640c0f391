"""What a scan, button or number means at each step. A wrong one says what to do, not what went wrong."""

from collections.abc import Callable, Mapping

from wms.returns.dialogue.arriving import at_bench, at_parcel
from wms.returns.dialogue.grading import at_grade
from wms.returns.dialogue.reply import Reply
from wms.returns.dialogue.scene import Parcel, Said, Step, Where
from wms.returns.dialogue.taking import at_empty, at_foreign, at_item, at_lot, at_serial

BEFORE: Mapping[Step, Callable[[Where, Said], Reply]] = {
    Step.BENCH: at_bench,
    Step.PARCEL: at_parcel,
}
"""While no parcel is in hand."""

WITH: Mapping[Step, Callable[[Parcel, Where, Said], Reply]] = {
    Step.ITEM: at_item,
    Step.LOT: at_lot,
    Step.SERIAL: at_serial,
    Step.FOREIGN: at_foreign,
    Step.GRADE: at_grade,
    Step.EMPTY: at_empty,
}


def hear(parcel: Parcel | None, where: Where, said: Said) -> Reply:
    """Answer one scan."""
    if parcel is None:
        return BEFORE[where.step](where, said)
    return WITH[where.step](parcel, where, said)
