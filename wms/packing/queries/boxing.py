"""In which boxes goods fit best, by what the catalog knows of both."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import prod
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from wms.catalog.tables import BoxType, Item
from wms.kernel.decisions import Plain
from wms.kernel.prepared import Prepared
from wms.kernel.statements import Lookup
from wms.orders.tables import FoLine
from wms.packing.boxes import BoxFit
from wms.packing.rules.boxes import cartonize
from wms.packing.tables import PackageItem

_PICKED = Prepared(
    select(FoLine.item_id, func.sum(FoLine.picked))
    .where(FoLine.fo_id == bindparam("fo_id"))
    .group_by(FoLine.item_id)
    .order_by(FoLine.item_id)
)
_PACKED = Prepared(
    select(PackageItem.item_id, func.sum(PackageItem.quantity))
    .where(PackageItem.package_id == bindparam("package_id"))
    .group_by(PackageItem.item_id)
    .order_by(PackageItem.item_id)
)
_SIZES = Lookup(
    Item.id,
    lambda wanted: (
        select(Item.id, Item.length_mm, Item.width_mm, Item.height_mm, Item.weight_g)
        .where(wanted)
        .order_by(Item.id)
    ),
)
PLANS = 128
"""So many plans are kept in a process: more than there are benches, with what lies in their boxes."""

_BOXES = Prepared(
    select(
        BoxType.id,
        BoxType.name,
        BoxType.length_mm,
        BoxType.width_mm,
        BoxType.height_mm,
        BoxType.max_weight_g - BoxType.weight_g,
    )
    .where(BoxType.archived_at.is_(None))
    .order_by(BoxType.id)
)


def box_plan(session: Session, fo_id: int) -> Sequence[BoxFit]:
    """Return the boxes for all that was picked of a fulfillment order, the best first: the first of several where
    no single one takes it, none where no box does.
    """
    session.flush()  # the statement runs straight on the driver
    rows = _PICKED.all(session, {"fo_id": fo_id})
    return _plan(session, {item_id: int(units) for item_id, units in rows if units})


def box_for(session: Session, package_id: int) -> Sequence[BoxFit]:
    """Return the boxes for what lies in an open package, in the same way."""
    return _plan(session, units_of(session, package_id))


def all_boxes(session: Session) -> Sequence[BoxFit]:
    """Return every type of box that is in use, the largest first."""
    rows = _BOXES.all(session, {})
    found = [BoxFit(number, name, tuple(sides), None) for number, name, *sides, _ in rows]
    return sorted(found, key=lambda fit: (-prod(fit.sides_mm), fit.box_type_id))


def units_of(session: Session, package_id: int) -> dict[int, int]:
    """Return, by item, how many units lie in a package."""
    session.flush()
    rows = _PACKED.all(session, {"package_id": package_id})
    return {item_id: int(units) for item_id, units in rows if units}


def inputs_of(session: Session, units: Mapping[int, int]) -> Plain:
    """Return what the rule asks: the things with their sizes, and the boxes there are."""
    return {
        "things": [
            {
                "item": item,
                "units": units[item],
                "sizes": list(sizes),
                "weight_g": weight_g,
            }
            for item, *sizes, weight_g in _SIZES.all(session, units)
        ],
        "boxes": [
            {"id": number, "name": name, "sizes": sides, "carries_g": carries_g}
            for number, name, *sides, carries_g in _BOXES.all(session, {})
        ],
    }


def _plan(session: Session, units: Mapping[int, int]) -> list[BoxFit]:
    if not units:
        return []
    inputs = inputs_of(session, units)
    choice = _chosen(json.dumps(inputs))
    boxes = {box["id"]: box for box in inputs["boxes"]}
    return [_fit(one, boxes) for one in (*choice["parcels"][:1], *choice["alternatives"])]


@lru_cache(maxsize=PLANS)
def _chosen(asked: str) -> Mapping[str, Any]:
    """Choose once for the same goods and boxes: a bench asks with every scan, and a large order takes a while."""
    return cartonize(json.loads(asked))


def _fit(one: Mapping[str, Any], boxes: Mapping[int, Mapping[str, Any]]) -> BoxFit:
    box = boxes[one["box"]]
    return BoxFit(box["id"], box["name"], tuple(box["sizes"]), one["fill"])
