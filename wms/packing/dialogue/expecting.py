"""Which codes would be right now: what the practice scanner offers, and a packer who knows the job would scan."""

from collections.abc import Callable

from wms.packing.dialogue.at import At, Step
from wms.packing.dialogue.boxing import plausible
from wms.packing.dialogue.counting import may_type, next_want
from wms.packing.dialogue.job import Job, LabelState
from wms.packing.dialogue.labelling import REASONS

OFFERED = 6
"""Most codes that are offered at once."""


def expects(job: Job, at: At) -> tuple[str, ...]:
    """Return the codes that would be right now, what takes the fewest scans first."""
    return _EXPECTED[at.step](job, at)[:OFFERED]


def _of_items(job: Job, at: At) -> tuple[str, ...]:
    figure = may_type(job, at) if at.step is Step.ITEM else 0
    codes = [f"WXCQ{figure}"] if figure else []
    first = next_want(job, at)
    for want in [first, *job.wants] if first else []:
        fits = [(units, code) for code, units in want.item.codes if units <= want.left]
        codes += [code for _units, code in sorted(fits, key=lambda one: -one[0])]
        codes.append(want.item.sku)
    return tuple(dict.fromkeys(codes))


def _of_lots(job: Job, at: At) -> tuple[str, ...]:
    asked = job.want(at.key)
    same = [want for want in job.wants if asked and want.item.id == asked.item.id]
    return tuple(want.lot or want.serial for want in same)


def _of_holds(job: Job, _at: At) -> tuple[str, ...]:
    count = len(job.box.holds) if job.box else 0
    return tuple(f"WXCQ{number}" for number in range(1, count + 1))


def _of_boxes(job: Job, _at: At) -> tuple[str, ...]:
    boxes = [f"WXCBOX{number}" for number in range(1, len(job.options) + 1)]
    return ("WXCYES", *boxes) if boxes else ()


def _of_weight(job: Job, _at: At) -> tuple[str, ...]:
    if job.bench is not None and job.bench.has_scale:
        return ("WXCWEIGH",)
    return (f"WXCQ{plausible(job.box)}",) if job.box else ()


def _of_label(job: Job, _at: At) -> tuple[str, ...]:
    is_refused = job.box is not None and job.box.label_state is LabelState.REFUSED
    return ("WXCYES",) if is_refused else ()


def _of_number(job: Job, _at: At) -> tuple[str, ...]:
    return (f"TRACK{job.box.number.replace('-', '')}",) if job.box else ()


def _of_sticker(job: Job, _at: At) -> tuple[str, ...]:
    return (job.box.label_code,) if job.box else ()


def _of_tote(job: Job, _at: At) -> tuple[str, ...]:
    return (job.tote.code,) if job.tote else ("WXCYES",)


def _of_any_tote(job: Job, _at: At) -> tuple[str, ...]:
    return (job.tote.code,) if job.tote else job.offers


_EXPECTED: dict[Step, Callable[[Job, At], tuple[str, ...]]] = {
    Step.BENCH: lambda job, _at: job.offers,
    Step.TOTE: lambda job, _at: job.offers,
    Step.ITEM: _of_items,
    Step.DAMAGED: _of_items,
    Step.SPOILED: _of_holds,
    Step.FOREIGN: _of_holds,
    Step.LOT: _of_lots,
    Step.SHORT: lambda _job, _at: ("WXCYES", "WXCNO"),
    Step.AGAIN: lambda _job, _at: ("WXCYES", "WXCNO"),
    Step.UNPACK: lambda _job, _at: ("WXCYES", "WXCNO"),
    Step.MORE: lambda job, _at: tuple(tote.code for tote in job.other_totes),
    Step.BOX: _of_boxes,
    Step.WEIGH: _of_weight,
    Step.OFF: lambda _job, _at: ("WXCNO", "WXCWEIGH"),
    Step.LABEL: _of_label,
    Step.NUMBER: _of_number,
    Step.STICK: _of_sticker,
    Step.REPRINT: lambda _job, _at: tuple(f"WXCQ{n}" for n in range(1, len(REASONS) + 1)),
    Step.EMPTY: _of_tote,
    Step.LEFTOVER: lambda _job, _at: ("WXCNO",),
    Step.BACK: _of_any_tote,
}
