"""Catalog: what the house stores: items, their barcodes, lots, serials and pictures; and the boxes they leave in."""
