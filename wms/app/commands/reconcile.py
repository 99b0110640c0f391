"""`reconcile`: looks at once through what was bought with our key; exit 0 when no stray waits for anybody, else 1."""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from rich.console import Console
from rich.status import Status

from wms import wiring
from wms.app import verifying
from wms.app.house import open_house
from wms.kernel import calls, courier
from wms.kernel.commands import fresh_key, housekeeping
from wms.kernel.courier import Reaction
from wms.kernel.events import Event, OutboxCallDied, OutboxCallDone
from wms.kernel.refusal import Refusal
from wms.kernel.services import Services
from wms.shipping import actions as shipping
from wms.shipping import queries
from wms.shipping.queries import Sweep, Told
from wms.shipping.strays import KINDS, LOOK_BACK

WAIT_S = 60.0
"""So long nothing more may come of it before we leave the rest to the house."""

POLL_S = 0.2

BECOMES = {
    "asked": "its money is being asked back",
    "pending": "its money was asked back, and the carrier takes days to agree",
    "refunded": "its money is back",
    "rejected": "its carrier does not give the money back: somebody must look at it",
    "unanswered": "the platform did not answer when its money was asked back; the house asks again with the next look",
    "in_use": "its parcel travels, so its money was not asked back: somebody must look at it",
    "settled": "somebody has settled it",
    "foreign": "this house does not know its number, so its money was not asked back: somebody must look at it",
}

FOR_PEOPLE = frozenset({"rejected", "in_use", "foreign"})

SETTLED = frozenset({"pending", "refunded", "settled"})


class NoKey(Refusal):
    """The house buys no labels by itself."""

    sentence = "app.no_carrier_key"


def add(parser: argparse.ArgumentParser) -> None:
    """How long to wait, and how to tell."""
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument(
        "--wait",
        type=float,
        default=WAIT_S,
        metavar="SECONDS",
        help=f"leave the rest to the house when the platform is silent for so long ({WAIT_S:.0f})",
    )


def run(args: argparse.Namespace) -> int:
    """Return 0 when all was looked at and nothing waits for a person, else 1."""
    house = open_house()
    try:
        if not house.settings.shippo_api_key.get_secret_value():
            raise NoKey
        verifying.require_tables(house)
        sweep = look(house, args.wait)
    finally:
        house.database.close()
    tell_json(sweep) if args.json else tell(sweep)
    return 0 if is_clean(sweep) else 1


def look(house: Services, wait_s: float) -> Sweep:
    """Look through the list, and ask money back; what is not done by then the house goes on with."""
    name = fresh_key()
    act = housekeeping("shipping.reconcile", at=house.clock.now())
    house.database.write(act, lambda session: shipping.look_through(session, sweep=name, at=act.at))
    sweep = Sweep()
    with Console(file=sys.stderr).status("") as screen:
        for sweep in _watched(house, name, wait_s):
            _show(screen, sweep)
    return sweep


def is_clean(sweep: Sweep) -> bool:
    """Tell whether the whole list was looked through, and all money of strays was asked back or is settled."""
    is_whole = sweep.is_over and not (sweep.is_cut_off or sweep.trouble or sweep.many)
    return is_whole and all(one.becomes in SETTLED for one in sweep.found)


def tell_json(sweep: Sweep) -> None:
    """Print one object."""
    print(json.dumps({"clean": is_clean(sweep), **asdict(sweep)}, ensure_ascii=False))


def tell(sweep: Sweep) -> None:
    """Print what was looked at and found, for people."""
    print(
        f"Purchases of the last {LOOK_BACK.days} days: {sweep.looked}. With our mark: {sweep.ours}. "
        f"Labels of this house: {sweep.known}. Given back before, or never paid: {sweep.over}. "
        f"Left for the next look: {sweep.waits}."
    )
    if sweep.unread:
        print(f"Could not be read: {sweep.unread}.")
    if sweep.many:
        print(
            f"With our mark, and not known to this house: {sweep.many}. Their money was not asked back: another house "
            "may use the same key, or a backup was put back. Somebody must look at it."
        )
    for one in sweep.found:
        print(f"{_named(one)}: {BECOMES[one.becomes]}.")
    print(_in_all(sweep))
    if not sweep.is_over or sweep.trouble:
        reason = f" ({sweep.trouble})" if sweep.trouble else ""
        print(
            f"The list was not looked through to its end{reason}. The house looks at the rest by itself."
        )
    if sweep.is_cut_off:
        print("There are more purchases than are looked through at once; older ones were left out.")


def _in_all(sweep: Sweep) -> str:
    strays = len(sweep.found) + sweep.many
    waiting = sum(one.becomes in FOR_PEOPLE for one in sweep.found) + sweep.many
    where = " See the page Exceptions." if waiting else ""
    return f"Strays: {strays}. For a person: {waiting}.{where}"


def _named(one: Told) -> str:
    label = " ".join(part for part in (one.carrier, one.number) if part)
    about = ", ".join(part for part in (one.amount, one.package and f"box {one.package}") if part)
    return f"{label or one.transaction_id}{f' ({about})' if about else ''}"


def _watched(house: Services, name: str, wait_s: float) -> Iterator[Sweep]:
    """Yield how far it is whenever it got further: by our own work, or by that of a house that runs beside us."""
    until, before = time.monotonic() + wait_s, Sweep()
    while time.monotonic() < until:
        worked = _step(house)
        with house.database.read() as session:
            sweep = queries.sweep_so_far(session, name)
        if sweep != before:
            until, before = time.monotonic() + wait_s, sweep
            yield sweep
        if worked:
            continue
        if sweep.is_over and all(one.is_answered for one in sweep.found):
            return
        time.sleep(POLL_S)


def _step(house: Services) -> bool:
    """Do one thing of it; tells whether there was one."""
    asked = wiring.calls(house.settings)
    heard: dict[type[Event], Mapping[str, Reaction]] = {
        fact: wiring.REACTIONS[fact] for fact in (OutboxCallDone, OutboxCallDied)
    }
    ours = {kind: asked[kind] for kind in KINDS}
    return courier.deliver(house.database, heard, house.clock) or calls.make_due(
        house.database, ours, house.clock
    )


def _show(screen: Status, sweep: Sweep) -> None:
    screen.update(f"{sweep.looked} purchases, {len(sweep.found)} strays {sweep.trouble}")
