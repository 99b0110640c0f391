"""Which reasons go with more units and which with fewer."""

from wms.kernel.refusal import Fault
from wms.stock.moves import Reason

MORE = (Reason.COUNT, Reason.FOUND, Reason.ADJUST)
FEWER = (Reason.COUNT, Reason.LOST, Reason.SCRAP, Reason.ADJUST)


def adjust_faults(difference: int, reason: Reason, note: str) -> list[Fault]:
    """Return what is wrong with a correction: no difference, a reason for the other way, too few words."""
    faults = []
    if difference == 0:
        faults.append(Fault("difference", "stock.no_difference"))
    elif reason not in (MORE if difference > 0 else FEWER):
        sentence = "stock.reason_takes_away" if difference > 0 else "stock.reason_adds"
        faults.append(Fault("reason", sentence, {"reason": reason.value}))
    if reason is Reason.ADJUST and not note.strip():
        faults.append(Fault("note", "stock.say_why"))
    return faults
