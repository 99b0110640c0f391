"""The four keys of a bench, what is chosen from, and what the Problem key offers, by step."""

from collections.abc import Callable

from wms.floor.turn import Button, Order
from wms.packing.dialogue.at import ASIDES, At, Step
from wms.packing.dialogue.job import Job, LabelState, Option
from wms.packing.dialogue.labelling import REASONS
from wms.packing.dialogue.spoiling import WITH_A_BOX

CHOICES = 6
"""Most boxes between which somebody chooses: as many as there are codes and keys for."""

UNDO = Button(Order.UNDO, "packing.undo", "undo")
HOLD = Button(Order.SKIP, "packing.hold", "pause")
FULL = Button(Order.FULL, "packing.full", "tote")
CLOSE = Button(Order.DONE, "packing.close", "done")
WEIGH = Button(Order.WEIGH, "packing.weigh", "scale")
REPRINT = Button(Order.REPRINT, "packing.reprint", "printer")
EMPTY = Button(Order.DONE, "packing.is_empty", "done")
AGAIN = Button(Order.DONE, "packing.ask_again", "done")
YES = Button(Order.YES, "packing.yes", "done")
NO = Button(Order.NO, "packing.no", "cross")
OPEN_AGAIN = Button(Order.YES, "packing.open_again", "tote")
BACK = Button(Order.NO, "packing.back", "undo")
COUNT = Button(Order.NO, "packing.open_and_count", "undo")
IS_RIGHT = Button(Order.YES, "packing.is_right", "done")
SOMETHING_IN_IT = Button(Order.NO, "packing.something_in_it", "cross")

IN_THE_BOX = (
    Button(Order.SHORT, "packing.missing"),
    Button(Order.DAMAGED, "packing.damaged"),
    Button(Order.WRONG_ITEM, "packing.leftover"),
    Button(Order.UNREADABLE, "packing.cannot_read"),
)
WRONG_IN_THE_BOX = (
    Button(Order.DAMAGED, "packing.spoiled"),
    Button(Order.WRONG_ITEM, "packing.foreign"),
)
OF_THE_BOX = (
    Button(Order.UNPACK, "packing.unpack"),
    Button(Order.PHOTO, "packing.photo", "upload"),
)


def keys(job: Job, at: At) -> tuple[Button, ...]:
    """Return what can be pressed: undo, put aside, the next thing to do, and what there is to choose from."""
    first = (UNDO,) if at.step in {Step.BENCH, Step.TOTE, Step.AGAIN} else (UNDO, HOLD)
    more = _MORE.get(at.step)
    return (*first, *more(job, at)) if more else first


def problems(job: Job, at: At) -> tuple[Button, ...]:
    """Return what may be the matter at this step."""
    if at.step in {Step.BENCH, Step.TOTE, Step.BACK} | ASIDES:
        return ()
    again = (REPRINT,) if at.step is Step.STICK and job.sheet else ()
    return (*_in_it(job, at), *again, *(OF_THE_BOX if job.box else ()))


def _in_it(job: Job, at: At) -> tuple[Button, ...]:
    if at.step in WITH_A_BOX and job.box:
        return WRONG_IN_THE_BOX
    return IN_THE_BOX if at.step is Step.ITEM else ()


def _at_item(job: Job, at: At) -> tuple[Button, ...]:
    return FULL, *_boxes(job, at)


def _at_box(job: Job, at: At) -> tuple[Button, ...]:
    return CLOSE, *_boxes(job, at)


def _at_label(job: Job, _at: At) -> tuple[Button, ...]:
    is_refused = job.box is not None and job.box.label_state is LabelState.REFUSED
    return (AGAIN,) if is_refused else ()


def _at_stick(job: Job, _at: At) -> tuple[Button, ...]:
    if job.sheet is None:
        return ()
    return (REPRINT, NO, YES) if job.sheet.state == "unsure" else (REPRINT,)


def _at_reprint(_job: Job, _at: At) -> tuple[Button, ...]:
    return tuple(
        Button(Order.QUANTITY, reason, quantity=number)
        for number, reason in enumerate(REASONS, start=1)
    )


def _at_holds(job: Job, _at: At) -> tuple[Button, ...]:
    holds = job.box.holds if job.box else ()
    return (
        BACK,
        *(
            Button(Order.QUANTITY, "packing.one_of", quantity=number, values={"sku": held.sku})
            for number, held in enumerate(holds[:CHOICES], start=1)
        ),
    )


def _boxes(job: Job, at: At) -> tuple[Button, ...]:
    chosen = at.box_type_id or (job.options[0].box_type_id if job.options else None)
    return tuple(
        _box(option, number, is_chosen=option.box_type_id == chosen)
        for number, option in enumerate(job.options[:CHOICES], start=1)
    )


def _box(option: Option, number: int, *, is_chosen: bool) -> Button:
    values = {"box": option.name, "size": option.size, "percent": option.fill_percent}
    label = "packing.option" if option.fill_percent is not None else "packing.option_unmeasured"
    icon = "done" if is_chosen else ""
    return Button(Order.BOX, label, icon, quantity=number, values=values)


_MORE: dict[Step, Callable[[Job, At], tuple[Button, ...]]] = {
    Step.ITEM: _at_item,
    Step.MORE: lambda _job, _at: (FULL,),
    Step.BOX: _at_box,
    Step.WEIGH: lambda _job, _at: (WEIGH,),
    Step.OFF: lambda _job, _at: (WEIGH, COUNT, IS_RIGHT),
    Step.LABEL: _at_label,
    Step.STICK: _at_stick,
    Step.REPRINT: _at_reprint,
    Step.SHORT: lambda _job, _at: (NO, YES),
    Step.AGAIN: lambda _job, _at: (BACK, OPEN_AGAIN),
    Step.UNPACK: lambda _job, _at: (NO, YES),
    Step.SPOILED: _at_holds,
    Step.FOREIGN: _at_holds,
    Step.EMPTY: lambda _job, _at: (EMPTY, SOMETHING_IN_IT),
}
