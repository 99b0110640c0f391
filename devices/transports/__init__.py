"""Wires to devices: bytes go out and come in, and what is known of their fate is said exactly."""

from devices.transports.open import open_wire
from devices.transports.wire import BrokenOff, NothingSent, Wire

__all__ = ["BrokenOff", "NothingSent", "Wire", "open_wire"]
