"""A label is ours: its package is told, and its sheet is printed at the bench."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.cases import actions as cases
from wms.cases import queries as case_queries
from wms.codes.queries import normal
from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, Refusal, Wrong
from wms.kernel.words import say
from wms.packing import actions as packing
from wms.packing import queries as packages
from wms.packing.events import LabelNumberTyped
from wms.packing.tables import Package
from wms.printing import actions as printing
from wms.printing import queries as printed
from wms.shipping.actions.failing import NO_LABEL
from wms.shipping.actions.rows import WEIGHED, held, held_package, live_of, move, why
from wms.shipping.events import LabelBought
from wms.shipping.lifecycle import State, Verb
from wms.shipping.means import OURS, Means
from wms.shipping.paper import house_sheet, services
from wms.shipping.tables import LabelDocument, Shipment

PREFIX = "WXS"
"""How the numbers of our own labels begin."""

LABELS = "labels"
"""The printer of a bench that labels come out of."""

REASON = "print_reason"
"""The field that says why a label is printed once more."""

ABOUT = "shipment"
"""What print jobs of labels are about."""


NOT_BOUGHT = frozenset({State.DRAFT, State.RATED})
"""Nobody was asked to sell such a label: its number may come from elsewhere."""

LONGEST_KEPT = 40
"""So much of a number that was given up is kept before what tells it from the one that counts."""


class NoSheet(Refusal):
    """There is nothing to print: no label was made or bought here."""

    sentence = "shipping.no_sheet"


def record_ours(
    session: Session, row: Shipment, package: Package, *, by: int, at: datetime
) -> None:
    """Make the label of a parcel that our own courier takes or the customer fetches. It costs nothing."""
    number = f"{PREFIX}{row.id:07d}"
    row.service = services()[Means(row.means)]
    bought(session, row, number=number, verb=Verb.RECORD, by=by, at=at)
    tell_package(session, row, package, by=by, at=at)


def take_number(session: Session, fact: LabelNumberTyped, by: int, at: datetime) -> None:
    """React to a number that was typed or scanned: the label comes from elsewhere."""
    _, package = held_package(session, fact.package_id)
    row = live_of(session, fact.package_id)
    if row is None or row.state not in NOT_BOUGHT or package.state != WEIGHED:
        return
    number = normal(fact.number)
    _let_go_of(session, row.carrier, number)
    if is_taken(session, row.carrier, number):
        told = {**why("shipping.number_taken", {"number": fact.number}), "carrier": row.carrier}
        packing.label_wanted_typed(session, package_id=package.id, words=told, by=by, at=at)
        return
    row.means = Means.TYPED
    row.rate_id, row.service, row.cost_minor, row.currency = "", "", 0, ""
    bought(session, row, number=number, verb=Verb.RECORD, by=by, at=at)
    tell_package(session, row, package, by=by, at=at)


def bought(
    session: Session, row: Shipment, *, number: str, verb: Verb, by: int, at: datetime
) -> None:
    """Note that a label is ours, under the number that its barcode carries."""
    row.tracking_number, row.bought_at, row.trouble = number, at, ""
    move(row, verb, at=at)
    fact = LabelBought(row.id, row.package_id, row.carrier, row.means, row.cost_minor, row.currency)
    announce(session, fact, by=by, at=at)
    session.flush()
    case_id = case_queries.open_case_about(
        session, kind=NO_LABEL, subject="package", subject_id=row.package_id
    )
    if case_id is not None:
        outcome = say("shipping.has_its_label")
        cases.close(session, case_id=case_id, outcome=outcome, by=by, at=at)


def keep_document(
    session: Session, row: Shipment, *, media_type: str, data: bytes, at: datetime
) -> None:
    """Keep the carrier's label as it came, so that a second sheet never costs a second label."""
    session.add(LabelDocument(shipment_id=row.id, media_type=media_type, data=data, fetched_at=at))
    session.flush()


