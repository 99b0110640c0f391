"""What stands on the label of a place: bins by how people say them, totes and carts in a frame."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from labels.designs.bin_label import bin_label
from labels.designs.tote_label import tote_label
from labels.label import Label
from wms.bins import queries
from wms.bins.places import FIXED, MOVABLE
from wms.bins.tables import Location
from wms.kernel.refusal import NotFound
from wms.kernel.words import say

BIN, TOTE = "WXL", "WXT"
"""What a scan of the label begins with, so that no code on goods can be taken for the place."""


class NoLabel(NotFound):
    """No label leads to such a place: somebody's hands, the outside."""

    sentence = "bins.no_label"


def label_of(session: Session, location: Location) -> Label:
    """Return the label of one place; raises NoLabel."""
    return labels_of(session, [location])[0]


def labels_of(session: Session, locations: Sequence[Location]) -> list[Label]:
    """Return the labels of places, in their order; raises NoLabel."""
    houses = queries.warehouse_names(session, {one.warehouse_id for one in locations})
    zones = queries.zone_names(session, {one.zone_id for one in locations if one.zone_id})
    return [
        _label(one, houses[one.warehouse_id], zones.get(one.zone_id or 0, "")) for one in locations
    ]


def _label(location: Location, house: str, zone: str) -> Label:
    kind = say(f"bins.kind_{location.kind}").capitalize()
    if location.kind in MOVABLE:
        return tote_label(
            code=location.code,
            scans_as=f"{TOTE}{location.code}",
            kind=f"{house} · {kind}",
        )
    if location.kind not in FIXED:
        raise NoLabel(code=location.code)
    role = say(f"bins.role_{location.role}") if location.role else ""
    note = " · ".join(filter(None, [house, kind if location.kind != "bin" else "", zone, role]))
    return bin_label(code=location.code, scans_as=f"{BIN}{location.code}", note=note)
