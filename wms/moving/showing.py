"""What the screen shows a person who moves units."""

from wms.floor.turn import Amount, Button, Order, Sentence, Thing, Tone, Turn, say
from wms.moving.dialogue import Step, Where
from wms.moving.queries import Task
from wms.stock.moves import StockStatus

PROCESS = "moving"

UNDO = Button(Order.UNDO, "moving.undo", "undo")
SKIP = Button(Order.SKIP, "moving.skip", "skip")
DONE = Button(Order.DONE, "moving.button_done", "check")
ELSEWHERE = Button(Order.FULL, "moving.elsewhere", "bins")

PROBLEMS = (
    Button(Order.EMPTY, "moving.not_here"),
    Button(Order.SHORT, "moving.fewer_there"),
)


def shown(task: Task, where: Where, said: Sentence | None = None, tone: Tone = Tone.QUIET) -> Turn:
    """Return the screen of one step."""
    title = say(f"moving.kind_{task.kind}")
    if task.status != StockStatus.AVAILABLE:
        title = say(f"moving.apart_{task.status}")
    thing = Thing(task.name, task.sku, task.picture, (task.lot,) if task.lot else ())
    match where.step:
        case Step.SOURCE:
            return Turn(
                PROCESS,
                where.step,
                say("moving.scan_place"),
                target=task.source,
                say=said,
                tone=tone,
                title=title,
                thing=thing,
                amount=Amount(0, task.asked),
                next=task.target or "",
                buttons=(UNDO, SKIP),
                expects=(task.source,),
            )
        case Step.ITEM:
            return Turn(
                PROCESS,
                where.step,
                say("moving.scan_item"),
                target=task.sku,
                say=said,
                tone=tone,
                title=title,
                thing=thing,
                amount=Amount(where.counted, task.asked),
                came_from=task.source,
                next=task.target or "",
                buttons=(UNDO, SKIP, DONE),
                problems=PROBLEMS,
                asks_quantity=True,
                expects=(task.sku,),
            )
        case Step.TARGET:
            verb = "moving.scan_target" if task.target else "moving.scan_any_bin"
            return Turn(
                PROCESS,
                where.step,
                say(verb),
                target=task.target or "",
                say=said,
                tone=tone,
                title=title,
                thing=thing,
                amount=Amount(task.lifted, task.asked),
                came_from=task.source,
                buttons=(UNDO, ELSEWHERE),
                expects=(task.target,) if task.target else (),
            )
