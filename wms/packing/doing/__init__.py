"""Doing what the dialogue wants done: each act is one action, and says where the packer stands after it."""

from wms.packing.doing.boxes import close
from wms.packing.doing.carrying_out import carry_out
from wms.packing.doing.scan import Scan

__all__ = ["Scan", "carry_out", "close"]
