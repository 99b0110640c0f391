"""Whether somebody may go on where they stand: an order may be stopped meanwhile, or its units be gone."""

from dataclasses import dataclass

from wms.floor.turn import Sentence, Tone, say
from wms.orders import actions as orders
from wms.orders.gate import Gate, Stop, StopKind
from wms.picking import actions
from wms.picking.actions.late import is_kept
from wms.picking.actions.rows import held_task
from wms.picking.actions.shorting import GONE
from wms.picking.dialogue import At, Step
from wms.picking.doing import Scan
from wms.picking.lifecycle import LIVE
from wms.picking.queries.trips import trip_of
from wms.picking.tables import PickTask


@dataclass(frozen=True)
class Stopped:
    """Why the scan was not taken, and where the person goes on."""

    at: At
    say: Sentence
    tone: Tone


def look_for_stop(scan: Scan) -> Stopped | None:
    """Ask before every act whether the order in hand may go on; what happened already is booked all the same."""
    if scan.heard.is_late:
        return None
    if scan.here.step is Step.LOAD:
        return _at_load(scan)
    if scan.here.task_id is None:
        return None
    return _at_task(scan, held_task(scan.session, scan.run.id, scan.here.task_id))


def _at_task(scan: Scan, task: PickTask) -> Stopped | None:
    gate = orders.gate(scan.session, task.fo_id)
    if gate.stop:
        return _stopped(scan, gate, gate.stop, task)
    if task.state not in LIVE:
        told = say("picking.task_over", order=gate.number)
        return Stopped(At(Step.GO, bin_id=scan.here.bin_id), told, Tone.ATTENTION)
    return None if is_kept(scan.session, task) else _gone(scan, task)


def _at_load(scan: Scan) -> Stopped | None:
    trip = trip_of(scan.session, scan.run, at=scan.at)
    for want in trip.wants:
        if want.fo_id is None:
            continue
        gate = orders.gate(scan.session, want.fo_id)
        if gate.stop:
            return _stopped(scan, gate, gate.stop, None)
    return None


def _stopped(scan: Scan, gate: Gate, stop: Stop, task: PickTask | None) -> Stopped:
    by, at = scan.who
    actions.stop(scan.session, gate.fo_id, by=by, at=at)
    word = "cancelled" if stop.kind is StopKind.CANCELLED else "held"
    told = say(f"picking.{word}", order=gate.number, reason=stop.reason)
    if task is not None and scan.here.count:
        told = say(f"picking.{word}_in_hand", order=gate.number, n=scan.here.count)
    return Stopped(At(Step.GO, bin_id=scan.here.bin_id), told, Tone.STOPPED)


def _gone(scan: Scan, task: PickTask) -> Stopped:
    """Look elsewhere for units whose promise was broken: a count, or somebody who took them, was faster."""
    by, at = scan.who
    came = actions.short(scan.session, scan.run, task_id=task.id, reason=GONE, by=by, at=at)
    told = say("picking.gone", n=came.elsewhere, missing=came.missing)
    return Stopped(At(Step.GO), told, Tone.ATTENTION)
