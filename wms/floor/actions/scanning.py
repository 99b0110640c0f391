"""One scan, button or number of a person on the floor, from what it can mean to what the screen says next."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from wms.codes.queries import normal, shown
from wms.floor import offering
from wms.floor.actions import asking, cards
from wms.floor.actions.hearing import hear, names, taken_for
from wms.floor.actions.keeping import keep
from wms.floor.here import Here, at_home
from wms.floor.plain import to_plain
from wms.floor.process import Card, Floor, Worker
from wms.floor.queries import here, tiles
from wms.floor.spoken import is_badge, is_command
from wms.floor.turn import Heard, Order, Sentence, Tone, say
from wms.kernel.refusal import Refusal
from wms.people.policy import LEADS
from wms.stations import actions as stations


class NotYourWork(Refusal):
    """The person's roles do not go with this kind of work."""

    sentence = "floor.not_your_work"
    status = 403


@dataclass(frozen=True)
class _Act:
    """What is being answered: by whom, on which floor, when."""

    session: Session
    floor: Floor
    worker: Worker
    heard: Heard
    symbology: str | None
    wanted: str
    at: datetime


def scan(
    session: Session,
    floor: Floor,
    *,
    worker: Worker,
    code: str = "",
    symbology: str | None = None,
    order: Order | None = None,
    quantity: int | None = None,
    process: str = "",
    occurred_at: datetime | None = None,
    is_late: bool = False,
    at: datetime,
) -> dict[str, Any]:
    """Take one act of a person and answer what it was taken for, where they stand now and what the screen shows.

    `code` is what was scanned, or `order` what was pressed; `quantity` goes with Order.QUANTITY. With Order.WORK,
    `process` names the tile that was pressed. The device, its count and the moment stand on the command. A Refusal
    changes nothing: the person stands where they stood.
    """
    heard = hear(
        session,
        code=code,
        symbology=symbology,
        order=order,
        quantity=quantity,
        is_late=is_late,
        occurred_at=occurred_at or at,
    )
    before = here(session, floor, worker.id, locked=True)
    after = _answered(_Act(session, floor, worker, heard, symbology, process, at), before)
    if not after.leaves:
        keep(session, worker.id, after, at=at)
    return {
        "taken_for": taken_for(heard),
        "turn": to_plain(after.turn),
        "leaves": after.leaves,
    }


def _answered(act: _Act, before: Here) -> Here:
    """Return where the scan leads: through an open question first, then on the floor, then in the process."""
    if (question := before.question) is not None:
        before = asking.behind(before)
        answer = asking.answer(
            act.session, before, question, act.heard, by=act.worker.id, at=act.at
        )
        if isinstance(answer, Here):
            return answer
        act = replace(act, heard=answer)
    return _on_the_floor(act, before) or _unclear(act, before) or _in_work(act, before)


def _on_the_floor(act: _Act, before: Here) -> Here | None:
    """Answer what the floor itself is asked for; None for all else."""
    match act.heard.order:
        case Order.MENU:
            return offering.still(at_home(_how_to_go_on(act, before)), before)
        case Order.PAUSE | Order.OUT:
            return replace(before, leaves=True)
        case Order.HELP:
            return _call_help(act, before)
        case Order.WORK:
            return _begin(act, before)
        case _:
            return None


def _how_to_go_on(act: _Act, before: Here) -> Sentence | None:
    """Say to somebody who left a piece of work for home what leads back to it."""
    process = act.floor.processes.get(before.stand.process)
    if process is None:
        return None
    in_hand = [
        tile for tile in tiles(act.session, act.floor, act.worker, act.at) if tile.waiting.mine
    ]
    if in_hand and in_hand[0].process is process:
        return say("floor.work_is_kept")
    return say("floor.tile_leads_back", tile=Sentence(process.label))


def _unclear(act: _Act, before: Here) -> Here | None:
    """Say what to do about a scan that no process could make sense of; None where one can."""
    code, meanings = act.heard.code, act.heard.meanings
    if act.heard.order is not None or len(meanings) == 1:
        return None
    if is_badge(code):
        return before.told(say("floor.badge_at_the_door"), Tone.ATTENTION)
    if is_command(code):
        return before.told(say("floor.unknown_command", code=shown(code)), Tone.WRONG)
    if normal(code) in {normal(wanted) for wanted in before.turn.expects}:
        return None
    if meanings:
        return asking.which(before, act.heard, act.symbology, names(act.session, meanings))
    return _unknown(act, before, code)


def _unknown(act: _Act, before: Here, code: str) -> Here | None:
    is_lead = not act.worker.roles.isdisjoint(LEADS)
    asked = asking.new_bin(act.session, before, code) if is_lead else None
    if asked or before.stand.process:
        return asked  # in work, the process knows best what to say: it may be the number of a lot
    known = (tell(act.session, code) for tell in act.floor.strangers)
    told = next((one for one in known if one), say("floor.unknown_code", code=shown(code)))
    return before.told(told, Tone.WRONG)


def _in_work(act: _Act, before: Here) -> Here:
    """Hand the scan to the process that the person is in; at home, show what was scanned."""
    stood = before.stand if before.stand.process else offering.offered(before, act.heard)
    process = act.floor.processes.get(stood.process) if stood else None
    if stood is None or process is None:
        return _at_home(act, before)
    if not act.worker.roles & process.roles:
        raise NotYourWork
    stand, turn = process.hear(act.session, act.worker, stood, act.heard, act.at)
    if stand.process:
        return Here(stand, turn)
    return offering.came_home(stand, at_home(turn.say, turn.tone), turn)


def _at_home(act: _Act, before: Here) -> Here:
    if act.heard.order is not None:
        here = at_home(say("floor.take_work_first"), Tone.ATTENTION)
    elif (card := cards.look_up(act.session, act.floor, act.heard.meanings[0])) is None:
        here = at_home(say("floor.no_card", code=shown(act.heard.code)), Tone.ATTENTION)
    else:
        here = _with_offer(act, card, cards.shown_at_home(card))
    return offering.still(here, before)


def _with_offer(act: _Act, card: Card, here: Here) -> Here:
    """Let those who work in its process do something about what was scanned."""
    process = act.floor.processes.get(card.offer.stand.process) if card.offer else None
    if card.offer is None or process is None or not act.worker.roles & process.roles:
        return here
    return offering.with_offer(here, card.offer)


def _begin(act: _Act, before: Here) -> Here:
    """Give the person the next best piece of work: what they have in hand, else the first kind that has some."""
    offered = tiles(act.session, act.floor, act.worker, act.at)
    asked = [
        tile
        for tile in offered
        if tile.name == act.wanted or (not act.wanted and tile.waiting.count)
    ]
    if act.wanted and not asked:
        raise NotYourWork
    for tile in sorted(asked, key=lambda tile: not tile.waiting.mine):
        if (begun := tile.process.begin(act.session, act.worker, act.at)) is not None:
            return Here(*begun)
    elsewhere = next((one.waiting.elsewhere for one in offered if one.waiting.elsewhere), None)
    nothing = "floor.nothing_of_this" if act.wanted else "floor.nothing_waits"
    told = (not act.wanted and elsewhere) or Sentence(nothing)
    return offering.still(at_home(told, Tone.ATTENTION), before)


def _call_help(act: _Act, before: Here) -> Here:
    if act.worker.device_id is None:
        return before.told(say("floor.help_where"), Tone.ATTENTION)
    stations.call_help(act.session, device_id=act.worker.device_id, by=act.worker.id, at=act.at)
    return before.told(say("floor.help_comes"), Tone.GOOD)
