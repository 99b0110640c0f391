"""What people and the house do with labels, parcels and trucks."""

from wms.shipping.actions.setting_up import Sender, set_means, set_ship_from
from wms.shipping.means import Means

__all__ = ["Means", "Sender", "set_means", "set_ship_from"]
