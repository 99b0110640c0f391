"""Scanners, printers and scales: bytes in, events out. Knows nothing of any warehouse."""
