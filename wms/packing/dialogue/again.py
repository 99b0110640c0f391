"""A box that was done is opened again: its label is given back, and the old sheet is thrown away."""

from wms.floor.turn import Order, say
from wms.packing.dialogue.acts import OpenAgain
from wms.packing.dialogue.at import At, Parcel, Said, Step
from wms.packing.dialogue.job import Job
from wms.packing.dialogue.reply import Reply, ask, look, wrong

CONFIRMS = frozenset({Order.YES, Order.DONE})

ENDING = 6
"""Signs at the end of a number by which people tell labels apart."""


def ask_again(at: At, parcel: Parcel) -> Reply:
    """Ask whether a box that stands in its lane is to be opened."""
    told = say("packing.ask_open_again", box=parcel.number, order=parcel.order, ends=ends(parcel))
    return ask(at.to(Step.AGAIN, asked=parcel.id, old_label=parcel.label), told)


def at_again(job: Job, at: At, said: Said) -> Reply:
    """Hear whether it is: by a yes, or by the same scan once more."""
    is_same = any(parcel.id == at.asked for parcel in said.parcels)
    if at.asked and (said.order in CONFIRMS or is_same):
        told = say("packing.opened_again", ends=at.old_label[-ENDING:])
        return look(at.to(Step.BOX, asked=None), told, OpenAgain(at.asked))
    del job
    return wrong(at, say("packing.yes_or_no"))


def hear_old_label(at: At, said: Said) -> Reply | None:
    """Say of a label that was given back where it belongs; None where something else was scanned.

    A number that was had elsewhere may be any.
    """
    if said.order is not None or said.is_label:
        return None
    if at.void_label and said.code.upper().endswith(at.void_label):
        return wrong(at, say("packing.is_old_label", ends=at.void_label[-ENDING:]))
    if said.is_void_label and at.step not in {Step.AGAIN, Step.NUMBER}:
        return wrong(at, say("packing.label_is_void", ends=said.code.strip()[-ENDING:]))
    return None


def at_bench(at: At, said: Said) -> Reply | None:
    """Ask once more where a box is opened that somebody scanned away from a bench; None where there is none."""
    if not (at.asked and at.old_label):
        return None
    if not said.stations:
        return ask(at, say("packing.scan_bench"))
    there = at.to(Step.AGAIN, station_id=said.stations[0])
    return ask(there, say("packing.open_here", ends=at.old_label[-ENDING:]))


def ends(parcel: Parcel) -> str:
    """Return the last signs of the number on a label."""
    return parcel.label[-ENDING:]
