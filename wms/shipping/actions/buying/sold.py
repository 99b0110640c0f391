"""The carrier sold the label: its number, its document, and what must not be kept of it."""

from datetime import datetime

from sqlalchemy.orm import Session

from wms.packing import actions as packing
from wms.shipping.actions.buying.wanting import is_wanted, wish_or_settle
from wms.shipping.actions.labelling import bought, is_taken, keep_document, tell_package
from wms.shipping.actions.rows import NEVER, TROUBLE_LIMIT, Held, settle, why
from wms.shipping.actions.voiding import give_back
from wms.shipping.gateway import Bought, Document
from wms.shipping.lifecycle import State, Verb

URL_LIMIT, NUMBER_LIMIT = 400, 80


def is_bought(
    session: Session,
    one: Held,
    told: Bought,
    document: Document | None,
    *,
    verb: Verb,
    by: int,
    at: datetime,
) -> None:
    """Note that the carrier sold the label. Where nobody wants it any more, its money is asked back at once."""
    row = one.shipment
    row.transaction_id, row.tracking_url = told.transaction_id, told.tracking_url[:URL_LIMIT]
    is_double = is_taken(session, row.carrier, told.tracking_number)
    number = f"{told.tracking_number} {row.uid}" if is_double else told.tracking_number
    bought(session, row, number=number[:NUMBER_LIMIT], verb=verb, by=by, at=at)
    if is_double:
        _double(session, one, told.tracking_number, by=by, at=at)
    elif told.refund is not None or not is_wanted(session, one):
        _unwanted(session, one, by=by, at=at)
    elif document is None:
        row.due_at, row.trouble = at, "shipping.no_document_yet"
        words = why("shipping.no_document_yet")
        packing.label_asked(session, package_id=one.package.id, words=words, by=by, at=at)
    else:
        has_document(session, one, document, by=by, at=at)


def has_document(session: Session, one: Held, document: Document, *, by: int, at: datetime) -> None:
    """Keep the carrier's label, tell the package and print it."""
    row = one.shipment
    row.due_at, row.lease_until = NEVER, at
    if not is_wanted(session, one):
        _unwanted(session, one, by=by, at=at)
        return
    keep_document(session, row, media_type=document.media_type, data=document.data, at=at)
    row.trouble = ""
    tell_package(session, row, one.package, by=by, at=at)


def has_no_sheet(session: Session, one: Held, reason: str, *, by: int, at: datetime) -> None:
    """Note that what the carrier drew must not be printed: a person voids the label or prints it elsewhere."""
    row = one.shipment
    if row.state != State.BOUGHT:
        return
    row.due_at, row.lease_until, row.trouble = NEVER, at, reason[:TROUBLE_LIMIT]
    told = why("shipping.unfit_document")
    packing.label_refused(session, package_id=one.package.id, words=told, by=by, at=at)


def _unwanted(session: Session, one: Held, *, by: int, at: datetime) -> None:
    give_back(session, one, reason="package", by=by, at=at)
    wish_or_settle(session, one.package, by=by, at=at)


def _double(session: Session, one: Held, number: str, *, by: int, at: datetime) -> None:
    """Give back a label whose number another parcel has: scanning it would not tell which is which."""
    give_back(session, one, reason="number_taken", by=by, at=at)
    told = why("shipping.number_taken", {"number": number})
    packing.label_refused(session, package_id=one.package.id, words=told, by=by, at=at)
    settle(session, one.package.fo_id, by=by, at=at)
