"""The slip that lies in a box, for the printer of the bench where the box was closed."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from labels import plain
from labels.designs.packing_slip import packing_slip
from labels.designs.parcel_paper import Row, head
from labels.label import Label
from wms.kernel.words import say
from wms.orders import actions as order_actions
from wms.orders import queries as orders
from wms.orders.events import OrderChanged
from wms.orders.tables import FulfillmentOrder, OrderContact
from wms.packing import queries
from wms.packing.actions.rows import held_packages
from wms.packing.queries import PackageState
from wms.packing.tables import Package
from wms.printing import actions as printing
from wms.printing import queries as printed
from wms.stations.queries import bindings

KIND = "packing_slip"
_VOID = frozenset({printed.State.CANCELLED, printed.State.ABANDONED})
_CLOSED = (PackageState.CLOSED, PackageState.WEIGHED)
"""A box with its slip in it, and no label yet."""

HEAD_PARTS = len(head("", ""))
"""So many parts of a sheet are its head, in the language of whoever printed it; below stands what the slip says."""

PARTS = ("documents", "labels")
"""A bench with a printer for documents prints slips there, else where its labels come out."""


def print_slip(
    session: Session, package: Package, *, title: str = "packing.slip", by: int, at: datetime
) -> None:
    """Ask for the slip of a box that was closed, under a title by its id; a bench without a printer has none."""
    if package.station_id is None:
        return
    bound = {one.part for one in bindings(session, station_ids=[package.station_id])}
    part = next((one for one in PARTS if one in bound), None)
    if part is None:
        return
    for sheet in slip_of(session, package, title):
        printing.ask_at(
            session,
            station_id=package.station_id,
            part=part,
            kind=KIND,
            title=f"{say(title)} {package.number}",
            label=sheet,
            subject="package",
            subject_id=package.id,
            by=by,
            at=at,
        )


def print_void_slip(session: Session, package: Package, *, by: int, at: datetime) -> bool:
    """Ask anew for the void slip of a box that is closed as it was; tells whether one is printed.

    A slip that was seen to come out lies in the box and is right again, unless the address was corrected meanwhile.
    """
    last = printed.newest_about(session, subject="package", subject_id=package.id)
    if last is None or package.state not in _CLOSED:
        return False
    if last.state in _VOID:
        print_slip(session, package, by=by, at=at)
    elif last.label is not None and not _says(plain.label(last.label), slip_of(session, package)):
        _correct(session, package, by=by, at=at)
    newest = printed.newest_about(session, subject="package", subject_id=package.id)
    return newest is not None and newest.id != last.id


def correct_slips(session: Session, fact: OrderChanged, by: int, at: datetime) -> None:
    """React to an address that was corrected: closed boxes get a slip that says it is the right one."""
    if fact.what != "address":
        return
    fos = select(FulfillmentOrder.id).where(FulfillmentOrder.order_id == fact.order_id)
    for fo_id in session.scalars(fos.order_by(FulfillmentOrder.id)).all():
        order_actions.gate(session, fo_id)  # first the order, then its boxes
        for package in held_packages(session, fo_id):
            has_slip = printed.newest_about(session, subject="package", subject_id=package.id)
            if has_slip and package.state in _CLOSED:
                _correct(session, package, by=by, at=at)


def _correct(session: Session, package: Package, *, by: int, at: datetime) -> None:
    printing.cancel_about(session, subject="package", subject_id=package.id, by=by, at=at)
    print_slip(session, package, title="packing.slip_corrected", by=by, at=at)


def _says(sheet: Label, slip: tuple[Label, ...]) -> bool:
    """Tell whether the last sheet that was printed says below its head what the slip says now."""
    return sheet.parts[HEAD_PARTS:] == slip[-1].parts[HEAD_PARTS:]


def slip_of(session: Session, package: Package, title: str = "packing.slip") -> tuple[Label, ...]:
    """Return the sheets of a box's slip."""
    order = queries.bench_of(session, package.fo_id)
    contact = orders.contacts(session, [order.order_id]).get(order.order_id)
    held = queries.contents(session, package.id)
    return packing_slip(
        title=say(title),
        order=say("packing.slip_order", {"order": order.order}),
        box=say("packing.slip_box", {"part": package.part}),
        to=_address(contact) if contact else (),
        rows=[
            Row(
                one.name,
                " · ".join(filter(None, (one.sku, one.lot, one.serial))),
                str(one.quantity),
            )
            for one in held
        ],
        note=order.gift_note,
    )


def _address(contact: OrderContact) -> tuple[str, ...]:
    place = " ".join(filter(None, (contact.zip, contact.city, contact.province)))
    return (
        contact.name,
        contact.company,
        " ".join(filter(None, (contact.street1, contact.street2))),
        place,
        contact.country,
    )
