"""Boxes: which there are, what is in them, how carriers ask for them, and which one a scan means."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from wms.catalog.tables import BoxType, Item, Lot, Serial
from wms.codes.queries import normal
from wms.kernel.prepared import Prepared
from wms.kernel.refusal import NotFound, Refusal
from wms.packing.lifecycle import PackageState
from wms.packing.rules.labels import label_forms
from wms.packing.tables import Package, PackageItem
from wms.printing import queries as printing


class NoSuchPackage(NotFound):
    """There is no box of that number."""

    sentence = "packing.no_such_package"


class NotWeighed(Refusal):
    """Nobody knows yet what the box weighs, or which box it is."""

    sentence = "packing.not_weighed"


@dataclass(frozen=True)
class Content:
    """Units of one thing in a box: for which line, and out of which tote."""

    fo_line_id: int
    item_id: int
    sku: str
    name: str
    picture: str | None
    lot_id: int
    lot: str
    serial_id: int
    serial: str
    tote_id: int
    quantity: int


@dataclass(frozen=True)
class Parcel:
    """A box as a carrier asks for it: sizes in millimetres, weight in grams."""

    length_mm: int
    width_mm: int
    height_mm: int
    weight_g: int


def package(session: Session, package_id: int) -> Package:
    """Return one box; raises NoSuchPackage."""
    found = session.get(Package, package_id, populate_existing=True)
    if found is None:
        raise NoSuchPackage(package=package_id)
    return found


def packages_of_fo(session: Session, fo_id: int) -> Sequence[Package]:
    """Return the boxes of a fulfillment order by part; void ones are left out."""
    return session.scalars(_OF_FO, {"fo_id": fo_id}).all()


_OF_FO = (
    select(Package)
    .where(Package.fo_id == bindparam("fo_id"), Package.state != PackageState.VOID.value)
    .order_by(Package.part)
    .execution_options(populate_existing=True)
)


def packages_asked(
    *,
    fo_id: int | None = None,
    station_id: int | None = None,
    number: str = "",
    states: Collection[PackageState] = (),
) -> Select[Package]:
    """Return the question for boxes."""
    query = select(Package)
    if fo_id is not None:
        query = query.where(Package.fo_id == fo_id)
    if station_id is not None:
        query = query.where(Package.station_id == station_id)
    if number:
        query = query.where(Package.number == number)
    return query.where(Package.state.in_([one.value for one in states])) if states else query


def contents(session: Session, package_id: int) -> Sequence[Content]:
    """Return what is in a box, or was when it left."""
    session.flush()  # the statement runs straight on the driver
    return [Content(*row) for row in _CONTENTS.all(session, {"package_id": package_id})]


_CONTENTS = Prepared(
    select(
        PackageItem.fo_line_id,
        PackageItem.item_id,
        Item.sku,
        Item.name,
        Item.picture,
        PackageItem.lot_id,
        Lot.code,
        PackageItem.serial_id,
        Serial.code,
        PackageItem.tote_id,
        PackageItem.quantity,
    )
    .join(Item, Item.id == PackageItem.item_id)
    .join(Lot, Lot.id == PackageItem.lot_id)
    .join(Serial, Serial.id == PackageItem.serial_id)
    .where(PackageItem.package_id == bindparam("package_id"), PackageItem.quantity > 0)
    .order_by(PackageItem.id)
)


def parcel(session: Session, package_id: int) -> Parcel:
    """Return a weighed box as carriers ask for it; raises NoSuchPackage, NotWeighed."""
    one = package(session, package_id)
    box = session.get(BoxType, one.box_type_id) if one.box_type_id is not None else None
    if one.weight_g is None or box is None:
        raise NotWeighed(package=one.number)
    return Parcel(box.length_mm, box.width_mm, box.height_mm, one.weight_g)


def package_of_code(session: Session, code: str) -> Package | None:
    """Return the box that a scan means: by its own number, or by its carrier label in whatever form it is read.

    Where carriers used a number again, the newest box is meant.
    """
    by_number = select(Package).where(Package.number == normal(code))
    by_label = (
        select(Package)
        .where(Package.label_code.in_(label_numbers(code)), Package.label_code != "")
        .order_by(Package.id.desc())
    )
    for query in (by_number, by_label):
        if found := session.scalars(query.limit(1)).first():
            return found
    return None


def is_label_of(package: Package, code: str) -> bool:
    """Tell whether a scan is the carrier label of this box, however the carrier wraps the number."""
    return bool(package.label_code) and bool(
        label_numbers(code) & label_numbers(package.label_code)
    )


def is_void_label(session: Session, code: str) -> bool:
    """Tell whether a scan is a label that was printed here and counts for no box any more."""
    return package_of_code(session, code) is None and printing.was_asked_for(
        session, label_numbers(code)
    )


def names(session: Session, package_ids: Collection[int]) -> Mapping[int, str]:
    """Return the numbers by which people call these boxes."""
    rows = session.execute(select(Package.id, Package.number).where(Package.id.in_(package_ids)))
    return {row.id: row.number for row in rows}


def label_numbers(code: str) -> set[str]:
    """Return every tracking number that a scan may stand for, in the form in which they are compared."""
    return {normal(form) for form in label_forms(normal(code))}
