"""The picture of a bench for the dialogue, read from the rows as they are."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from wms.bins.tables import Location, Warehouse
from wms.catalog import queries as catalog
from wms.catalog.tables import BoxType, Lot, Serial
from wms.catalog.tables import Item as ItemRow
from wms.kernel.prepared import Prepared
from wms.kernel.statements import Lookup
from wms.orders.gate import StopKind
from wms.orders.tables import FulfillmentOrder
from wms.packing import queries
from wms.packing.dialogue import (
    At,
    Bench,
    Box,
    InHand,
    Item,
    Job,
    LabelState,
    Line,
    Option,
    Scale,
    Sheet,
    Step,
    Tote,
    Want,
)
from wms.packing.lifecycle import PackageState
from wms.packing.queries import Benched, InTote
from wms.packing.tables import Package
from wms.packing.waiting import Standing, offered_totes, standings
from wms.picking.queries import totes_of_fo
from wms.printing import queries as printing
from wms.printing.tables import PrintJob
from wms.stations import queries as stations
from wms.stations.actions import StationKind
from wms.stations.tables import Station

CHOICES = 6
"""Most boxes between which somebody chooses."""

MM_PER_CM = 10
_ZONE = Prepared(
    select(Warehouse.time_zone)
    .join(FulfillmentOrder, FulfillmentOrder.warehouse_id == Warehouse.id)
    .where(FulfillmentOrder.id == bindparam("fo_id"))
)
_ITEMS = Lookup(
    ItemRow.id,
    lambda wanted: select(ItemRow.id, ItemRow.sku, ItemRow.name, ItemRow.picture).where(wanted),
)
_LOTS = Lookup(Lot.id, lambda wanted: select(Lot.id, Lot.code).where(wanted))
_SERIALS = Lookup(Serial.id, lambda wanted: select(Serial.id, Serial.code).where(wanted))

BEGUN = (PackageState.OPEN, PackageState.CLOSED)
LIVE = (*BEGUN, PackageState.WEIGHED, PackageState.LABELLED)
"""Boxes with which somebody at a bench still has something to do."""


def job_of(session: Session, at: At, now: datetime) -> Job:
    """Return the picture of the bench where somebody stands."""
    station = session.get(Station, at.station_id) if at.station_id else None
    if station is None:
        return Job(offers=benches(session))
    bench = _bench(session, station, now)
    tote = _tote(session, at.tote_id)
    waiting = queries.in_tote(session, tote.id) if tote else ()
    order = queries.bench_of(session, at.fo_id) if at.fo_id else None
    if tote is None and order is None:
        return Job(bench, offers=offered_totes(session, _warehouse(session, station)))
    stands = standings(
        session, {one.fo_id for one in waiting} | ({at.fo_id} if at.fo_id else set())
    )
    mine = [one for one in waiting if _is_wanted(one, at.fo_id, stands)]
    items = _items(session, {one.item_id for one in mine}, order)
    wants = _wants(session, mine, items, stands)
    package = box_in_hand(order.packages) if order else None
    return Job(
        bench=bench,
        tote=tote,
        order=_in_hand(session, order, stands, now) if order else None,
        lines=_lines(order, items) if order else (),
        wants=wants,
        kept=sum(one.quantity for one in waiting) - sum(want.left for want in wants),
        other_totes=_other_totes(session, order, at.tote_id) if order else (),
        box=_box(session, package) if package else None,
        options=_options(session, at, order, package, wants),
        sheet=_sheet(session, package) if package else None,
        offers=_spare_totes(session, order, stands),
    )


def benches(session: Session) -> tuple[str, ...]:
    """Return the codes of the benches where somebody may pack."""
    found = stations.open_stations(session)
    return tuple(f"WXP{one.id}" for one in found if one.kind == StationKind.PACKING)


def box_in_hand(packages: Sequence[Package]) -> Package | None:
    """Return the box that something is to be done with, first one that is being filled."""
    live = [package for package in packages if package.state in LIVE]
    begun = [package for package in live if package.state in BEGUN]
    return next(iter(begun or live), None)


def _warehouse(session: Session, station: Station) -> int | None:
    place = session.get(Location, station.location_id) if station.location_id else None
    return place.warehouse_id if place else None


def _bench(session: Session, station: Station, now: datetime) -> Bench:
    reading = stations.newest_reading(session, station.id)
    scale = None
    if reading is not None:
        scale = Scale(reading.weight_g, reading.is_stable, reading.is_fresh(now))
    has_scale = scale is not None or stations.scale_of(session, station.id) is not None
    return Bench(station.id, station.name, has_scale, scale)


def _tote(session: Session, tote_id: int | None) -> Tote | None:
    place = session.get(Location, tote_id) if tote_id else None
    return Tote(place.id, place.code) if place else None


def _is_wanted(one: InTote, fo_id: int | None, stands: dict[int, Standing]) -> bool:
    return fo_id in (None, one.fo_id) and stands[one.fo_id].may_be_packed


def _items(session: Session, wanted: set[int], order: Benched | None) -> dict[int, Item]:
    lines = order.lines if order else ()
    ids = sorted(wanted | {line.item_id for line in lines})
    codes = catalog.scan_codes(session, wanted)
    own = {line.item_id: line.personalisation for line in lines}
    return {
        number: Item(number, sku, name, picture, tuple(codes.get(number, ())), own.get(number, ""))
        for number, sku, name, picture in _ITEMS.all(session, ids)
    }


def _wants(
    session: Session,
    waiting: Sequence[InTote],
    items: dict[int, Item],
    stands: dict[int, Standing],
) -> tuple[Want, ...]:
    lots = dict(_LOTS.all(session, {one.lot_id for one in waiting} - {0}))
    serials = dict(_SERIALS.all(session, {one.serial_id for one in waiting} - {0}))
    return tuple(
        Want(
            fo_id=one.fo_id,
            order=stands[one.fo_id].number,
            line_id=one.fo_line_id,
            item=items[one.item_id],
            left=one.quantity,
            lot_id=one.lot_id,
            serial_id=one.serial_id,
            lot=lots.get(one.lot_id, ""),
            serial=serials.get(one.serial_id, ""),
        )
        for one in waiting
    )


def _in_hand(
    session: Session, order: Benched, stands: dict[int, Standing], now: datetime
) -> InHand:
    [(zone,)] = _ZONE.all(session, {"fo_id": order.fo_id})
    leaves = order.ship_by
    done = [one for one in order.packages if one.state not in LIVE]
    return InHand(
        fo_id=order.fo_id,
        number=order.order,
        note=order.note,
        gift_note=order.gift_note,
        carrier=order.carrier,
        service=order.service,
        leaves=leaves.astimezone(ZoneInfo(zone)).strftime("%H:%M") if leaves else "",
        minutes=int((leaves - now).total_seconds() // 60) if leaves else None,
        is_cancelled=stands[order.fo_id].stop is StopKind.CANCELLED,
        boxes=len(done),
    )


def _lines(order: Benched, items: dict[int, Item]) -> tuple[Line, ...]:
    return tuple(
        Line(line.fo_line_id, items[line.item_id], line.packed, line.picked)
        for line in order.lines
        if line.picked
    )


def _other_totes(session: Session, order: Benched, tote_id: int | None) -> tuple[Tote, ...]:
    """Return where more of the order waits. Nothing is asked where all of it is in boxes."""
    if all(line.packed >= line.picked for line in order.lines):
        return ()
    numbers = [one.tote_id for one in totes_of_fo(session, order.fo_id) if one.tote_id != tote_id]
    found = (_tote(session, number) for number in numbers if queries.in_tote(session, number))
    return tuple(tote for tote in found if tote)


def _box(session: Session, package: Package) -> Box:
    held = queries.contents(session, package.id)
    name = ""
    if package.box_type_id is not None and package.state != PackageState.OPEN:
        name = catalog.box_names(session, [package.box_type_id])[package.box_type_id]
    return Box(
        id=package.id,
        number=package.number,
        part=package.part,
        state=PackageState(package.state),
        units=sum(one.quantity for one in held),
        name=name,
        expected_g=package.expected_g if name else None,
        weight_g=package.weight_g if package.state not in BEGUN else None,
        is_by_hand=package.weighed_by_hand,
        label_state=LabelState(package.label_state),
        label_words=package.label_words,
        label_code=package.label_code,
    )


def _options(
    session: Session,
    at: At,
    order: Benched | None,
    package: Package | None,
    wants: Sequence[Want],
) -> tuple[Option, ...]:
    """Return the boxes that take what is in hand; where none is known to, all there are, the largest first."""
    if order is None or (package is not None and package.state != PackageState.OPEN):
        return ()
    is_full = package is not None and (at.step is Step.BOX or not wants)
    plan = (
        queries.box_for(session, package.id)
        if package is not None and is_full
        else queries.box_plan(session, order.fo_id)
    )
    fits = [*([plan.best] if plan.best else []), *plan.alternatives]
    fill = {fit.box_type_id: fit.fill_percent for fit in fits}
    boxes = session.scalars(catalog.box_types()).all()
    known = {box.id: box for box in boxes}
    wanted = [known[fit.box_type_id] for fit in fits if fit.box_type_id in known]
    if not wanted:
        wanted = sorted(boxes, key=lambda box: (-_volume(box), box.id))
    unique = dict.fromkeys(box.id for box in wanted)
    return tuple(
        Option(number, known[number].name, _size(known[number]), fill.get(number))
        for number in unique
    )[:CHOICES]


def _volume(box: BoxType) -> int:
    return box.length_mm * box.width_mm * box.height_mm


def _size(box: BoxType) -> str:
    sides = (box.length_mm, box.width_mm, box.height_mm)
    return " × ".join(f"{side / MM_PER_CM:g}" for side in sides)


def _sheet(session: Session, package: Package) -> Sheet | None:
    """Return the newest sheet that carries the label of a box."""
    if not package.label_code:
        return None
    query = (
        select(PrintJob.id)
        .where(PrintJob.expects == package.label_code)
        .order_by(PrintJob.id.desc())
        .limit(1)
    )
    number = session.scalar(query)
    if number is None:
        return None
    found = printing.job(session, number)
    printer = printing.printers(session, device_ids=[found.job.printer_id])
    down = next((one for one in printer if not one.is_up), None)
    return Sheet(
        job_id=number,
        number=found.job.number,
        state=found.job.state,
        printer=found.printer,
        condition=("paused" if down.is_held else down.condition) if down else "",
        is_open=not found.is_over,
        picture=f"/printers/jobs/{number}/picture",
    )


def _spare_totes(
    session: Session, order: Benched | None, stands: dict[int, Standing]
) -> tuple[str, ...]:
    """Return the totes of a cancelled order, for what is put back."""
    if order is None or stands[order.fo_id].stop is not StopKind.CANCELLED:
        return ()
    found = (_tote(session, one.tote_id) for one in totes_of_fo(session, order.fo_id))
    return tuple(tote.code for tote in found if tote)
