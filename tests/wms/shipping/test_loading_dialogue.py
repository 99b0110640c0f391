"""What a person who loads a truck hears of each scan."""

import pytest

from wms.floor.turn import Order, Tone
from wms.shipping.dialogue import Act, Lane, Said, hear

UPS = Lane(7, "UPS", loaded=2, waiting=3)
EMPTY = Lane(7, "UPS", loaded=0, waiting=3)
PARCEL = Said("1Z9", package_id=3, package="P-000003", is_label=True)


@pytest.mark.parametrize(
    ("lane", "said", "sentence", "tone", "act"),
    [
        (None, Said("LANE", lane_id=7, is_place=True), "at_lane", Tone.GOOD, Act.GO_TO_LANE),
        (UPS, Said("LANE", lane_id=8, is_place=True), "at_lane", Tone.GOOD, Act.GO_TO_LANE),
        (UPS, Said("A-01", is_place=True), "no_lane_there", Tone.WRONG, None),
        (None, PARCEL, "scan_a_lane", Tone.WRONG, None),
        (UPS, PARCEL, "loaded", Tone.LINE, Act.LOAD),
        (
            UPS,
            Said("P-3", package_id=3, package="P-000003"),
            "scan_its_label",
            Tone.WRONG,
            None,
        ),
        (UPS, Said("1Z8", is_void=True), "label_is_void", Tone.WRONG, None),
        (UPS, Said("XYZ"), "unknown_parcel", Tone.WRONG, None),
        (UPS, Said(order=Order.DONE), "truck_left", Tone.TASK, Act.LEAVE),
        (EMPTY, Said(order=Order.DONE), "nothing_loaded", Tone.WRONG, None),
        (UPS, Said(order=Order.UNDO), "cannot_unload", Tone.WRONG, None),
        (UPS, Said(order=Order.SHORT), "scan_a_parcel", Tone.WRONG, None),
    ],
)
def test_each_scan_has_its_answer(lane, said, sentence, tone, act):
    answer = hear(lane, said)

    assert answer.say.id == f"shipping.{sentence}"
    assert (answer.tone, answer.act) == (tone, act)
