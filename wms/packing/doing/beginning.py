"""Beginning: which bench, which tote, which box."""

from dataclasses import replace

from wms.floor.turn import say
from wms.packing import actions
from wms.packing.dialogue import At, Step, acts
from wms.packing.doing.scan import Done, Scan
from wms.packing.opening import open_tote, resume
from wms.stations import queries as stations


def sit(scan: Scan, act: acts.Sit, _done: Done) -> Done:
    """Sit down at a bench."""
    bench = stations.station(scan.session, act.station_id).name
    return Done(At(Step.TOTE, act.station_id), say("packing.begun", bench=bench))


def open_it(scan: Scan, act: acts.Open, done: Done) -> Done:
    """Open a tote."""
    by, now = scan.who
    begun = open_tote(scan.session, done.at, act, by=by, now=now)
    return Done(begun.at, begun.say, begun.tone)


def go_on(scan: Scan, act: acts.Resume, done: Done) -> Done:
    """Go on with a box that was begun."""
    by, now = scan.who
    begun = resume(scan.session, done.at, act.package_id, by=by, now=now)
    return Done(begun.at, begun.say, begun.tone)


def open_again(scan: Scan, act: acts.OpenAgain, done: Done) -> Done:
    """Open a box that stood in its lane, before whoever asks for it."""
    session, (by, now) = scan.session, scan.who
    actions.reopen(session, package_id=act.package_id, by=by, at=now)
    actions.take_over(session, package_id=act.package_id, station_id=done.at.station_id, by=by)
    begun = resume(session, done.at, act.package_id, by=by, now=now)
    there = begun.at.to(Step.BOX, old_label=done.at.old_label)
    return replace(done, at=there)
