"""Which label is next, and taking it: what is claimed is ours until its lease ends."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, Select, bindparam, case, select
from sqlalchemy.orm import Session

from wms.kernel.commands import HOUSE
from wms.kernel.prepared import Prepared, among
from wms.shipping.actions import buying, failing, wishing
from wms.shipping.actions.rows import Held, held
from wms.shipping.gateway import Address, Parcel
from wms.shipping.lifecycle import State, Verb
from wms.shipping.means import Means
from wms.shipping.paper import Party, recipient, sender
from wms.shipping.tables import Shipment

TO_BUY = (State.DRAFT, State.RATED)
"""These come before what only has to be looked up."""

LOOKED_AFTER = (*TO_BUY, State.BUYING, State.IN_DOUBT, State.BOUGHT, State.VOID_REQUESTED)


@dataclass(frozen=True)
class Route:
    """What a carrier is asked about: the box, from where, to whom."""

    parcel: Parcel
    sender: Address
    recipient: Address


@dataclass(frozen=True)
class Claimed:
    """A label that is ours until `lease_until`: who comes back later writes nothing."""

    id: int
    state: State
    uid: str
    lease_until: datetime
    tries: int
    rate_id: str = ""
    rated_at: datetime | None = None
    transaction_id: str = ""
    refund_id: str = ""
    can_be_absent: bool = False
    """Whether the grace period is over: from now on "it was never bought" is believed."""
    route: Route | None = None
    """Of one whose rates are still to be asked for."""


def _due(now: datetime | BindParameter[datetime]) -> Select[int]:
    to_buy = among(Shipment.state, TO_BUY)
    return (
        select(Shipment.id)
        .where(
            among(Shipment.state, LOOKED_AFTER),
            Shipment.due_at <= now,
            Shipment.lease_until <= now,
            among(Shipment.means, (Means.SHIPPO, "")),  # others need nobody outside
        )
        .order_by(case((to_buy, 0), else_=1), Shipment.due_at, Shipment.id)
        .limit(1)
    )


DUE = Prepared(_due(bindparam("now")))
"""The question for the label that is next `now`."""


@dataclass(frozen=True)
class Terms:
    """How the house buys: whether it can at all, and how long it waits for what."""

    can_buy: bool
    lease: timedelta
    grace: timedelta
    look_again: timedelta


def take(session: Session, terms: Terms, now: datetime) -> Claimed | None:
    """Claim the next label; None where it needed nobody outside, or another worker was faster."""
    number = session.scalar(_due(now))
    if number is None:
        return None
    one = held(session, number)
    row = one.shipment
    if row.lease_until > now or row.due_at > now:
        return None
    match State(row.state):
        case State.DRAFT | State.RATED:
            return _to_buy(session, one, terms, now)
        case State.BUYING:  # its worker died: it may be bought
            told = "shipping.worker_died"
            buying.is_in_doubt(session, one, told, grace=terms.grace, by=HOUSE, at=now)
            return None
        case _:
            return _claimed(row, terms, now)


def ours(session: Session, claimed: Claimed) -> Held | None:
    """Lock a label that is still ours; None where its lease ended and somebody else took it."""
    one = held(session, claimed.id)
    row = one.shipment
    is_ours = row.state == claimed.state and row.lease_until == claimed.lease_until
    return one if is_ours else None


def _to_buy(session: Session, one: Held, terms: Terms, now: datetime) -> Claimed | None:
    row = one.shipment
    if not terms.can_buy:
        wishing.ask_for_number(session, row, by=HOUSE, at=now)
        return None
    row.means = Means.SHIPPO
    from_, to = sender(session, one.package), recipient(session, one.package)
    if from_ is None or to is None or not to.is_whole:
        told = "shipping.no_ship_from" if from_ is None else "shipping.no_recipient"
        failing.fail(session, one, Verb.REFUSE_RATES, told, by=HOUSE, at=now)
        return None
    size = row.parcel
    parcel = Parcel(size["length_mm"], size["width_mm"], size["height_mm"], row.weight_g)
    return _claimed(row, terms, now, Route(parcel, _address(from_), _address(to)))


def _claimed(row: Shipment, terms: Terms, now: datetime, route: Route | None = None) -> Claimed:
    row.lease_until = now + terms.lease
    asked = row.asked_at
    return Claimed(
        row.id,
        State(row.state),
        row.uid,
        row.lease_until,
        row.tries,
        row.rate_id,
        datetime.fromisoformat(row.rates["rated_at"]) if row.rate_id else None,
        row.transaction_id or "",
        row.refund_id,
        asked is not None and now >= asked + terms.grace,
        route,
    )


def _address(party: Party) -> Address:
    return Address(
        name=party.name,
        street1=party.street1,
        city=party.city,
        zip=party.zip,
        country=party.country,
        company=party.company,
        street2=party.street2,
        province=party.province,
        phone=party.phone,
        email=party.email,
    )