def tell_package(
    session: Session, row: Shipment, package: Package, *, by: int, at: datetime
) -> None:
    """Tell the package of its label and ask for the sheet, where the house has one to print."""
    assert row.tracking_number, "a label that is ours has a number"
    job_id = _ask_at_bench(session, row, package, by=by, at=at)
    words: dict[str, Any] = {
        "means": row.means,
        "carrier": row.carrier,
        "service": row.service,
        "price_minor": row.cost_minor,
        "currency": row.currency,
        "days": days_of(row),
        "shipment_id": row.id,
        "job_id": job_id,
    }
    if job_id is None and row.means != Means.TYPED:
        words |= why("shipping.no_label_printer")
    packing.label_bought(
        session,
        package_id=package.id,
        code=row.tracking_number,
        carrier=row.carrier,
        words=words,
        by=by,
        at=at,
    )


class ReasonWanted(Wrong):
    """A sheet of this label went to a printer before: whoever wants another one says why."""

    sentence = "kernel.not_kept"


def print_label(
    session: Session, *, shipment_id: int, printer_id: int, reason: str = "", by: int, at: datetime
) -> int:
    """Print the label of a parcel on a printer that somebody chose; returns the number of the job.

    What waits for another printer comes out there instead; a second sheet takes a reason and is marked. Raises
    NoSheet, ReasonWanted, and what printing raises.
    """
    row = held(session, shipment_id).shipment
    sheet = _sheet(session, row)
    if row.state != State.BOUGHT or sheet is None:
        raise NoSheet(id=shipment_id)
    before = printed.one_before(session, subject=ABOUT, subject_id=shipment_id)
    if before is None:
        return printing.ask(session, printer_id=printer_id, **sheet, by=by, at=at)
    if before.state == printed.State.QUEUED and before.printer_id != printer_id:
        printing.reroute(session, job_id=before.id, printer_id=printer_id, by=by, at=at)
        return before.id
    if not reason and before.state not in printed.WAITS:
        raise ReasonWanted(Fault(REASON, "kernel.field_missing"))
    return printing.reprint(
        session, job_id=before.id, reason=reason, printer_id=printer_id, by=by, at=at
    )


def is_taken(session: Session, carrier: str, number: str) -> bool:
    """Tell whether another label of the carrier has this number, however the carrier wraps it."""
    query = select(Shipment.id).where(
        Shipment.carrier == carrier, Shipment.tracking_number.in_(packages.label_numbers(number))
    )
    return session.scalar(query.limit(1)) is not None


def _let_go_of(session: Session, carrier: str, number: str) -> None:
    """Let void labels from elsewhere give their number up: the sheet may be stuck on a box all the same."""
    void = select(Shipment).where(
        Shipment.carrier == carrier,
        Shipment.tracking_number.in_(packages.label_numbers(number)),
        Shipment.means == Means.TYPED,
        Shipment.state == State.VOIDED,
    )
    for row in session.scalars(void).all():
        row.tracking_number = f"{(row.tracking_number or '')[:LONGEST_KEPT]} {row.uid}"
    session.flush()


def days_of(row: Shipment) -> int | None:
    """Return how many days the chosen service takes."""
    chosen = (rate for rate in row.rates.get("rates", ()) if rate["id"] == row.rate_id)
    days: int | None = next((rate["days"] for rate in chosen), None)
    return days


def _ask_at_bench(
    session: Session, row: Shipment, package: Package, *, by: int, at: datetime
) -> int | None:
    sheet = _sheet(session, row)
    if sheet is None or package.station_id is None:
        return None
    return printing.ask_at(
        session, station_id=package.station_id, part=LABELS, **sheet, by=by, at=at
    )


def _sheet(session: Session, row: Shipment) -> dict[str, Any] | None:
    about = {
        "title": f"{row.carrier} {row.tracking_number}".strip(),
        "expects": row.tracking_number or "",
        "subject": ABOUT,
        "subject_id": row.id,
    }
    if row.means in OURS:
        return {"kind": "house_label", "label": house_sheet(session, row), **about}
    document = session.get(LabelDocument, row.id)
    if document is None:
        return None
    told = {"document": document.data, "media_type": document.media_type}
    return {"kind": "carrier_label", **told, **about}
