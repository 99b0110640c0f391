"""What people do at a tablet: scan, press a button, type a number. All of it is one act: `scan`."""

from wms.floor.actions.scanning import scan

__all__ = ["scan"]
