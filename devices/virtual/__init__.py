"""Devices that are only played: they behave as the real ones do, over real wires."""
