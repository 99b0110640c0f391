"""Barcodes as a printer draws them."""
