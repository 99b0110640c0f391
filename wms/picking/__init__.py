"""Picking: runs through the bins, scan by scan, into the totes of the orders."""
