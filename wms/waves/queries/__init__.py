"""What others may ask about waves: what waits for one, what one would take, and how far those are that there are."""

from wms.waves.queries.board import (
    UnknownWave,
    WaveRow,
    going_on,
    in_motion,
    live_members,
    members,
    names,
    sums,
    wave,
    wave_of,
    waves_asked,
)
from wms.waves.queries.cutoffs import CutOff, default_filters, next_cut_offs
from wms.waves.queries.layout import LaidOut, cart_slots, lay_out, plan_of, stops_of
from wms.waves.queries.pictures import picture_of
from wms.waves.queries.preview import Lack, Preview, preview
from wms.waves.queries.reasons import Reason, Short, reasons, shorts_of
from wms.waves.queries.waiting import WAVE_LIMIT, Waiting, carriers, waiting, waiting_count

__all__ = [
    "WAVE_LIMIT",
    "CutOff",
    "Lack",
    "LaidOut",
    "Preview",
    "Reason",
    "Short",
    "UnknownWave",
    "Waiting",
    "WaveRow",
    "carriers",
    "cart_slots",
    "default_filters",
    "going_on",
    "in_motion",
    "lay_out",
    "live_members",
    "members",
    "names",
    "next_cut_offs",
    "picture_of",
    "plan_of",
    "preview",
    "reasons",
    "shorts_of",
    "stops_of",
    "sums",
    "waiting",
    "waiting_count",
    "wave",
    "wave_of",
    "waves_asked",
]
