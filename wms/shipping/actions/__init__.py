"""What people and the house do with labels, parcels and trucks."""

from wms.shipping.actions.doubting import look_now, tell_of_long_doubts, was_not_bought
from wms.shipping.actions.labelling import NoSheet, ReasonWanted, print_label, take_number
from wms.shipping.actions.leaving_anyway import NoLaneFor, left_anyway
from wms.shipping.actions.loading import (
    LabelNotSeen,
    LeftAlready,
    LeftBefore,
    Loaded,
    NoLabelYet,
    NothingLoaded,
    OtherHouse,
    OtherLane,
    ParcelCancelled,
    ParcelHeld,
    hand_over,
    leave,
    truck_left,
)
from wms.shipping.actions.reconciling import (
    hear_platform,
    look_daily,
    look_through,
    miss_platform,
)
from wms.shipping.actions.rows import NoSuchShipment
from wms.shipping.actions.setting_up import Sender, set_means, set_ship_from
from wms.shipping.actions.sweeping import tell_of_overdue_refunds, tell_of_unused_labels
from wms.shipping.actions.taking_over import end_leases
from wms.shipping.actions.tracking import (
    hear_carrier,
    hear_parked,
    keep_message,
    see_arrivals,
)
from wms.shipping.actions.voiding import (
    drop_label,
    have_again,
    retry_void,
    stop_cancelled,
    void,
    write_off,
)
from wms.shipping.actions.wishing import (
    HasLabel,
    NotWeighed,
    try_again,
    wish,
    wish_again,
    wish_anew,
    wish_for_label,
)
from wms.shipping.means import Means

__all__ = [
    "HasLabel",
    "LabelNotSeen",
    "LeftAlready",
    "LeftBefore",
    "Loaded",
    "Means",
    "NoLabelYet",
    "NoLaneFor",
    "NoSheet",
    "NoSuchShipment",
    "NotWeighed",
    "NothingLoaded",
    "OtherHouse",
    "OtherLane",
    "ParcelCancelled",
    "ParcelHeld",
    "ReasonWanted",
    "Sender",
    "drop_label",
    "end_leases",
    "hand_over",
    "have_again",
    "hear_carrier",
    "hear_parked",
    "hear_platform",
    "keep_message",
    "leave",
    "left_anyway",
    "look_daily",
    "look_now",
    "look_through",
    "miss_platform",
    "print_label",
    "retry_void",
    "see_arrivals",
    "set_means",
    "set_ship_from",
    "stop_cancelled",
    "take_number",
    "tell_of_long_doubts",
    "tell_of_overdue_refunds",
    "tell_of_unused_labels",
    "truck_left",
    "try_again",
    "void",
    "was_not_bought",
    "wish",
    "wish_again",
    "wish_anew",
    "wish_for_label",
    "write_off",
]
