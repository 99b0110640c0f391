"""Which act is done where."""

from collections.abc import Callable
from typing import Any

from wms.packing.dialogue import Reply, acts
from wms.packing.doing.beginning import go_on, open_again, open_it, sit
from wms.packing.doing.boxes import see_to_box
from wms.packing.doing.ending import put_down, take_back
from wms.packing.doing.filling import lose, put, take_out_of_box
from wms.packing.doing.labels import see_to_label
from wms.packing.doing.scan import Done, Scan


def carry_out(scan: Scan, reply: Reply) -> Done:
    """Do what is to be done."""
    done = Done(reply.at, reply.say, reply.tone)
    do = _ACTS.get(type(reply.act))
    return do(scan, reply.act, done) if do else done


_ACTS: dict[type, Callable[[Scan, Any, Done], Done]] = {
    acts.Sit: sit,
    acts.Open: open_it,
    acts.Resume: go_on,
    acts.OpenAgain: open_again,
    acts.Put: put,
    acts.Undo: take_back,
    **dict.fromkeys((acts.Missing, acts.Damaged, acts.Leftover), lose),
    **dict.fromkeys((acts.Spoiled, acts.Foreign), take_out_of_box),
    **dict.fromkeys((acts.Close, acts.Weigh, acts.Reopen, acts.Unpack), see_to_box),
    **dict.fromkeys(
        (acts.AskAgain, acts.Number, acts.Stage, acts.Answer, acts.Reprint), see_to_label
    ),
    **dict.fromkeys((acts.Emptied, acts.GiveBack, acts.Hold), put_down),
}
