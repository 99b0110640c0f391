"""What a scan can mean to somebody who counts: a place, an item, and which lot or single piece of it."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.bins.queries import names as place_names
from wms.catalog import actions as catalog
from wms.catalog.queries import units_per_scan
from wms.catalog.tables import Item, Lot, Serial
from wms.codes.queries import Kind, Meaning
from wms.counting.dialogue import Said, Scanned, Step, Where
from wms.floor.turn import Heard

CODES_LIMIT = 50
"""Most lots or pieces of an item whose labels are taken for what they are; more come in by their own barcode."""

PLACES = (Kind.LOCATION, Kind.LPN)


def said_of(session: Session, where: Where, heard: Heard, at: datetime) -> Said:
    """Return what was heard, in the words of the dialogue."""
    said = Said(order=heard.order, number=heard.quantity)
    if heard.order is not None:
        return said
    if where.pending is not None and (told := _told_apart(session, where, heard)):
        return told
    for meaning in heard.meanings:
        if meaning.kind in PLACES:
            code = place_names(session, [meaning.target_id]).get(meaning.target_id, heard.code)
            return replace(said, place_id=meaning.target_id, place=code)
        if meaning.kind is Kind.ITEM:
            return replace(said, item=_item(session, meaning, at))
    return said


def expected_codes(session: Session, where: Where) -> tuple[str, ...]:
    """Return the labels that tell apart the item at hand: all lots or pieces that the house knows of it.

    They are those of the item wherever it lies, so nobody learns from them what should be in this place.
    """
    if where.pending is None:
        return ()
    of = Lot if where.step is Step.LOT else Serial
    query = select(of.code).where(of.item_id == where.pending.item_id)
    return tuple(session.scalars(query.order_by(of.id.desc()).limit(CODES_LIMIT)))


def _told_apart(session: Session, where: Where, heard: Heard) -> Said | None:
    """Return the lot or piece of the item at hand that a label names by its own code."""
    assert where.pending is not None
    of = Lot if where.step is Step.LOT else Serial
    number = session.scalar(
        select(of.id).where(
            of.item_id == where.pending.item_id, func.upper(of.code) == heard.code.strip().upper()
        )
    )
    if number is None:
        return None
    return Said(lot_id=number) if of is Lot else Said(serial_id=number)


def _item(session: Session, meaning: Meaning, at: datetime) -> Scanned:
    item = session.get_one(Item, meaning.target_id)
    scanned = Scanned(
        item.id,
        item.sku,
        item.tracks_lots,
        item.tracks_serials,
        units=units_per_scan(session, meaning),
    )
    if item.tracks_lots and meaning.lot:
        lot = catalog.lot(
            session, item_id=item.id, code=meaning.lot, expires_on=meaning.expires_on, at=at
        )
        scanned = replace(scanned, lot_id=lot.id)
    if item.tracks_serials and meaning.serial:
        piece = catalog.serial(session, item_id=item.id, code=meaning.serial, at=at)
        scanned = replace(scanned, serial_id=piece.id)
    return scanned
