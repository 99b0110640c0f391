"""ZPL II as a printer reads it: bytes become commands, and commands become dots on paper."""

from devices.virtual.zpl.drawing import draw

__all__ = ["draw"]
