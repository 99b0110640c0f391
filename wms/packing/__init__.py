"""Packing: out of the tote, every unit checked by scan, into boxes that are weighed and labelled."""
