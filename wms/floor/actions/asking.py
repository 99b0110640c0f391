"""What the floor itself asks: which of several things was meant, and whether an unknown bin should be made."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from wms.bins import actions as bins
from wms.bins.places import Kind as PlaceKind
from wms.bins.queries import warehouses
from wms.codes.queries import Kind, kinds_of, normal, resolve, shown, unfit
from wms.floor.here import Here, Puzzle, Question
from wms.floor.plain import from_plain, to_plain
from wms.floor.turn import Button, Heard, Order, Sentence, Tone, Turn, say
from wms.kernel.refusal import Wrong

OPTIONS_LIMIT = 4
"""Most things to choose between on one screen: each is a large button."""

_ADDRESS = re.compile(r"[A-Z]{1,3}(?:-[0-9A-Z]{1,4}){1,4}|[0-9]{1,3}(?:-[0-9A-Z]{1,4}){2,4}")
"""How the labels of bins look: parts with dashes between, as in A-03-12."""

_LABEL = "WXL"


def which(here: Here, heard: Heard, symbology: str | None, names: Sequence[str]) -> Here:
    """Ask which of several things a code was meant to be."""
    offered = list(zip(heard.meanings, names, strict=True))[:OPTIONS_LIMIT]
    options = tuple(
        {"kind": str(meaning.kind), "owner": meaning.owner_id, "target": meaning.target_id}
        for meaning, _ in offered
    )
    buttons = [
        _choice(number, f"floor.choose_{meaning.kind}", name=name)
        for number, (meaning, name) in enumerate(offered, start=1)
    ]
    question = Question(
        Puzzle.WHICH, heard.code, to_plain(here.turn), options, symbology, heard.quantity
    )
    asked = say("floor.which", code=shown(heard.code), count=len(offered))
    return _asked(here, question, say("floor.choose"), asked, buttons)


def new_bin(session: Session, here: Here, code: str) -> Here | None:
    """Ask whether a bin should be made of an unknown label; None where it is none of a bin.

    In the middle of work only a label with the house's own prefix counts: the number of a lot may look like an address.
    """
    wanted = _bin_code(code) if normal(code).startswith(_LABEL) or not here.stand.process else None
    known = warehouses(session)[:OPTIONS_LIMIT]
    if wanted is None or not known:
        return None
    options = tuple({"warehouse": one.id, "name": one.name} for one in known)
    question = Question(Puzzle.NEW_BIN, wanted, to_plain(here.turn), options)
    if len(known) == 1:
        asked = say("floor.new_bin", code=wanted, warehouse=known[0].name)
        buttons = [Button(Order.YES, "floor.make_it", "plus")]
    else:
        asked = say("floor.new_bin_where", code=wanted)
        buttons = [
            _choice(number, "floor.in_warehouse", name=one.name)
            for number, one in enumerate(known, start=1)
        ]
    buttons.append(Button(Order.NO, "floor.leave_it", "cross"))
    return _asked(here, question, say("floor.make_bin"), asked, buttons)


def behind(here: Here) -> Here:
    """Return the place as it was before the question."""
    assert here.question is not None
    return replace(here, turn=from_plain(here.question.turn), question=None)


def answer(
    session: Session, here: Here, question: Question, heard: Heard, *, by: int, at: datetime
) -> Here | Heard:
    """Return where the answer leads, or what was heard in the end: the thing chosen, or another scan altogether."""
    if heard.order is Order.NO:
        return here.told(say("floor.left_it"), Tone.QUIET)
    match question.puzzle:
        case Puzzle.WHICH:
            return _chosen(session, question, heard)
        case Puzzle.NEW_BIN:
            option = _option(question, heard)
            return _made(session, here, question.code, option, by=by, at=at) if option else heard


def _chosen(session: Session, question: Question, heard: Heard) -> Heard:
    option = _option(question, heard) if heard.order is Order.QUANTITY else None
    if option is None:
        return heard
    key = (option["kind"], option["owner"], option["target"])
    meant = tuple(
        meaning
        for meaning in resolve(session, question.code, symbology=question.symbology)
        if (meaning.kind, meaning.owner_id, meaning.target_id) == key
    )
    return Heard(question.code, meant, quantity=question.quantity)


def _option(question: Question, heard: Heard) -> Mapping[str, Any] | None:
    """Return the option that was chosen: by its number, or, where there is only one, by yes or the same scan again."""
    options = question.options
    if heard.order is Order.QUANTITY and heard.quantity and heard.quantity <= len(options):
        return options[heard.quantity - 1]
    is_yes = heard.order is Order.YES or (
        heard.order is None and _bin_code(heard.code) == question.code
    )
    return options[0] if is_yes and len(options) == 1 else None


def _made(
    session: Session,
    here: Here,
    code: str,
    option: Mapping[str, Any],
    *,
    by: int,
    at: datetime,
) -> Here:
    try:
        bins.create_location(
            session,
            warehouse_id=option["warehouse"],
            code=code,
            kind=PlaceKind.BIN,
            by=by,
            at=at,
        )
    except Wrong as wrong:
        fault = wrong.faults[0]
        told = Sentence(fault.sentence, dict(fault.values))
        return here.told(told, Tone.WRONG)
    made = say("floor.bin_made", code=code, warehouse=option["name"])
    return here.told(made, Tone.GOOD)


def _asked(
    here: Here, question: Question, verb: Sentence, asked: Sentence, buttons: Sequence[Button]
) -> Here:
    turn = Turn(
        here.stand.process,
        question.puzzle,
        verb,
        target=shown(question.code),
        say=asked,
        tone=Tone.ATTENTION,
        title=here.turn.title,
        progress=here.turn.progress,
        buttons=tuple(buttons),
    )
    return replace(here, turn=turn, question=question)


def _choice(number: int, label: str, *, name: str) -> Button:
    return Button(Order.QUANTITY, label, quantity=number, values={"number": number, "name": name})


def _bin_code(code: str) -> str | None:
    """Return the code that a bin of this label would have; None where it looks like no bin's."""
    bare = normal(code)
    has_label = bare.startswith(_LABEL)
    bare = normal(bare[len(_LABEL) :]) if has_label else bare
    looks_like_one = has_label or _ADDRESS.fullmatch(bare)
    fits = Kind.LOCATION in kinds_of(bare) and unfit(bare, Kind.LOCATION) is None
    return bare if bare and looks_like_one and fits else None
