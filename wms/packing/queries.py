"""Which boxes there are, what is in them, and what still waits in a tote."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select
from sqlalchemy.orm import Session

from wms.kernel.refusal import NotFound
from wms.orders.gate import FoState
from wms.packing.boxes import BoxPlan
from wms.packing.lifecycle import PackageState
from wms.packing.tables import Package
from wms.picking.queries import InTote

__all__ = ["InTote", "PackageState"]


class NoSuchPackage(NotFound):
    """There is no box of that number."""

    sentence = "packing.no_such_package"


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
    """A box as a carrier asks for it: outer sizes in millimetres, weight in grams."""

    length_mm: int
    width_mm: int
    height_mm: int
    weight_g: int


@dataclass(frozen=True)
class BenchLine:
    """One line of a fulfillment order as a packer needs it."""

    fo_line_id: int
    item_id: int
    sku: str
    name: str
    picture: str | None
    weight_g: int | None
    personalisation: str
    picked: int
    packed: int
    missing: int


@dataclass(frozen=True)
class Benched:
    """A fulfillment order as it is packed: its lines, its boxes, and what the customer asked for."""

    fo_id: int
    number: str
    order_id: int
    order: str
    state: FoState
    ship_by: datetime | None
    carrier: str
    service: str
    note: str
    gift_note: str
    lines: tuple[BenchLine, ...]
    packages: tuple[Package, ...]
    """Void ones are left out; in the order of their parts."""


def package(session: Session, package_id: int) -> Package:
    """Return one box; raises NoSuchPackage."""
    raise NotImplementedError


def packages_of_fo(session: Session, fo_id: int) -> Sequence[Package]:
    """Return the boxes of a fulfillment order by part; void ones are left out."""
    raise NotImplementedError


def packages_asked(
    *,
    fo_id: int | None = None,
    station_id: int | None = None,
    number: str = "",
    states: Collection[PackageState] = (),
) -> Select[Package]:
    """Return the question for boxes."""
    raise NotImplementedError


def contents(session: Session, package_id: int) -> Sequence[Content]:
    """Return what is in a box."""
    raise NotImplementedError


def parcel(session: Session, package_id: int) -> Parcel:
    """Return a weighed box as carriers ask for it; raises NoSuchPackage, NotWeighed."""
    raise NotImplementedError


def package_of_code(session: Session, code: str) -> Package | None:
    """Return the box that a scan means: by its own number, or by its carrier label in whatever form it is read."""
    raise NotImplementedError


def is_label_of(package: Package, code: str) -> bool:
    """Tell whether a scan is the carrier label of this box, however the carrier wraps the number."""
    raise NotImplementedError


def bench_of(session: Session, fo_id: int) -> Benched:
    """Return a fulfillment order as a bench shows it; raises NoSuchFo."""
    raise NotImplementedError


def in_tote(session: Session, tote_id: int) -> tuple[InTote, ...]:
    """Return what still waits in a bound tote, by line: picked into it, neither packed nor missing; fos by ship-by."""
    raise NotImplementedError


def box_plan(session: Session, fo_id: int) -> BoxPlan:
    """Return in which boxes all that was picked of a fulfillment order fits best."""
    raise NotImplementedError


def box_for(session: Session, package_id: int) -> BoxPlan:
    """Return which boxes take what lies in an open package: one parcel with its alternatives, else several."""
    raise NotImplementedError


def undoable(session: Session, worker_id: int) -> bool:
    """Tell whether a packer did something that may be taken back."""
    raise NotImplementedError


def names(session: Session, package_ids: Collection[int]) -> Mapping[int, str]:
    """Return the numbers by which people call these boxes."""
    raise NotImplementedError
