"""What people, machines and the house do with orders: intake and holds, and what the floor works on for them."""

from wms.orders.actions.channels import ChannelTaken, open_channel
from wms.orders.actions.intake import WrongDrafts, bring_in

__all__ = [
    "ChannelTaken",
    "WrongDrafts",
    "bring_in",
    "open_channel",
]
