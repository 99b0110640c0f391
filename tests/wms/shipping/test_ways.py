"""How the label of a parcel comes about, by its order and the lanes of its warehouse."""

import pytest

from wms.shipping.means import Means
from wms.shipping.rules.ways import Lane, way

UPS, DHL = Lane("UPS"), Lane("DHL", Means.SHIPPO)
VAN, DESK, BOOK = Lane("Van", Means.OWN), Lane("Desk", Means.COLLECTION), Lane("Book", Means.TYPED)


@pytest.mark.parametrize(
    ("carrier", "lanes", "means", "carriers"),
    [
        ("ups", [UPS, VAN], None, ("UPS",)),
        ("van", [UPS, VAN], Means.OWN, ("Van",)),
        ("GLS", [UPS], None, ("GLS",)),
        ("", [UPS, VAN], None, ("UPS",)),
        ("", [UPS, DHL], Means.SHIPPO, ("UPS", "DHL")),
        ("", [VAN, DESK], Means.OWN, ("Van",)),
        ("", [DESK, BOOK], Means.TYPED, ("Book",)),
        ("", [DESK], Means.COLLECTION, ("Desk",)),
        ("", [], None, ()),
    ],
)
def test_the_way_follows_the_order_and_then_the_lanes(carrier, lanes, means, carriers):
    found = way(carrier, lanes)

    assert (found.means, found.carriers) == (means, carriers)
